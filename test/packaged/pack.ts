// Packs the app into the folder that is named: as a folder and, where there are dpkg-deb and rpmbuild, as
// a deb and an rpm.
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { electronToPack, packFolder, packTarget } from '../../scripts/package/pack.ts';

const [output = ''] = process.argv.slice(2);
// What is made must not depend on it.
process.umask(0o077);
await rm(output, { recursive: true, force: true });
const electron = electronToPack();
const unpacked = await packFolder(electron, output);
for (const [format, tool] of [
  ['deb', 'dpkg-deb'],
  ['rpm', 'rpmbuild'],
] as const) {
  if (!existsSync(`/usr/bin/${tool}`)) continue;
  // Not compressed, since it is opened at once.
  await packTarget(format, unpacked, electron, output, { linux: { compression: 'store' } });
}
