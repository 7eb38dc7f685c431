import { describe, expect, test } from 'vitest';
import type { SettingProblem } from '../../../main/settings/settings.ts';
import type { Command } from '../../../main/shell/cli/command-line.ts';
import {
  type ControlReply,
  type ControlRequest,
  REQUEST_LIMIT,
} from '../../../main/shell/cli/protocol.ts';
import { resultOfSignOff, runCommand } from '../../../main/shell/cli/run-command.ts';
import type { SettingsReport } from '../../../main/settings/report.ts';
import { type Outcome, outcomeSchema, type Receipt } from '../../../main/results/receipt.ts';
import { ALL_RESULTS } from '../../../main/results/filter.ts';
import { failedReceipt, receipt } from '../../support/receipts.ts';

const SIGN_OFF_ALL = {
  kind: 'sign-off',
  ids: [],
  force: false,
  timeoutMs: null,
  json: true,
} as const;
const SIGN_IN = {
  kind: 'sign-in',
  site: null,
  userName: 'ann',
  accountId: null,
  available: true,
  takeOver: false,
  remember: false,
  passwordFile: null,
} as const;
const HOLD = { kind: 'hold', file: null } as const;
const STATUS = {
  running: true,
  pid: 7,
  version: '1.2.3',
  electron: '45',
  held: [],
  vault: { durable: true, setAside: null },
};

const REPORT: SettingsReport = {
  settings: [
    { name: 'leftover', value: 'resume', source: 'machine policy' },
    { name: 'idleMinutes', value: 15, source: 'default' },
  ],
  problems: [
    { source: 'user policy', problem: 'proxy: must be right' },
    { source: 'agent', problem: 'colour: there is no such setting' },
  ],
};

/** Runs a command; `reply` is what the running app answers, null where none is running. */
async function run(
  command: Command,
  {
    reply = null,
    standardInput = '',
    files = {},
    receipts = [],
    unreadable = 0,
    settingProblem = null,
    goes = true,
    wrongPerson = null,
  }: {
    reply?: ControlReply | null;
    standardInput?: string;
    files?: Readonly<Record<string, string>>;
    receipts?: readonly Receipt[];
    unreadable?: number;
    settingProblem?: SettingProblem | null;
    /** Whether the app goes in time once it was told to quit. */
    goes?: boolean;
    wrongPerson?: string | null;
  } = {},
) {
  const requests: ControlRequest[] = [];
  const waits: number[] = [];
  const pages: unknown[] = [];
  const set: boolean[] = [];
  let inputsRead = 0;
  const result = await runCommand(command, {
    app:
      reply === null
        ? null
        : {
            async request(request) {
              requests.push(request);
              return reply;
            },
            async exited(limitMs) {
              waits.push(limitMs);
              return goes;
            },
          },
    wrongPerson,
    findApp: async () => null,
    terminal: null,
    receipts: {
      async page(request) {
        pages.push(request);
        return { receipts, next: null, unreadable };
      },
    },
    async readFile(file) {
      const text = files[file];
      if (text === undefined) throw Object.assign(new Error(), { code: 'ENOENT' });
      return text;
    },
    settingsReport: async () => REPORT,
    async setStartAtLogin(on) {
      set.push(on);
      return settingProblem;
    },
    diagnostics: async ({ file }, app) => ({
      exitCode: 0,
      output: `${file} ${app === null ? 'without' : 'with'} app`,
      problems: [],
    }),
    async readInput(file) {
      inputsRead += 1;
      const text = file === null ? standardInput : files[file];
      return text === undefined ? { ok: false, problem: `${file}: not found` } : { ok: true, text };
    },
  });
  return { result, requests, waits, pages, inputsRead, set };
}

const ok = (result: unknown): ControlReply => ({ ok: true, result });
const fault: ControlReply = {
  ok: false,
  exitCode: 2,
  problems: ['sessionId: is missing', 'pool: is missing'],
};

describe('with no app running', () => {
  test('status says so, and that is no failure', async () => {
    expect((await run({ kind: 'status', json: true })).result).toEqual({
      exitCode: 0,
      output: '{"running":false}\n',
      problems: [],
    });
    expect((await run({ kind: 'status', json: false })).result).toEqual({
      exitCode: 0,
      output: 'Signoff is not running.\n',
      problems: [],
    });
  });

  test.each([
    HOLD,
    { kind: 'quit' },
    { kind: 'prepare-update', close: false },
    SIGN_IN,
    { kind: 'set-activity', available: true, reason: null },
  ] as const)('$kind ends with 4 and says why', async (command) => {
    expect((await run(command)).result).toEqual({
      exitCode: 4,
      output: '',
      problems: ['Signoff is not running. Start it first.'],
    });
  });

  test('hold does not wait for a session that nobody can take', async () => {
    expect((await run(HOLD)).inputsRead).toBe(0);
  });

  test('sign-off hands the leftovers back to be ended', async () => {
    expect((await run(SIGN_OFF_ALL)).result).toEqual({
      endLeftovers: { command: 'sign-off', ids: 'all', force: false, budgetMs: null },
    });
  });

  test('results are read all the same', async () => {
    const { result, pages } = await run(
      { kind: 'results', json: true, limit: 3 },
      { receipts: [receipt(), failedReceipt()] },
    );
    expect(pages).toEqual([{ after: null, limit: 3, filter: ALL_RESULTS }]);
    expect(result).toEqual({
      exitCode: 0,
      output: `${JSON.stringify([receipt(), failedReceipt()])}\n`,
      problems: [],
    });
  });
});

describe('status', () => {
  test('prints what the app says, as JSON', async () => {
    const { result, requests } = await run({ kind: 'status', json: true }, { reply: ok(STATUS) });
    expect(requests).toEqual([{ command: 'status' }]);
    expect(result).toEqual({ exitCode: 0, output: `${JSON.stringify(STATUS)}\n`, problems: [] });
  });

  test('prints what the app says, for people', async () => {
    const { result } = await run({ kind: 'status', json: false }, { reply: ok(STATUS) });
    expect(result).toEqual({
      exitCode: 0,
      output: 'Signoff 1.2.3 is running (process 7).\nNothing is held.\n',
      problems: [],
    });
  });
});

describe('hold', () => {
  test('sends standard input as it is, and prints the id', async () => {
    const { result, requests } = await run(HOLD, {
      reply: ok({ id: 'held-1' }),
      standardInput: '{"kind":"agent"}\n',
    });
    expect(requests).toEqual([{ command: 'hold', text: '{"kind":"agent"}\n' }]);
    expect(result).toEqual({ exitCode: 0, output: '{"id":"held-1"}\n', problems: [] });
  });

  test('sends the file that it names', async () => {
    const { requests } = await run(
      { kind: 'hold', file: 'a.json' },
      { reply: ok({ id: 'held-1' }), files: { 'a.json': '{}' } },
    );
    expect(requests).toEqual([{ command: 'hold', text: '{}' }]);
  });

  test('of a file that cannot be read sends nothing', async () => {
    const { result, requests } = await run(
      { kind: 'hold', file: 'b.json' },
      { reply: ok({ id: 'held-1' }) },
    );
    expect(requests).toEqual([]);
    expect(result).toEqual({ exitCode: 2, output: '', problems: ['b.json: not found'] });
  });

  test('names every problem of bad input, with the exit code that the app gave', async () => {
    const { result } = await run(HOLD, { reply: fault });
    expect(result).toEqual({
      exitCode: 2,
      output: '',
      problems: ['sessionId: is missing', 'pool: is missing'],
    });
  });

  test('finds input that the app would cut off bad, without sending it', async () => {
    // Half of the limit, which JSON doubles.
    const standardInput = '\n'.repeat(REQUEST_LIMIT / 2);
    const { result, requests } = await run(HOLD, { reply: ok(null), standardInput });
    expect(requests).toEqual([]);
    expect(result).toMatchObject({ exitCode: 2, output: '' });
  });
});

describe('sign-off', () => {
  test('asks for all where no id is given', async () => {
    const { requests } = await run(SIGN_OFF_ALL, { reply: ok([]) });
    expect(requests).toEqual([{ command: 'sign-off', ids: 'all', force: false, budgetMs: null }]);
  });

  test('hands its ids, force and timeout on', async () => {
    const command = { ...SIGN_OFF_ALL, ids: ['a', 'b'], force: true, timeoutMs: 1_500 };
    const { requests } = await run(command, { reply: ok([]) });
    expect(requests).toEqual([
      { command: 'sign-off', ids: ['a', 'b'], force: true, budgetMs: 1_500 },
    ]);
  });

  test('prints the receipts, for people too', async () => {
    const { result } = await run({ ...SIGN_OFF_ALL, json: false }, { reply: ok([receipt()]) });
    expect(result).toMatchObject({ exitCode: 0, output: expect.stringContaining('ended') });
  });

  test.each(outcomeSchema.options)(
    'with an outcome of %s ends with 0 only if that is over',
    (outcome: Outcome) => {
      const over = outcome === 'ended' || outcome === 'already-over';
      expect(resultOfSignOff(ok([receipt(), receipt({ outcome })]), true).exitCode).toBe(
        over ? 0 : 1,
      );
    },
  );

  test('with nothing to end is done', () => {
    expect(resultOfSignOff(ok([]), true)).toEqual({ exitCode: 0, output: '[]\n', problems: [] });
  });

  test('keeps the receipts exact in JSON', () => {
    const receipts = [receipt(), failedReceipt()];
    expect(JSON.parse(resultOfSignOff(ok(receipts), true).output)).toEqual(receipts);
  });

  test('that is not carried out says why', () => {
    expect(resultOfSignOff(fault, true)).toEqual({
      exitCode: 2,
      output: '',
      problems: ['sessionId: is missing', 'pool: is missing'],
    });
  });
});

describe('prepare-update', () => {
  test('announces, and waits for nothing', async () => {
    const { result, requests, waits } = await run(
      { kind: 'prepare-update', close: false },
      { reply: ok({}) },
    );
    expect(requests).toEqual([{ command: 'prepare-update', close: false }]);
    expect([result, waits]).toEqual([{ exitCode: 0, output: '', problems: [] }, []]);
  });

  test.each([
    { goes: true, end: { exitCode: 0, output: '', problems: [] } },
    {
      goes: false,
      end: { exitCode: 1, output: '', problems: ['Signoff has not gone within 15 seconds.'] },
    },
  ])('that closes the app waits until it is gone ($goes)', async ({ goes, end }) => {
    const command = { kind: 'prepare-update', close: true } as const;
    const { result, requests, waits } = await run(command, { reply: ok({}), goes });
    expect(requests).toEqual([command].map(({ kind, close }) => ({ command: kind, close })));
    expect([result, waits]).toEqual([end, [15_000]]);
  });
});

describe('results', () => {
  test('say how many lines could not be read', async () => {
    const { result } = await run(
      { kind: 'results', json: true, limit: 20 },
      { receipts: [receipt()], unreadable: 2 },
    );
    expect(result).toMatchObject({
      exitCode: 0,
      problems: ['2 unreadable lines were passed over.'],
    });
  });

  test('with none yet are empty', async () => {
    expect((await run({ kind: 'results', json: true, limit: 20 })).result).toMatchObject({
      output: '[]\n',
    });
    expect((await run({ kind: 'results', json: false, limit: 20 })).result).toMatchObject({
      output: 'Nothing to show.\n',
    });
  });
});

describe('available and unavailable', () => {
  const AVAILABLE = { kind: 'set-activity', available: true, reason: null } as const;

  test('say nothing when that is done', async () => {
    const { result, requests } = await run(
      { kind: 'set-activity', available: false, reason: 2 },
      { reply: ok({}) },
    );
    expect(requests).toEqual([{ command: 'set-activity', available: false, reason: 2 }]);
    expect(result).toEqual({ exitCode: 0, output: '', problems: [] });
  });

  test('say why it could not be done', async () => {
    const problems = ['A chat is open.'];
    const { result } = await run(AVAILABLE, { reply: { ok: false, exitCode: 1, problems } });
    expect(result).toEqual({ exitCode: 1, output: '', problems });
  });
});

describe('quit', () => {
  test('waits until the app is gone', async () => {
    const { result, requests, waits } = await run(
      { kind: 'quit' },
      { reply: ok({ stillHeld: 0 }) },
    );
    expect(requests).toEqual([{ command: 'quit' }]);
    expect(waits).toHaveLength(1);
    expect(result).toEqual({ exitCode: 0, output: '', problems: [] });
  });

  test('says how much was left over', async () => {
    const { result } = await run({ kind: 'quit' }, { reply: ok({ stillHeld: 2 }) });
    expect(result).toEqual({
      exitCode: 1,
      output: '',
      problems: [expect.stringMatching(/^2 could not be ended in time\. /)],
    });
  });

  test('says so where the app has not gone', async () => {
    const { result } = await run({ kind: 'quit' }, { reply: ok({ stillHeld: 0 }), goes: false });
    expect(result).toEqual({
      exitCode: 1,
      output: '',
      problems: ['Signoff has not gone within 15 seconds.'],
    });
  });

  test('says that the app goes on, where it refused to go', async () => {
    const problems = ['Signoff goes on running: 1 could not be ended in time.'];
    const reply = { ok: false, exitCode: 1, problems } as const;
    const { result, waits } = await run({ kind: 'quit' }, { reply });
    expect({ result, waits }).toEqual({ result: { exitCode: 1, output: '', problems }, waits: [] });
  });
});

describe('login-item', () => {
  const ON = { kind: 'login-item', on: true } as const;

  test('the running app is asked', async () => {
    const { result, requests, set } = await run(ON, { reply: ok({}) });
    expect(requests).toEqual([{ command: 'login-item', on: true }]);
    expect(set).toEqual([]);
    expect(result).toEqual({ exitCode: 0, output: 'Signoff starts at login.\n', problems: [] });
  });

  test('with none running, it is set without', async () => {
    const { result, set } = await run({ kind: 'login-item', on: false });
    expect(set).toEqual([false]);
    expect(result).toMatchObject({ output: 'Signoff does not start at login.\n' });
  });

  test.each([
    ['managed', 'Your IT department decides whether Signoff starts at login.'],
    ['not-saved', 'The settings file could not be written.'],
  ] as const)('what is %s is refused in words', async (settingProblem, words) => {
    const { result } = await run(ON, { settingProblem });
    expect(result).toEqual({ exitCode: 1, output: '', problems: [words] });
  });
});

test('diagnostics are made with the running app, or without', async () => {
  const command = { kind: 'diagnostics', file: 'a.zip', force: false } as const;
  const without = await run(command);
  expect(without.result).toMatchObject({ output: 'a.zip without app' });
  const withApp = await run(command, { reply: ok({}) });
  expect(withApp.result).toMatchObject({ output: 'a.zip with app' });
});

describe('policy', () => {
  const POLICY = { kind: 'policy', json: true } as const;

  test('asks the running app, which knows what counts there', async () => {
    const theirs = { settings: [], problems: [] };
    const { result, requests } = await run(POLICY, { reply: ok(theirs) });
    expect(requests).toEqual([{ command: 'policy' }]);
    expect(result).toEqual({ exitCode: 0, output: `${JSON.stringify(theirs)}\n`, problems: [] });
  });

  test('says what would count where none is running', async () => {
    const { result } = await run(POLICY);
    expect(result).toEqual({ exitCode: 0, output: `${JSON.stringify(REPORT)}\n`, problems: [] });
  });

  test('is a table for people, with what was passed over beside it', async () => {
    const { result } = await run({ kind: 'policy', json: false });
    expect(result).toEqual({
      exitCode: 0,
      output: [
        'setting      value     from\n',
        'leftover     "resume"  machine policy\n',
        'idleMinutes  15        default\n',
      ].join(''),
      problems: [
        'user policy: proxy: must be right',
        'settings.json: colour: there is no such setting',
      ],
    });
  });
});

describe('policy --check', () => {
  const CHECK = { kind: 'policy-check', file: 'policy.json' } as const;
  const check = async (text: string) =>
    (await run(CHECK, { files: { 'policy.json': text } })).result;

  test('finds nothing in a policy that is right', async () => {
    expect(await check('{"leftover": "resume"}')).toEqual({
      exitCode: 0,
      output: 'policy.json: every setting is good.\n',
      problems: [],
    });
  });

  test('names every problem, and where it is', async () => {
    const text = '{"leftover": "never", "colour": 1, "allowedServers": ["*", "http://a.example"]}';
    expect(await check(text)).toEqual({
      exitCode: 2,
      output: '',
      problems: [
        'policy.json: leftover: must be one of "ask", "sign-off", "resume"; "sign-off" counts instead',
        'policy.json: colour: there is no such setting',
        'policy.json: allowedServers[1]: must be "https://chat.example.com", "https://*.example.com" or "*"',
      ],
    });
  });

  test('says where the text stops being JSON', async () => {
    expect(await check('{\n  "leftover": ask\n}')).toMatchObject({
      exitCode: 2,
      problems: ['policy.json: The file is not valid JSON, from line 2, column 15 on.'],
    });
  });

  test('says that there is no such file', async () => {
    const { result } = await run(CHECK);
    expect(result).toEqual({
      exitCode: 2,
      output: '',
      problems: ['policy.json: The file could not be read (ENOENT).'],
    });
  });
});

describe('run by somebody who is no agent', () => {
  const wrongPerson = "This looked at root's own Signoff.";
  const SIGN_OFF = { kind: 'sign-off', ids: [], force: false, timeoutMs: null } as const;

  test.each([
    [false, 'Nothing to show.\n'],
    [true, '[]\n'],
  ])('a sign-off says so, and does not say that all is over (JSON: %s)', async (asJson, output) => {
    const { result } = await run({ ...SIGN_OFF, json: asJson }, { wrongPerson });
    expect(result).toEqual({ exitCode: 3, output, problems: [wrongPerson] });
  });

  test('a sign-off that finds a running app all the same goes through it', async () => {
    const { result } = await run({ ...SIGN_OFF, json: true }, { wrongPerson, reply: ok([]) });
    expect(result).toEqual({ exitCode: 0, output: '[]\n', problems: [] });
  });

  test('what needs a running app says so too', async () => {
    const { result } = await run({ kind: 'quit' }, { wrongPerson });
    expect(result).toMatchObject({
      exitCode: 4,
      problems: ['Signoff is not running. Start it first.', wrongPerson],
    });
    const status = await run({ kind: 'status', json: true }, { wrongPerson });
    expect(status.result).toEqual({
      exitCode: 0,
      output: '{"running":false}\n',
      problems: [wrongPerson],
    });
  });
});
