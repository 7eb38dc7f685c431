import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { median } from '../bench/median.ts';
import { receipt } from '../support/receipts.ts';
import { agentSession, hold, newDataDir, newServer, openSignoff, signoff } from './signoff.ts';

const MANY = 100_000;
/** More would be built than anybody sees, and no frame would be in time. */
const MOST_ROWS = 60;
const SCREENFULS = 60;
/** As far as some minutes of scrolling lead. */
const FAR_ROWS = 3_000;
const RESTING_FRAMES = 60;
/** Where nothing but the processor draws, a frame that draws a lot may come a little later. */
const SLOWEST = 3;

/** Scrolls by most of a screenful in each frame until it has come that far; resolves with the frames' intervals. */
function scrollPast(page: Page, row: number): Promise<number[]> {
  return page.evaluate(async (far) => {
    const scroller = document.querySelector('main') ?? document.documentElement;
    const isThere = (): boolean =>
      [...document.querySelectorAll('[aria-posinset]')].some(
        (one) => Number(one.getAttribute('aria-posinset')) > far,
      );
    const intervals: number[] = [];
    let last = performance.now();
    while (!isThere()) {
      scroller.scrollTop += 500;
      const now = await new Promise<number>((resolve) => requestAnimationFrame(resolve));
      intervals.push(now - last);
      last = now;
    }
    return intervals;
  }, row);
}

/** The intervals of frames in which nothing happens. */
function rest(page: Page): Promise<number[]> {
  return page.evaluate(async (frames) => {
    const intervals: number[] = [];
    let last = performance.now();
    while (intervals.length < frames) {
      const now = await new Promise<number>((resolve) => requestAnimationFrame(resolve));
      intervals.push(now - last);
      last = now;
    }
    return intervals;
  }, RESTING_FRAMES);
}

test('of 100,000 results only those in sight are built, however far they are scrolled', async () => {
  const dataDir = await newDataDir();
  const folder = path.join(dataDir, 'receipts');
  await mkdir(folder);
  const now = Date.now();
  const lines = Array.from({ length: MANY }, (_, index) => {
    const at = new Date(now - (MANY - index)).toISOString();
    return JSON.stringify(receipt({ id: `${index}`, startedAt: at, finishedAt: at }));
  });
  const month = new Date(now).toISOString().slice(0, 7);
  await writeFile(path.join(folder, `${month}.jsonl`), `${lines.join('\n')}\n`);

  const { page } = await openSignoff(dataDir);
  await page.locator('h1').waitFor();
  const resting = median(await rest(page));
  await page.getByRole('button', { name: 'Results', exact: true }).click();
  await page.locator('[data-receipt]').first().hover();
  const seen = new Set<string>();
  const built: number[] = [];
  for (let screenful = 0; screenful < SCREENFULS; screenful += 1) {
    await page.mouse.wheel(0, 500);
    const rows = await page.evaluate(
      () =>
        new Promise<string[]>((resolve) => {
          requestAnimationFrame(() =>
            requestAnimationFrame(() =>
              resolve(
                [...document.querySelectorAll<HTMLElement>('[data-receipt]')].map(
                  ({ dataset }) => dataset['receipt'] ?? '',
                ),
              ),
            ),
          );
        }),
    );
    built.push(rows.length);
    for (const row of rows) seen.add(row);
  }
  expect(Math.max(...built)).toBeLessThan(MOST_ROWS);
  expect(Math.min(...built)).toBeGreaterThan(0);
  // A row is some 56 px: what was scrolled past was there to be seen.
  expect(seen.size).toBeGreaterThan((SCREENFULS * 500) / 56 / 2);

  // A frame is in time also where thousands have been scrolled past and read.
  const scrolling = median(await scrollPast(page, FAR_ROWS));
  expect(scrolling).toBeLessThan(SLOWEST * resting);

  // What comes in meanwhile is there without a reload, for whoever is at the top.
  const server = await newServer();
  await page.keyboard.press('Home');
  await hold(dataDir, agentSession(server, 'Just arrived'));
  await signoff(dataDir, ['sign-off']);
  await page.locator('[data-receipt]', { hasText: 'Just arrived' }).waitFor();
});
