// Packs the app into the folder that is named: as a folder and, where there are dpkg-deb and rpmbuild, as
// a deb and an rpm.
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { electronToPack, packFolder, packTarget } from '../../scripts/package/pack.ts';

const [output = ''] = process.argv.slice(2);
await rm(output, { recursive: true, force: true });
const electron = electronToPack();
const unpacked = await packFolder(electron, output);
if (existsSync('/usr/bin/dpkg-deb')) {
  // Compressed quickly, since it is opened at once.
  await packTarget('deb', unpacked, electron, output, { deb: { compression: 'zst' } });
}
if (existsSync('/usr/bin/rpmbuild')) {
  // Not compressed at all: only its list of files and its scripts are looked at.
  await packTarget('rpm', unpacked, electron, output, { linux: { compression: 'store' } });
}
