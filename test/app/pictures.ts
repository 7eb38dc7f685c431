import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import pixelmatch from 'pixelmatch';
import sharp from 'sharp';

const FOLDER = path.join(import.meta.dirname, 'pictures');
/** Where a picture that differs is left, with what it differs in. */
const DIFFERENT = path.join(import.meta.dirname, '../../.cache/pictures');
/** Fonts are drawn a little differently from one machine to the next. */
const TOLERANCE = 0.02;

/**
 * Compares a screenshot with the picture of that name: no more than 2 % of its pixels may differ
 * visibly. With `SIGNOFF_NEW_PICTURES` set, it becomes the picture instead.
 */
export async function compareWithPicture(name: string, screenshot: Buffer): Promise<void> {
  const file = path.join(FOLDER, `${name}.png`);
  if (process.env['SIGNOFF_NEW_PICTURES'] !== undefined) {
    mkdirSync(FOLDER, { recursive: true });
    writeFileSync(file, await sharp(screenshot).png({ palette: true }).toBuffer());
    return;
  }
  if (!existsSync(file)) throw new Error(`There is no picture ${name} to compare with.`);
  const [expected, actual] = await Promise.all([pixels(readFileSync(file)), pixels(screenshot)]);
  const { width, height } = expected;
  const size = `${width} × ${height}`;
  if (size !== `${actual.width} × ${actual.height}`)
    throw new Error(`${name} is ${actual.width} × ${actual.height}, not ${size}.`);
  const difference = Buffer.alloc(width * height * 4);
  const count = pixelmatch(expected.data, actual.data, difference, width, height, {
    threshold: 0.2,
  });
  const share = count / (width * height);
  if (share <= TOLERANCE) return;
  mkdirSync(DIFFERENT, { recursive: true });
  writeFileSync(path.join(DIFFERENT, `${name}.png`), screenshot);
  const raw = { raw: { width, height, channels: 4 } } as const;
  await sharp(difference, raw).toFile(path.join(DIFFERENT, `${name}.difference.png`));
  throw new Error(
    `${name} differs in ${(share * 100).toFixed(1)} % of its pixels; see .cache/pictures.`,
  );
}

async function pixels(png: Buffer): Promise<{ data: Buffer; width: number; height: number }> {
  const { data, info } = await sharp(png).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}
