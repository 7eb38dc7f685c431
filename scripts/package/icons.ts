import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';

/** An image with its size in pixels. */
export interface Picture {
  readonly size: number;
  readonly png: Buffer;
}

const LINUX_SIZES = [16, 24, 32, 48, 64, 128, 256, 512];
const WINDOWS_SIZES = [16, 20, 24, 32, 40, 48, 64, 256];
/** Apple's icon types by size; a size that is also another's retina version has two. */
const MAC_TYPES: Readonly<Record<number, readonly string[]>> = {
  32: ['ic11'],
  64: ['ic12'],
  128: ['ic07'],
  256: ['ic08', 'ic13'],
  512: ['ic09', 'ic14'],
  1024: ['ic10'],
};

/** Renders an SVG as `icon.ico`, `icon.icns`, and a PNG of each Linux size. */
export async function makeIcons(svg: string, folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const draw = (sizes: readonly number[]): Promise<Picture[]> =>
    Promise.all(sizes.map(async (size) => ({ size, png: await drawn(svg, size) })));
  await writeFile(path.join(folder, 'icon.ico'), ico(await draw(WINDOWS_SIZES)));
  await writeFile(
    path.join(folder, 'icon.icns'),
    icns(await draw(Object.keys(MAC_TYPES).map(Number))),
  );
  for (const { size, png } of await draw(LINUX_SIZES)) {
    await writeFile(path.join(folder, `${size}x${size}.png`), png);
  }
}

function drawn(svg: string, size: number): Promise<Buffer> {
  return sharp(Buffer.from(svg)).resize(size, size).png({ compressionLevel: 9 }).toBuffer();
}

/**
 * A Windows icon: a header, an entry of 16 bytes for each picture, then the pictures; 0 means 256.
 * https://learn.microsoft.com/en-us/previous-versions/ms997538(v=msdn.10)
 */
export function ico(pictures: readonly Picture[]): Buffer {
  const header = Buffer.alloc(6 + 16 * pictures.length);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(pictures.length, 4);
  let offset = header.length;
  pictures.forEach(({ size, png }, index) => {
    const at = 6 + 16 * index;
    header.writeUInt8(size % 256, at);
    header.writeUInt8(size % 256, at + 1);
    header.writeUInt16LE(1, at + 4); // planes
    header.writeUInt16LE(32, at + 6); // bits a pixel
    header.writeUInt32LE(png.length, at + 8);
    header.writeUInt32LE(offset, at + 12);
    offset += png.length;
  });
  return Buffer.concat([header, ...pictures.map(({ png }) => png)]);
}

/** A macOS icon: `icns` and the total length, then each picture after its type and length. */
export function icns(pictures: readonly Picture[]): Buffer {
  const body = pictures.flatMap(({ size, png }) =>
    (MAC_TYPES[size] ?? []).flatMap((type) => [chunkHeader(type, png.length), png]),
  );
  const length = body.reduce((sum, part) => sum + part.length, 0);
  return Buffer.concat([chunkHeader('icns', length), ...body]);
}

function chunkHeader(type: string, length: number): Buffer {
  const header = Buffer.alloc(8);
  header.write(type, 'latin1');
  header.writeUInt32BE(length + header.length, 4);
  return header;
}
