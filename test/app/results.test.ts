import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { SignoffWindow } from '../../scripts/signoff-window.ts';
import {
  agentSession,
  engagement,
  hold,
  newDataDir,
  newServer,
  openSignoff,
  signoff,
} from './signoff.ts';

/** The app with its window at the results of three sign-offs: one of them was refused. */
async function withResults(): Promise<SignoffWindow & { dataDir: string }> {
  const server = await newServer();
  const dataDir = await newDataDir();
  const opened = await openSignoff(dataDir);
  await hold(dataDir, agentSession(server, 'Front desk'));
  await signoff(dataDir, ['sign-off']);
  await hold(dataDir, engagement(server, '=Carl'));
  await signoff(dataDir, ['sign-off']);
  const remove = server.fault({ fault: { kind: 'refuse-unless-forced' } });
  await hold(dataDir, agentSession(server, 'Busy'));
  await signoff(dataDir, ['sign-off']);
  remove();
  await opened.page.getByRole('button', { name: 'Results', exact: true }).click();
  await opened.page.locator('[data-receipt]').nth(2).waitFor();
  return { ...opened, dataDir };
}

/** Has the save dialog answer at once, since nobody is there to do it. */
function saveTo({ app }: SignoffWindow, file: string): Promise<void> {
  return app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath });
  }, file);
}

describe('the results', () => {
  test('are found by what is typed, whatever its case', async () => {
    const { page } = await withResults();
    await page.getByRole('searchbox').fill('FRONT');
    await expect
      .poll(() => page.locator('[data-receipt]').allTextContents())
      .toEqual([expect.stringContaining('Front desk')]);
  });

  test('show one with where its time went, and with the server’s reply', async () => {
    const { page } = await withResults();
    await page.locator('[data-receipt]', { hasText: 'Front desk' }).click();
    await page.getByText('Where the time went').waitFor();
    await page.getByText('Raw reply').click();
    expect(await page.locator('pre').textContent()).toContain('chatLogoffResult');
    expect(await page.locator('pre').textContent()).not.toMatch(/node0/);
  });

  test('are saved as a table that begins no formula', async () => {
    const opened = await withResults();
    const file = path.join(opened.dataDir, 'results.csv');
    await saveTo(opened, file);
    await opened.page.getByRole('button', { name: /CSV/ }).click();
    await opened.page
      .getByText(/3 results/)
      .first()
      .waitFor();
    await expect.poll(() => readFile(file, 'utf8').catch(() => '')).toContain("'=Carl");
    expect((await readFile(file, 'utf8')).split('\r\n')).toHaveLength(5);
  });

  test('are saved as JSON, as the command line prints them', async () => {
    const opened = await withResults();
    const file = path.join(opened.dataDir, 'results.json');
    await saveTo(opened, file);
    await opened.page.getByRole('button', { name: /JSON/ }).click();
    await expect.poll(() => readFile(file, 'utf8').catch(() => '')).toContain(']');
    const printed = await signoff(opened.dataDir, ['results', '--json']);
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(JSON.parse(printed.stdout));
  });
});

describe('checking an address', () => {
  test('tells a wrong site from a right one, and ends nothing', async () => {
    const server = await newServer();
    const session = agentSession(server, 'Front desk');
    const { page } = await openSignoff(await newDataDir());
    await page.getByRole('button', { name: 'Add session' }).first().click();
    await page.getByLabel('Server address').fill(server.url);
    await page.getByLabel('Site name').fill('nowhere');
    await page.getByLabel('Account id').fill('12');
    await page.getByLabel('Session id', { exact: true }).fill(session.sessionId);
    await page.getByRole('button', { name: 'Check the address' }).click();
    await expect.poll(() => page.getByLabel('Site name').getAttribute('aria-invalid')).toBe('true');
    await page.getByLabel('Site name').fill('day001_221100_sql_001h');
    await page.getByRole('button', { name: 'Check the address' }).click();
    await page
      .getByText(/knows this address|is right|answered/i)
      .first()
      .waitFor();
    expect(server.sessions.map(({ over }) => over)).toEqual([false]);
  });
});
