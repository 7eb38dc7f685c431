// `uninstaller.ts INSTALLER`: writes the uninstaller that is in an installer of NSIS, which would do so itself if it
// were run on Windows. electron-builder wants it first and alone, so that it can be signed.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { inflateRawSync } from 'node:zlib';

const [installer = ''] = process.argv.slice(2);
// electron-builder knows it by this name (`computeScriptAndSignUninstaller`).
const name = `${path.basename(installer, 'exe')}__uninstaller.exe`;
writeFileSync(path.join(path.dirname(installer), name), uninstallerIn(readFileSync(installer)));

/**
 * As `EW_WRITEUNINSTALLER` of NSIS does: the program itself, and the uninstaller's own data for it. The icon is
 * the installer's, so there is none to change. The formats are in `Source/exehead/fileform.h`.
 */
function uninstallerIn(file: Buffer): Buffer {
  const SECTOR = 512;
  const SIGNATURE = Buffer.from('efbeadde4e756c6c736f6674496e7374', 'hex');
  const HEADER_BYTES = 28;
  const COMPRESSED = 0x8000_0000;

  let data = 0;
  const hasHeader = (bytes: Buffer, at: number): boolean =>
    bytes.subarray(at + 4, at + 4 + SIGNATURE.length).equals(SIGNATURE);
  while (data < file.length && !hasHeader(file, data)) data += SECTOR;

  // Blocks with their length before each; after the last, the checksum.
  for (let at = data + HEADER_BYTES; at + 8 < file.length;) {
    const length = file.readUInt32LE(at);
    const size = length % COMPRESSED;
    const block = file.subarray(at + 4, at + 4 + size);
    const content = length >= COMPRESSED ? inflateRawSync(block) : block;
    if (hasHeader(content, 0)) return Buffer.concat([file.subarray(0, data), content]);
    at += 4 + size;
  }
  throw new Error(`${installer} has no uninstaller in it.`);
}
