import { chmod, copyFile, mkdir, rm } from 'node:fs/promises';
import path from 'node:path';

/** Where bash-completion looks for a command's completion. */
const COMPLETION = 'usr/share/bash-completion/completions/signoff';

/**
 * Lays out the files of the deb and the rpm outside of the app's folder: the empty policy folder, the
 * autostart entry, the command and its completion.
 */
export async function layOutLinuxFiles(resources: string, folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await makeFolder(folder, 'etc/signoff');
  await addFile(
    path.join(resources, 'linux/autostart.desktop'),
    folder,
    'etc/xdg/autostart/signoff.desktop',
  );
  await addFile(path.join(resources, 'linux/completion.bash'), folder, COMPLETION);
  await addFile(path.join(resources, 'linux/signoff.sh'), folder, 'usr/bin/signoff', 0o755);
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
