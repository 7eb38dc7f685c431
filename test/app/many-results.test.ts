import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { receipt } from '../support/receipts.ts';
import { agentSession, askToSignOff, hold, newDataDir, newServer, openSignoff } from './signoff.ts';

const MANY = 100_000;
/** More would be built than anybody sees, and no frame would be in time. */
const MOST_ROWS = 60;
const SCREENFULS = 60;
const NEAR_ROWS = 1_000;
/** As far as some minutes of scrolling lead. */
const FAR_ROWS = 3_000;
/** How much dearer a frame may be far down than near the top. */
const DEARER = 3;

/** Scrolls by most of a screenful in each frame until it has come past that row; resolves with the frames. */
function scrollPast(page: Page, row: number): Promise<number> {
  return page.evaluate(async (far) => {
    const scroller = document.querySelector('main') ?? document.documentElement;
    const isThere = (): boolean =>
      [...document.querySelectorAll('[aria-posinset]')].some(
        (one) => Number(one.getAttribute('aria-posinset')) > far,
      );
    let frames = 0;
    while (!isThere()) {
      scroller.scrollTop += 500;
      await new Promise((resolve) => requestAnimationFrame(resolve));
      frames += 1;
    }
    return frames;
  }, row);
}

/** Measures what the page's main thread has worked so far: processor time, which a busy machine does not stretch. */
async function measureWork(page: Page): Promise<() => Promise<number>> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  return async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    const found = metrics.find(({ name }) => name === 'TaskDuration');
    if (found === undefined)
      throw new Error('Chromium does not tell how long the page has worked.');
    return found.value;
  };
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

  // A frame costs no more where thousands have been scrolled past and read.
  const worked = await measureWork(page);
  const costUntil = async (row: number): Promise<number> => {
    const before = await worked();
    const frames = await scrollPast(page, row);
    return ((await worked()) - before) / frames;
  };
  const near = await costUntil(NEAR_ROWS);
  await costUntil(FAR_ROWS);
  const far = await costUntil(FAR_ROWS + NEAR_ROWS);
  expect(far).toBeLessThan(DEARER * near);

  // What comes in meanwhile is there without a reload, for whoever is at the top.
  const server = await newServer();
  await page.keyboard.press('Home');
  await hold(dataDir, agentSession(server, 'Just arrived'));
  await askToSignOff(dataDir);
  await page.locator('[data-receipt]', { hasText: 'Just arrived' }).waitFor();
});
