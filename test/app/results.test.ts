import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { SignoffWindow } from '../../scripts/signoff-window.ts';
import {
  agentSession,
  askToSignOff,
  engagement,
  hold,
  newDataDir,
  newServer,
  openSignoff,
  signoff,
} from './signoff.ts';

let dataDir: string;
let window: SignoffWindow;
beforeAll(async () => {
  dataDir = await newDataDir(undefined, afterAll);
  window = await openSignoff(dataDir, {}, afterAll);
});

/** Has the save dialog answer at once, since nobody is there to do it. */
function saveTo(file: string): Promise<void> {
  return window.app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath });
  }, file);
}

describe('the results of three sign-offs, one of which was refused,', () => {
  beforeAll(async () => {
    const server = await newServer({}, afterAll);
    await hold(dataDir, agentSession(server, 'Front desk'));
    await askToSignOff(dataDir);
    await hold(dataDir, engagement(server, '=Carl'));
    await askToSignOff(dataDir);
    server.fault({ fault: { kind: 'refuse-unless-forced' } });
    await hold(dataDir, agentSession(server, 'Busy'));
    await askToSignOff(dataDir);
  });
  // The page as it is opened, whatever the test before has shown in it.
  beforeEach(async () => {
    await window.page.reload();
    await window.page.getByRole('button', { name: 'Results', exact: true }).click();
    await window.page.locator('[data-receipt]').nth(2).waitFor();
  });

  test('are found by what is typed, whatever its case', async () => {
    const { page } = window;
    await page.getByRole('searchbox').fill('FRONT');
    await expect
      .poll(() => page.locator('[data-receipt]').allTextContents())
      .toEqual([expect.stringContaining('Front desk')]);
  });

  test('show one with where its time went, and with the server’s reply', async () => {
    const { page } = window;
    await page.locator('[data-receipt]', { hasText: 'Front desk' }).click();
    await page.getByText('Where the time went').waitFor();
    await page.getByText('Raw reply').click();
    expect(await page.locator('pre').textContent()).toContain('chatLogoffResult');
    expect(await page.locator('pre').textContent()).not.toMatch(/node0/);
  });

  test('are saved as a table that begins no formula', async () => {
    const file = path.join(dataDir, 'results.csv');
    await saveTo(file);
    await window.page.getByRole('button', { name: /CSV/ }).click();
    await window.page
      .getByText(/3 results/)
      .first()
      .waitFor();
    await expect.poll(() => readFile(file, 'utf8').catch(() => '')).toContain("'=Carl");
    expect((await readFile(file, 'utf8')).split('\r\n')).toHaveLength(5);
  });

  test('are saved as JSON, as the command line prints them', async () => {
    const file = path.join(dataDir, 'results.json');
    await saveTo(file);
    await window.page.getByRole('button', { name: /JSON/ }).click();
    await expect.poll(() => readFile(file, 'utf8').catch(() => '')).toContain(']');
    const printed = await signoff(dataDir, ['results', '--json']);
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(JSON.parse(printed.stdout));
  });
});

describe('checking an address', () => {
  test('tells a wrong site from a right one, and ends nothing', async () => {
    const server = await newServer();
    const session = agentSession(server, 'Front desk');
    const { page } = window;
    await page.reload();
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
