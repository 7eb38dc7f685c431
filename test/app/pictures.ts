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

/**
 * Compares a screenshot with the picture of that name: no more than 2 % of its pixels may differ
 * visibly. With `SIGNOFF_NEW_PICTURES` set, it becomes the picture instead.
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
  if (share <= TOLERANCE) return;
  mkdirSync(DIFFERENT, { recursive: true });
  writeFileSync(path.join(DIFFERENT, `${name}.png`), screenshot);
  const raw = { raw: { width, height, channels: 4 } } as const;
  await sharp(difference, raw).toFile(path.join(DIFFERENT, `${name}.difference.png`));
  throw new Error(
    `${name} differs in ${(share * 100).toFixed(1)} % of its pixels; see .cache/pictures.`,
  );
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
