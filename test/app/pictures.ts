import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import pixelmatch from 'pixelmatch';
import type { Page } from 'playwright';
import sharp from 'sharp';

/** Whether the pictures are made anew rather than compared with. */
export const MAKES_PICTURES = process.env['SIGNOFF_NEW_PICTURES'] !== undefined;

const FOLDER = path.join(import.meta.dirname, 'pictures');
const README_FOLDER = path.join(import.meta.dirname, '../../docs/pictures');
/** Where a picture that differs is left, with what it differs in. */
const DIFFERENT = path.join(import.meta.dirname, '../../.cache/pictures');
/** Fonts are drawn a little differently from one machine to the next. */
const TOLERANCE = 0.02;
/** A filled button that is lost is most of such a square, and next to nothing of the whole picture. */
const TILE_PX = 40;
const TILE_TOLERANCE = 0.25;

/**
 * Compares a screenshot with the picture of that name: no more than 2 % of its pixels may differ
 * visibly, and no more than a quarter of those in any square of 40 by 40. With `SIGNOFF_NEW_PICTURES` set, it becomes the picture instead.
 */
export async function compareWithPicture(name: string, screenshot: Buffer): Promise<void> {
  const file = path.join(FOLDER, `${name}.png`);
  if (MAKES_PICTURES) {
    await save(file, screenshot);
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
  const worst = worstTile(difference, width, height);
  if (share <= TOLERANCE && worst.share <= TILE_TOLERANCE) return;
  mkdirSync(DIFFERENT, { recursive: true });
  writeFileSync(path.join(DIFFERENT, `${name}.png`), screenshot);
  const raw = { raw: { width, height, channels: 4 } } as const;
  await sharp(difference, raw).toFile(path.join(DIFFERENT, `${name}.difference.png`));
  throw new Error(
    `${name} differs in ${percent(share)} of its pixels, and in ${percent(worst.share)} of those at ${worst.at}; see .cache/pictures.`,
  );
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

/** The square of the picture that differs the most; squares overlap by half, so that no edge hides anything. */
function worstTile(
  difference: Uint8Array,
  width: number,
  height: number,
): { readonly share: number; readonly at: string } {
  let worst = { share: 0, at: '' };
  for (let top = 0; top < height; top += TILE_PX / 2) {
    for (let left = 0; left < width; left += TILE_PX / 2) {
      const share = countDifferent(difference, width, height, left, top) / TILE_PX ** 2;
      if (share > worst.share) worst = { share, at: `${left}, ${top}` };
    }
  }
  return worst;
}

function countDifferent(
  difference: Uint8Array,
  width: number,
  height: number,
  left: number,
  top: number,
): number {
  let count = 0;
  for (let y = top; y < Math.min(top + TILE_PX, height); y += 1) {
    for (let x = left; x < Math.min(left + TILE_PX, width); x += 1) {
      const at = (y * width + x) * 4;
      // Red is what differs; all else is grey, or yellow at the edges of letters.
      if (difference[at] === 255 && difference[at + 1] === 0) count += 1;
    }
  }
  return count;
}

/** Makes the README's picture of that name: as sharp as it is on a good screen. */
export async function pictureForReadme(page: Page, name: string): Promise<void> {
  const size = page.viewportSize();
  if (size === null) throw new Error('The window has no size of its own.');
  const devTools = await page.context().newCDPSession(page);
  await devTools.send('Emulation.setDeviceMetricsOverride', {
    ...size,
    deviceScaleFactor: 2,
    mobile: false,
  });
  const { data } = await devTools.send('Page.captureScreenshot', { format: 'png' });
  await devTools.detach();
  await page.setViewportSize(size);
  await save(path.join(README_FOLDER, `${name}.png`), Buffer.from(data, 'base64'));
}

async function save(file: string, screenshot: Buffer): Promise<void> {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, await sharp(screenshot).png({ palette: true }).toBuffer());
}

async function pixels(png: Buffer): Promise<{ data: Buffer; width: number; height: number }> {
  const { data, info } = await sharp(png).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}
