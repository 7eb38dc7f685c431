import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { userInfo } from 'node:os';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { LINUX_POLICY_FILE } from '../../../main/settings/policy/linux.ts';
import { type SettingsReport, settingsReportSchema } from '../../../main/settings/report.ts';
import { ACCOUNT } from '../../support/account.ts';
import { logsIn } from '../../support/logs.ts';
import { startOtlpReceiver } from '../../support/otlp-receiver.ts';
import { SITE } from '../../support/practice-sessions.ts';
import {
  agentSession,
  askToQuit,
  askToSignIn,
  askToSignOff,
  hold,
  newDataDir,
  newServer,
  openSignoff,
  settingsReport,
  signoff,
  startSignoff,
  status,
} from '../signoff.ts';
import {
  layDownPolicy,
  MAY_LAY_DOWN_POLICY,
  openPolicyFolder,
  TAKES_THE_MACHINE,
} from './policy-file.ts';

async function isListeningAt(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    return await new Promise((resolve) => {
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    });
  } finally {
    socket.destroy();
  }
}

/** What the running app says of these settings. */
async function reported(dataDir: string, ...names: readonly string[]) {
  return only(names, await settingsReport(dataDir));
}

function only(names: readonly string[], { settings, problems }: SettingsReport) {
  return { settings: settings.filter(({ name }) => names.includes(name)), problems };
}

describe.runIf(MAY_LAY_DOWN_POLICY)('a machine’s policy', TAKES_THE_MACHINE, () => {
  beforeEach(openPolicyFolder);

  test('is what `policy` tells with no app running, and what was passed over', async () => {
    layDownPolicy({ receiptDays: 30, quitBudgetSeconds: 99 });
    const { stdout } = await signoff(await newDataDir(), ['policy', '--json']);
    const report = settingsReportSchema.parse(JSON.parse(stdout));
    expect(only(['receiptDays', 'quitBudgetSeconds'], report)).toEqual({
      settings: [
        { name: 'receiptDays', value: 30, source: 'machine policy' },
        { name: 'quitBudgetSeconds', value: 5, source: 'default' },
      ],
      problems: [
        {
          source: 'machine policy',
          problem: 'quitBudgetSeconds: must be a whole number from 1 to 10',
        },
      ],
    });
  });

  test('counts in the running app, and is shown as managed, as soon as it changes', async () => {
    const dataDir = await newDataDir();
    const { page } = await openSignoff(dataDir);
    await page.getByRole('button', { name: 'Settings' }).click();
    const days = page.getByLabel('Days that results are kept');
    expect(await days.isDisabled()).toBe(false);
    layDownPolicy({ receiptDays: 30 });
    await expect.poll(() => days.isDisabled()).toBe(true);
    expect(await days.inputValue()).toBe('30');
    expect((await reported(dataDir, 'receiptDays')).settings).toEqual([
      { name: 'receiptDays', value: 30, source: 'machine policy' },
    ]);
    rmSync(LINUX_POLICY_FILE);
    await expect.poll(() => days.isDisabled()).toBe(false);
  });

  test('that others may write keeps what was read last', async () => {
    layDownPolicy({ receiptDays: 30 });
    const dataDir = await newDataDir();
    const { page } = await openSignoff(dataDir);
    await page.getByText('Nothing held.').waitFor();
    layDownPolicy({ receiptDays: 60 }, 0o666);
    await expect
      .poll(async () => (await reported(dataDir)).problems)
      .toEqual([
        {
          source: 'machine policy',
          problem: `${LINUX_POLICY_FILE} is not read: it may be written by group or others; what was read last counts.`,
        },
      ]);
    expect((await reported(dataDir, 'receiptDays')).settings).toMatchObject([{ value: 30 }]);
  });

  test('refuses a hand-in to another server, and fills in what is left out', async () => {
    const server = await newServer();
    const { fqSiteName, ...rest } = { fqSiteName: '', ...agentSession(server, 'Front desk') };
    layDownPolicy({ allowedServers: ['https://*.example.com'], defaultSite: fqSiteName });
    const dataDir = await newDataDir();
    const { page } = await openSignoff(dataDir);
    const refused = await signoff(dataDir, ['hold'], { stdin: JSON.stringify(rest) });
    expect(refused).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(
        'server: is not among the servers that your organisation allows (allowedServers)\n',
      ),
    });
    await page.getByRole('button', { name: 'Add session' }).first().click();
    expect(await page.getByLabel('Site').inputValue()).toBe(fqSiteName);
    layDownPolicy({ allowedServers: [server.url], defaultSite: fqSiteName });
    await expect.poll(() => hold(dataDir, rest)).toEqual(expect.any(String));
  });

  test('refuses every hand-in where only signing in is offered', async () => {
    const server = await newServer();
    const browser = { browserHandIn: true, browserHandInPort: 47_899 };
    layDownPolicy(browser);
    const dataDir = await newDataDir();
    const { page } = await openSignoff(dataDir);
    const atPort = () => isListeningAt(browser.browserHandInPort);
    await expect.poll(atPort).toBe(true);
    await page.getByRole('button', { name: 'Add session' }).first().click();
    const session = agentSession(server, 'Front desk');
    await page.getByLabel('Server address').fill(session.server);
    await page.getByLabel('Site name').fill(SITE);
    await page.getByLabel('Account id').fill('12');
    await page.getByLabel('Session id', { exact: true }).fill(session.sessionId);

    layDownPolicy({ ...browser, sessionsFrom: 'sign-in' });
    await expect.poll(atPort).toBe(false);
    const refusal = 'Your organisation does not offer handing sessions in (sessionsFrom).';
    const refused = await signoff(dataDir, ['hold'], { stdin: JSON.stringify(session) });
    expect(refused).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining(`${refusal}\n`),
    });
    await page.getByRole('dialog').getByRole('button', { name: 'Hold session' }).click();
    await page.getByRole('alert').getByText(refusal).waitFor();
    expect((await status(dataDir)).held).toEqual([]);
  });

  test.each(['while the app runs', 'before it starts'])(
    'that forbids remembering passwords %s has the one that is remembered erased',
    async (when) => {
      const server = await newServer();
      server.addAccount(ACCOUNT);
      const dataDir = await newDataDir();
      const app = await startSignoff(dataDir);
      expect(await askToSignIn(dataDir, server, { remember: true })).toMatchObject({ ok: true });
      const counts = async (value: boolean): Promise<void> => {
        const settings = [{ name: 'mayRememberPassword', value }];
        await expect
          .poll(() => reported(dataDir, 'mayRememberPassword'))
          .toMatchObject({ settings });
      };
      if (when === 'before it starts') {
        app.child.kill('SIGTERM');
        await app.exited;
      }
      layDownPolicy({ mayRememberPassword: false });
      if (when === 'before it starts') await startSignoff(dataDir);
      await counts(false);
      rmSync(LINUX_POLICY_FILE);
      await counts(true);
      const again = await signoff(dataDir, ['sign-in', '--take-over']);
      expect(again).toMatchObject({ code: 2, stderr: expect.stringContaining('password: ') });
    },
  );

  test('has the quit command refused while something is held, and obeyed once all is over', async () => {
    const server = await newServer();
    layDownPolicy({ mayQuitHolding: false });
    const dataDir = await newDataDir();
    const app = await startSignoff(dataDir);
    await hold(dataDir, agentSession(server, 'front'));
    server.fault({ fault: { kind: 'error', status: 400, code: 'BAD_REQUEST' } });
    const refused = await signoff(dataDir, ['quit']);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('Signoff goes on running: 1 could not be ended in time');
    expect((await status(dataDir)).held).toHaveLength(1);

    server.clearFaults();
    expect((await signoff(dataDir, ['quit'])).code).toBe(0);
    expect(await app.exited).toEqual({ code: 0, signal: null });
  });

  test('says where the log is, and how much goes into it', async () => {
    const server = await newServer();
    const logFolder = await newDataDir();
    layDownPolicy({ logFolder, logLevel: 'debug' });
    const dataDir = await newDataDir();
    const app = await startSignoff(dataDir);
    await hold(dataDir, agentSession(server, 'front'));
    await askToSignOff(dataDir);
    layDownPolicy({ logFolder, logLevel: 'error' });
    await expect
      .poll(async () => (await reported(dataDir, 'logLevel')).settings)
      .toMatchObject([{ value: 'error' }]);
    await askToQuit(dataDir);
    await app.exited;
    expect(app.log()).toContain('"event":"going"');
    const own = path.join(logFolder, userInfo().username);
    const events = logsIn(own).map(({ event }) => event);
    expect(events).toContain('signed-off');
    expect(events).not.toContain('going');
    expect(existsSync(path.join(dataDir, 'logs', 'signoff.log'))).toBe(false);
  });

  test('says where sign-offs are reported to', async () => {
    const server = await newServer();
    const receiver = await startOtlpReceiver();
    layDownPolicy({ telemetryEndpoint: receiver.endpoint });
    const dataDir = await newDataDir();
    const app = await startSignoff(dataDir);
    await hold(dataDir, agentSession(server, 'front'));
    await askToSignOff(dataDir);
    const records = () =>
      receiver.records().filter(({ attributes }) => attributes['server'] === server.url);
    // They are sent every five seconds.
    await expect.poll(records).toHaveLength(1);
    await askToQuit(dataDir);
    await app.exited;
    expect(records()).toMatchObject([
      {
        eventName: 'signoff.sign_off',
        attributes: {
          cause: 'asked',
          outcome: 'ended',
          kind: 'agent',
          ghost_ms: expect.any(Number),
        },
      },
    ]);
    expect(app.log()).not.toContain('telemetry-failed');
  });

  test('names a feed for updates, which an app that is not installed says it does not follow', async () => {
    const dataDir = await newDataDir();
    const app = await startSignoff(dataDir);
    layDownPolicy({ updateFeed: 'https://updates.example.com' });
    await expect.poll(() => app.log()).toContain('"event":"updates-off","reason":"not-packaged"');
  });

  test('does not let the agent quit with something held', async () => {
    const server = await newServer();
    layDownPolicy({ mayQuitHolding: false, quitBudgetSeconds: 1 });
    const dataDir = await newDataDir();
    const { app, page, child } = await openSignoff(dataDir);
    await hold(dataDir, agentSession(server, 'Front desk'));
    await server.close();
    await app.evaluate(({ app: electron }) => electron.quit());
    await page.getByText('does not let Signoff quit while something is still held').waitFor();
    await page.getByRole('button', { name: 'Keep Signoff open' }).click();
    await page.getByRole('alertdialog').waitFor({ state: 'hidden' });
    expect(child.exitCode).toBe(null);
  });
});

test('a policy file is checked before it is rolled out', async () => {
  const folder = await newDataDir();
  const file = path.join(folder, 'policy.json');
  writeFileSync(file, '{"proxy": "none", "idleMinutes": 5}');
  expect(await signoff(folder, ['policy', '--check', file])).toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringContaining(
      `${file}: proxy: must be "system", "direct" or an address such as "http://proxy.example.com:8080"\n`,
    ),
  });
  writeFileSync(file, '{"proxy": "direct", "idleMinutes": 5}');
  expect(await signoff(folder, ['policy', '--check', file])).toMatchObject({ code: 0 });
});
