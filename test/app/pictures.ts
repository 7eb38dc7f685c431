import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import pixelmatch from 'pixelmatch';
import type { Page } from 'playwright';
import sharp from 'sharp';
import { electronVersion } from '../../scripts/electron.ts';

/** Whether the pictures are made anew rather than compared with. */
export const MAKES_PICTURES = process.env['SIGNOFF_NEW_PICTURES'] !== undefined;

export const PICTURES_FOLDER = path.join(import.meta.dirname, 'pictures');
const README_FOLDER = path.join(import.meta.dirname, '../../docs/pictures');
/** Where a picture that differs is left, with what it differs in. */
const DIFFERENT = path.join(import.meta.dirname, '../../.cache/pictures');

/** What counts as a difference: rounded edges, and the fewer colours of a saved picture, are a few shades off. */
const SEEN = { threshold: 0.05, includeAA: true };

/** What the pictures were made with: another Electron draws the same letters a little differently. */
const MADE_WITH = path.join(PICTURES_FOLDER, 'made-with.txt');
const here = `Electron ${electronVersion()} on ${process.platform} ${process.arch}`;
if (MAKES_PICTURES) writeFileSync(MADE_WITH, `${here}\n`);
const madeWith = readFileSync(MADE_WITH, 'utf8').trim();

export const COMPARES_PICTURES = here === madeWith;
export const WHY_NOT_COMPARED = `the pictures were made with ${madeWith}, and this is ${here}`;

/**
 * Compares a screenshot with the picture of that name: no pixel may differ visibly. With `SIGNOFF_NEW_PICTURES`
 * set, one that differs becomes the picture instead.
 */
export async function compareWithPicture(name: string, screenshot: Buffer): Promise<void> {
  const file = path.join(PICTURES_FOLDER, `${name}.png`);
  const different =
    MAKES_PICTURES && !existsSync(file)
      ? 'is new'
      : await differenceOf(name, readFileSync(file), screenshot);
  if (different === null) return;
  if (!MAKES_PICTURES) throw new Error(`${name} ${different}.`);
  await save(file, screenshot);
}

/** How the screenshot differs from the picture, in words; null if it does not. */
async function differenceOf(
  name: string,
  picture: Buffer,
  screenshot: Buffer,
): Promise<string | null> {
  const [expected, actual] = await Promise.all([pixels(picture), pixels(screenshot)]);
  const { width, height } = expected;
  const size = `${width} × ${height}`;
  if (size !== `${actual.width} × ${actual.height}`)
    return `is ${actual.width} × ${actual.height}, not ${size}`;
  const difference = Buffer.alloc(width * height * 4);
  const count = pixelmatch(expected.data, actual.data, difference, width, height, SEEN);
  if (count === 0) return null;
  mkdirSync(DIFFERENT, { recursive: true });
  writeFileSync(path.join(DIFFERENT, `${name}.png`), screenshot);
  const raw = { raw: { width, height, channels: 4 } } as const;
  await sharp(difference, raw).toFile(path.join(DIFFERENT, `${name}.difference.png`));
  return `differs in ${count} pixels; see .cache/pictures`;
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
  await sharp(screenshot).png({ palette: true }).toFile(file);
}

async function pixels(png: Buffer): Promise<{ data: Buffer; width: number; height: number }> {
  const { data, info } = await sharp(png).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}
