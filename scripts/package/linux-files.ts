import { chmod, copyFile, mkdir, rm, symlink } from 'node:fs/promises';
import path from 'node:path';

/**
 * Lays out what the deb and the rpm have outside of the app's own folder: the policy's folder, empty; the
 * start at login; and the command.
 */
export async function layOutLinuxFiles(resources: string, folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  for (const name of ['etc/signoff', 'etc/xdg/autostart', 'usr/bin'])
    await makeFolder(folder, name);
  const autostart = path.join(folder, 'etc/xdg/autostart/signoff.desktop');
  await copyFile(path.join(resources, 'linux/autostart.desktop'), autostart);
  await chmod(autostart, 0o644);
  await symlink('/opt/Signoff/signoff', path.join(folder, 'usr/bin/signoff'));
}

/** Makes a folder and those above it; the maker's umask shall not show in what is installed. */
async function makeFolder(root: string, name: string): Promise<void> {
  await mkdir(path.join(root, name), { recursive: true });
  let folder = path.join(root, name);
  while (folder.startsWith(root)) {
    await chmod(folder, 0o755);
    folder = path.dirname(folder);
  }
}
