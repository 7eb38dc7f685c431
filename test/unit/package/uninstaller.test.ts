import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { tempFolder } from '../../support/temp-folder.ts';

const HEADER = Buffer.concat([
  Buffer.alloc(4),
  Buffer.from('efbeadde4e756c6c736f6674496e7374', 'hex'),
  Buffer.alloc(8),
]);
const program = Buffer.alloc(1024, 'program');
const uninstaller = Buffer.concat([HEADER, Buffer.from('how to uninstall')]);

/** A block of data of NSIS, its length before it. */
function block(content: Buffer, isCompressed: boolean): Buffer {
  const bytes = isCompressed ? deflateRawSync(content) : content;
  const length = Buffer.alloc(4);
  length.writeUInt32LE((isCompressed ? 0x8000_0000 : 0) + bytes.length);
  return Buffer.concat([length, bytes]);
}

/** Has the uninstaller read out of an installer with these blocks. */
function readOut(...blocks: readonly Buffer[]) {
  const installer = path.join(tempFolder(), 'Signoff-Setup.exe');
  writeFileSync(installer, Buffer.concat([program, HEADER, ...blocks, Buffer.alloc(4)]));
  const wine = path.resolve('scripts/package/nsis/bin/wine');
  const env = { PATH: [path.dirname(process.execPath), '/usr/bin', '/bin'].join(':') };
  const { status, stderr } = spawnSync(wine, [installer], { env, encoding: 'utf8' });
  return { file: installer.replace(/exe$/, '__uninstaller.exe'), status, stderr };
}

test.skipIf(process.platform === 'win32').each([true, false])(
  'an uninstaller is the program and its own data (compressed: %s)',
  (isCompressed) => {
    const other = block(Buffer.from('another file'), true);
    const { file, stderr } = readOut(other, block(uninstaller, isCompressed), other);
    expect(stderr).toBe('');
    expect(readFileSync(file).equals(Buffer.concat([program, uninstaller]))).toBe(true);
  },
);

test.skipIf(process.platform === 'win32')('a file without one is a fault', () => {
  const { status, stderr } = readOut(block(Buffer.from('another file'), false));
  expect(status).toBe(1);
  expect(stderr).toContain('has no uninstaller in it');
});
