import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { icns, ico, makeIcons } from '../../../scripts/package/icons.ts';

const SVG =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><circle cx="4" cy="4" r="3"/></svg>';
let png: Buffer;
beforeAll(async () => {
  png = await sharp(Buffer.from(SVG)).resize(256, 256).png().toBuffer();
});

test("Windows' icon says where each picture is, and that it is 256 pixels wide by a zero", () => {
  const icon = ico([{ size: 256, png }]);
  expect([...icon.subarray(0, 8)]).toEqual([0, 0, 1, 0, 1, 0, 0, 0]);
  const [length, offset] = [icon.readUInt32LE(14), icon.readUInt32LE(18)];
  expect(icon.subarray(offset, offset + length)).toEqual(png);
  expect(offset + length).toBe(icon.length);
});

test("macOS's icon is a chain of pictures as long as it says", () => {
  const icon = icns([{ size: 256, png }]);
  expect(icon.toString('latin1', 0, 4)).toBe('icns');
  expect(icon.readUInt32BE(4)).toBe(icon.length);
  const types: string[] = [];
  for (let at = 8; at < icon.length; at += icon.readUInt32BE(at + 4)) {
    types.push(icon.toString('latin1', at, at + 4));
    expect(icon.subarray(at + 8, at + icon.readUInt32BE(at + 4))).toEqual(png);
  }
  expect(types).toEqual(['ic08', 'ic13']);
});

test('the icons of all systems come out of one drawing, in the sizes that their names say', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'signoff-icons-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await makeIcons(SVG, folder);
  const names = await readdir(folder);
  expect(names).toEqual(
    expect.arrayContaining(['icon.icns', 'icon.ico', '16x16.png', '512x512.png']),
  );
  const { width, height } = await sharp(await readFile(path.join(folder, '48x48.png'))).metadata();
  expect([width, height]).toEqual([48, 48]);
});
