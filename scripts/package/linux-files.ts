import { chmod, copyFile, mkdir, rm, symlink } from 'node:fs/promises';
import path from 'node:path';

/** Where bash-completion looks for a command's completion. */
const COMPLETION = 'usr/share/bash-completion/completions/signoff';
/** Where systemd has the units of everybody's sessions. */
const USER_UNITS = 'usr/lib/systemd/user';
const UNIT = 'signoff.service';

/**
 * Lays out the files of the deb and the rpm outside of the app's folder: the empty policy folder, what starts the app
 * at login, the command and its completion.
 */
export async function layOutLinuxFiles(resources: string, folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await makeFolder(folder, 'etc/signoff');
  await addFile(
    path.join(resources, 'linux/autostart.desktop'),
    folder,
    'etc/xdg/autostart/signoff.desktop',
  );
  await addFile(path.join(resources, 'linux', UNIT), folder, `${USER_UNITS}/${UNIT}`);
  await enableUnit(folder);
  await addFile(path.join(resources, 'linux/completion.bash'), folder, COMPLETION);
  await addFile(path.join(resources, 'linux/signoff.sh'), folder, 'usr/bin/signoff', 0o755);
}

/** For everybody, and without a script: as `systemctl --global enable` does, but in the package's own place. */
async function enableUnit(root: string): Promise<void> {
  const wants = `${USER_UNITS}/graphical-session.target.wants`;
  await makeFolder(root, wants);
  await symlink(`../${UNIT}`, path.join(root, wants, UNIT));
}

async function addFile(source: string, root: string, name: string, mode = 0o644): Promise<void> {
  const target = path.join(root, name);
  await makeFolder(root, path.dirname(name));
  await copyFile(source, target);
  await chmod(target, mode);
}

/** Makes a folder and its parents, independent of the umask. */
async function makeFolder(root: string, name: string): Promise<void> {
  await mkdir(path.join(root, name), { recursive: true });
  let folder = path.join(root, name);
  while (folder.startsWith(root)) {
    await chmod(folder, 0o755);
    folder = path.dirname(folder);
  }
}
