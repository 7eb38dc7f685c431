import { chromium, type Page } from 'playwright';
import { describe, expect, onTestFinished, test } from 'vitest';
import { loadingAgain } from '../../scripts/loading-again.ts';
import { agentSession, newDataDir, newServer } from '../app/signoff.ts';
import { receiptsOf } from '../support/commands.ts';
import { packedApp } from './packed.ts';
import { packedSignoff } from './signoff.ts';

const { start, run, hold } = packedSignoff(packedApp().executable);

describe('the packed app', () => {
  test('holds a session and ends it, by force, at SIGTERM', async () => {
    const server = await newServer();
    const dataDir = await newDataDir();
    const app = await start(dataDir);
    await hold(dataDir, agentSession(server, 'front'));

    app.child.kill('SIGTERM');

    expect(await app.exited).toEqual({ code: 0, signal: null });
    expect(server.received.map(({ call, forced, status }) => [call, forced, status])).toEqual([
      ['logoff', true, 200],
    ]);
    expect(server.sessions.map(({ over }) => over)).toEqual([true]);
    const receipts = receiptsOf(await run(dataDir, ['results', '--json']));
    expect(receipts.map(({ cause, outcome }) => [cause, outcome])).toEqual([['signal', 'ended']]);
  });

  test('signs off on the command line what a crash left over, without a display', async () => {
    const server = await newServer();
    const dataDir = await newDataDir();
    const app = await start(dataDir);
    await hold(dataDir, agentSession(server, 'front'));
    app.child.kill('SIGKILL');
    await app.exited;

    const ended = await run(dataDir, ['sign-off', '--json'], { env: { DISPLAY: '' } });

    expect(ended.code).toBe(0);
    expect(receiptsOf(ended).map(({ cause, outcome }) => [cause, outcome])).toEqual([
      ['leftover', 'ended'],
    ]);
    expect(server.sessions.map(({ over }) => over)).toEqual([true]);
  });

  test('cannot be made to run other code by the environment', async () => {
    const dataDir = await newDataDir();
    const asNode = await run(dataDir, ['--version'], {
      env: { ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: '--title=taken' },
    });
    // Node would have told its own version, `v20…`.
    expect([asNode.code, asNode.stdout]).toEqual([0, expect.stringMatching(/^\d+\.\d+\.\d+\n$/)]);
  });

  test('opens to no debugger', async () => {
    const dataDir = await newDataDir();
    const app = await start(dataDir, ['--hidden', '--inspect=0']);
    expect(app.log()).not.toContain('Debugger listening');
    expect((await run(dataDir, ['status', '--json'])).code).toBe(0);
  });
});

describe("the packed app's window", () => {
  test('is served with a policy that begins with nothing at all', async () => {
    const page = await openPage();
    const response = await page.reload();
    const policy = await response?.headerValue('content-security-policy');
    expect(policy).toMatch(/^default-src 'none';/);
    expect(policy).not.toContain('unsafe');
    expect(await response?.headerValue('x-content-type-options')).toBe('nosniff');
  });

  test('has no permission, no Node, and no way out', async () => {
    const page = await openPage();
    const reached = await page.evaluate(async () => ({
      permissions: await Promise.all(
        (['geolocation', 'notifications', 'camera', 'microphone'] as const).map(
          async (name) => (await navigator.permissions.query({ name })).state,
        ),
      ),
      node: 'require' in globalThis || 'process' in globalThis,
      opened: window.open('https://example.com/') !== null,
      fetched: await fetch('https://example.com/').then(
        () => true,
        () => false,
      ),
    }));
    expect(reached).toEqual({
      permissions: ['denied', 'denied', 'denied', 'denied'],
      node: false,
      opened: false,
      fetched: false,
    });
    expect(page.url()).toBe('signoff://app/index.html');
  });
});

/** The packed app's page. Fuses keep Playwright's own driver out, so it goes by Chromium's debugging port. */
async function openPage(): Promise<Page> {
  const app = await start(await newDataDir(), ['--remote-debugging-port=0']);
  const listening = /DevTools listening on (ws:\/\/(\S+?)\/\S+)/;
  await expect.poll(() => app.log()).toMatch(listening);
  const [, socket = '', host = ''] = listening.exec(app.log()) ?? [];
  const connecting = chromium.connectOverCDP(socket, { timeout: 120_000 });
  const browser = await loadingAgain(connecting, () => host);
  onTestFinished(() => browser.close());
  const [context] = browser.contexts();
  if (context === undefined) throw new Error('The packed app has no window.');
  const page = context.pages()[0] ?? (await context.waitForEvent('page'));
  await page.getByText('Nothing held.').waitFor();
  return page;
}
