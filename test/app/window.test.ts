import type { ElectronApplication } from 'playwright';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { SignoffWindow } from '../../scripts/signoff-window.ts';
import type { FaultRule } from '../../simulator/faults.ts';
import {
  agentSession,
  askToSignOff,
  closeWindow,
  engagement,
  hold,
  newDataDir,
  newServer,
  openSignoff,
  startSignoff,
  status,
} from './signoff.ts';

/** What Electron itself does when somebody quits it, from the Dock's menu, say. */
const quit = (app: ElectronApplication): Promise<void> =>
  app.evaluate((electron) => electron.app.quit());

/** Told at once, so that nobody waits for the end of a budget. */
const REFUSAL: FaultRule = { fault: { kind: 'system-error', errorCondition: 'NO', text: 'No.' } };

describe('the window', () => {
  let dataDir: string;
  let opened: SignoffWindow;
  beforeAll(async () => {
    dataDir = await newDataDir(undefined, afterAll);
    opened = await openSignoff(dataDir, {}, afterAll);
  });
  // No test finds a dialog that another has left open.
  beforeEach(async () => {
    await opened.page.reload();
    await opened.page.getByText('Nothing held.').waitFor();
  });

  test('is sandboxed, isolated, and can go nowhere', async () => {
    const { app, page } = opened;
    const preferences = await app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map(({ webContents }) => {
        // Not in Electron's types, but the only place that says what a window really runs with.
        const read: unknown = Reflect.get(webContents, 'getLastWebPreferences');
        const all: unknown = typeof read === 'function' ? read.call(webContents) : {};
        const { sandbox, contextIsolation, nodeIntegration } = Object(all);
        return { sandbox, contextIsolation, nodeIntegration };
      }),
    );
    expect(preferences).toEqual([
      { sandbox: true, contextIsolation: true, nodeIntegration: false },
    ]);
    const reached = await page.evaluate(async () => {
      const response = await fetch('index.html').catch(() => null);
      location.href = 'https://example.com/';
      return {
        node: 'process' in globalThis || 'require' in globalThis,
        opened: window.open('https://example.com/') !== null,
        fetched: response !== null,
        permission: (await navigator.permissions.query({ name: 'geolocation' })).state,
      };
    });
    expect(reached).toEqual({ node: false, opened: false, fetched: false, permission: 'denied' });
    expect(page.url()).toBe('signoff://app/index.html');
  });

  test('has a policy that begins with nothing at all', async () => {
    const { app } = opened;
    const policy = await app.evaluate(async ({ net }) => {
      const response = await net.fetch('signoff://app/index.html');
      return response.headers.get('content-security-policy');
    });
    expect(policy).toMatch(/^default-src 'none';/);
    expect(policy).not.toContain('unsafe');
  });

  test('leaves no timer running in the main process while nothing is owed', async () => {
    const { app } = opened;
    const timers = (): Promise<string[]> =>
      app.evaluate(() => process.getActiveResourcesInfo().filter((name) => name === 'Timeout'));
    await expect.poll(timers).toEqual([]);
  });

  test('hands a session in, signs it off, and shows the result', async () => {
    const server = await newServer();
    const session = agentSession(server, 'Front desk');
    const { page } = opened;

    await page.getByRole('button', { name: 'Add session' }).first().click();
    await page.getByLabel('Server address').fill(server.url);
    await page.getByLabel('Site name').fill('day001_221100_sql_001h');
    await page.getByLabel(/^Pool/).fill('297:1');
    await page.getByLabel('Account id').fill('12');
    await page.getByLabel('Session id', { exact: true }).fill(session.sessionId);
    await page.getByLabel(/^Label/).fill('Front desk');
    await page.getByRole('button', { name: 'Hold session' }).click();
    await page.getByText('1 session held').waitFor();
    expect(await page.content()).not.toContain(session.sessionId);

    await page.getByRole('button', { name: 'Sign off: Front desk' }).click();

    await page.getByRole('listitem', { name: 'Ended Front desk' }).waitFor();
    await page.getByText('Nothing held.').waitFor();
    expect(server.received.map(({ forced, problems }) => [forced, problems])).toEqual([
      [false, []],
    ]);
  });

  test('shows each problem of a hand-in beside its field and keeps what was typed', async () => {
    const { page } = opened;
    await page.getByRole('button', { name: 'Add session' }).first().click();
    await page.getByLabel('Server address').fill('http://chat.example.com');
    await page.getByRole('button', { name: 'Hold session' }).click();
    await page.getByText('Site name is missing').waitFor();
    expect(await page.getByLabel('Server address').inputValue()).toBe('http://chat.example.com');
    expect(await page.getByLabel('Server address').getAttribute('aria-invalid')).toBe('true');
  });

  test('shows a session that the command line hands in, and its refusal with the server’s words', async () => {
    const server = await newServer();
    const { page } = opened;
    await hold(dataDir, agentSession(server, 'Busy'));
    server.fault({ fault: { kind: 'refuse-unless-forced' } });
    await page.getByRole('button', { name: 'Sign off: Busy' }).click();
    await page.getByRole('button', { name: 'Force: Busy' }).click();
    await page.getByRole('button', { name: 'Force sign-off' }).click();
    await page.getByRole('listitem', { name: 'Ended Busy' }).waitFor();
    expect(server.received.map(({ forced }) => forced)).toEqual([false, true]);
  });

  test('does not take an agent for a new one, not even until it has read what there is', async () => {
    const server = await newServer();
    const { page } = opened;
    await hold(dataDir, agentSession(server, 'Back office'));
    await askToSignOff(dataDir);
    await page.addInitScript(`
      globalThis.titles = new Set();
      new MutationObserver(() => {
        for (const { textContent } of document.querySelectorAll('h3')) titles.add(textContent);
      }).observe(document, { childList: true, subtree: true, characterData: true });
    `);
    await page.reload();
    await page.getByRole('listitem', { name: 'Ended Back office' }).waitFor();
    expect(await page.evaluate('[...titles]')).toEqual(['No session is held']);
  });

  test('refuses junk from its own page without repeating it', async () => {
    const { page } = opened;
    const said = await page.evaluate(async () => {
      type Call = (junk: object) => Promise<unknown>;
      const { signoff: bridge } = globalThis as unknown as { signoff: { signOff: Call } };
      return bridge.signOff({ ids: 'junk-secret', force: 'yes' }).then(
        () => 'done',
        (error: unknown) => String(error),
      );
    });
    expect(said).toContain("'signOff' was called with something it does not take");
    expect(said).not.toContain('junk-secret');
  });
});

test('a closed window leaves the app holding, and shows what was ended meanwhile once it is opened again', async () => {
  const server = await newServer();
  const dataDir = await newDataDir();
  const { app, page } = await openSignoff(dataDir);
  await hold(dataDir, agentSession(server, 'Front desk'));
  await closeWindow(app, page);
  expect((await status(dataDir)).held).toHaveLength(1);
  await askToSignOff(dataDir);
  expect(server.sessions.map(({ over }) => over)).toEqual([true]);
  const opening = app.waitForEvent('window');
  await app.evaluate((electron) => electron.app.emit('activate'));
  const next = await opening;
  await next.getByRole('listitem', { name: 'Ended Front desk' }).waitFor();
});

describe('quitting by the agent', () => {
  test('signs off and goes, and shows what is being ended when it takes a while', async () => {
    const server = await newServer();
    const dataDir = await newDataDir();
    const { app, page, exited } = await openSignoff(dataDir);
    await hold(dataDir, agentSession(server, 'front'));
    await hold(dataDir, engagement(server, 'visitor'));
    server.fault({ fault: { kind: 'delay', ms: 2_000 } });
    await quit(app);
    await page.getByRole('dialog', { name: 'Signing off before quitting…' }).waitFor();
    expect(await exited).toEqual({ code: 0, signal: null });
    expect(server.sessions.map(({ over }) => over)).toEqual([true, true]);
  });

  test('asks when the server refuses, and trying again ends it', async () => {
    const server = await newServer();
    const dataDir = await newDataDir();
    const { app, page, exited } = await openSignoff(dataDir);
    await hold(dataDir, agentSession(server, 'front'));
    const calm = server.fault(REFUSAL);
    await quit(app);
    await page.getByRole('alertdialog').waitFor();
    await page.keyboard.press('Escape');
    calm();
    await page.getByRole('button', { name: 'Try again', exact: true }).click();
    expect(await exited).toEqual({ code: 0, signal: null });
    expect(server.sessions.map(({ over }) => over)).toEqual([true]);
  });

  test('asks, and quitting leaves it to the next start', async () => {
    const server = await newServer();
    const session = agentSession(server, 'front');
    const dataDir = await newDataDir();
    const { app, page, exited } = await openSignoff(dataDir);
    await hold(dataDir, session);
    const calm = server.fault(REFUSAL);
    await quit(app);
    // The answer to the click may go down with the window; that the app goes is what counts.
    await Promise.allSettled([
      page.getByRole('button', { name: /^Quit; Signoff will finish/ }).click(),
    ]);
    expect(await exited).toEqual({ code: 0, signal: null });
    calm();
    await startSignoff(dataDir);
    await server.waitUntilOver(session.sessionId);
  });

  test('a signal while it asks needs no answer', async () => {
    const server = await newServer();
    const dataDir = await newDataDir();
    const { app, page, child, exited } = await openSignoff(dataDir);
    await hold(dataDir, agentSession(server, 'front'));
    const calm = server.fault(REFUSAL);
    await quit(app);
    await page.getByRole('alertdialog').waitFor();
    calm();
    child.kill('SIGTERM');
    expect(await exited).toEqual({ code: 0, signal: null });
    expect(server.sessions.map(({ over }) => over)).toEqual([true]);
  });
});
