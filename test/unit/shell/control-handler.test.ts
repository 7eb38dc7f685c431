import { describe, expect, test } from 'vitest';
import type { OtherMachine } from '../../../main/sessions/other-machines.ts';
import { createStateReader } from '../../../main/bridge/state.ts';
import { createLeaving } from '../../../main/lifecycle/leaving.ts';
import { createHold } from '../../../main/sessions/hold.ts';
import { settingsSchema } from '../../../main/settings/schema.ts';
import type { SignInEnd } from '../../../main/signin/sign-in-end.ts';
import type { AppRequest } from '../../../main/shell/cli/protocol.ts';
import { createControlHandler, signOffHeld } from '../../../main/shell/cli/control-handler.ts';
import { NO_RULES } from '../../support/hand-in-rules.ts';
import { answer } from '../../support/scripted-server.ts';
import { agentSession, engagement } from '../../support/sessions.ts';
import { createSignOffWorld } from '../../support/sign-off-world.ts';
import { windowState } from '../../support/window-state.ts';

const REPORT = { settings: [], problems: [] };
const SYSTEM_REPORT = { versions: {}, app: null, settings: REPORT, network: {} };

/** Whom a sign-in was made for before. */
const REMEMBERED = {
  site: 'https://support.example.com',
  userName: 'ann',
  accountId: '12',
  hasPassword: true,
};

function runningApp({
  signInEnd = { ok: true, id: 'held-1', statusProblem: null },
  signedIn = Promise.resolve(),
  presentId = '',
  mayQuitHolding = true,
  elsewhere = [],
}: {
  signInEnd?: SignInEnd;
  signedIn?: Promise<void>;
  presentId?: string;
  mayQuitHolding?: boolean;
  elsewhere?: readonly OtherMachine[];
} = {}) {
  const world = createSignOffWorld();
  const signIns: unknown[] = [];
  const activities: unknown[] = [];
  let cancelled = 0;
  let looked = false;
  const { vault, coordinator, clock } = world;
  let gone = 0;
  const leaving = createLeaving({
    ...world,
    mayQuitHolding: () => mayQuitHolding,
  });
  leaving.onMayGo(() => (gone += 1));
  let announced = 0;
  const handle = createControlHandler({
    readState: createStateReader({
      runningSince: 0,
      version: '1.2.3',
      vault,
      key: { isSaved: () => true },
      elsewhere: {
        machines: { machines: () => (looked ? elsewhere : []) },
        coordinator,
      },
      setAside: null,
      isFolderUnusable: false,
      coordinator,
      leftoverQuestion: { state: () => null },
      leaving,
      calledOff: { ended: () => [] },
      retries: { nextTryAt: () => null },
      settings: {
        values: () => settingsSchema.parse({}),
        managed: () => [],
        sourceOf: () => 'default',
      },
      handInDefaults: () => NO_RULES.defaults,
      signIn: () => ({ ...windowState().signIn, defaults: REMEMBERED }),
      signInAgain: () => null,
      presence: {
        of: (id) => (id === presentId ? { state: 'reconnecting', dropsAt: clock.now() } : null),
      },
      activity: { of: () => null },
      availableKinds: () => [],
      unavailableReasons: () => [],
      browser: () => windowState().browser,
      originQuestion: { state: () => null },
      language: () => 'en',
      isOnline: () => true,
      clock,
    }),
    electron: '45.0.0',
    hold: createHold(vault, leaving.isUnderWay),
    handInRules: () => NO_RULES,
    settingsReport: () => REPORT,
    systemReport: async () => SYSTEM_REPORT,
    setStartAtLogin: (on) => (on ? null : 'managed'),
    announceRestart: () => (announced += 1),
    signIn: {
      async signIn(input) {
        signIns.push(input);
        await signedIn;
        return signInEnd;
      },
      cancel: () => (cancelled += 1),
    },
    async setActivity(request) {
      activities.push(request);
      return { problem: request.value === 'available' ? null : 'A chat is open.' };
    },
    vault,
    find: vault.find,
    lookElsewhere: () => (looked = true),
    coordinator,
    leaving,
  });
  return {
    ...world,
    leaving,
    handle: (request: AppRequest, left = new AbortController()) => handle(request, left.signal),
    gone: () => gone,
    announced: () => announced,
    signIns,
    activities,
    cancelled: () => cancelled,
  };
}

test('status looks up what other machines hold, and tells it without a secret', async () => {
  const far = { ...agentSession('Ann'), id: 'far', heldSince: 9, lastSequenceNumber: 0 };
  const held = [{ ...far, login: null, startedHere: true }];
  const { handle } = runningApp({
    elsewhere: [
      { host: 'FRONT-07', since: 9, held },
      { host: 'FRONT-08', since: null, held: null },
    ],
  });
  const reply = await handle({ command: 'status' });
  expect(reply).toMatchObject({
    ok: true,
    result: {
      held: [],
      elsewhere: [
        {
          host: 'FRONT-07',
          since: '1970-01-01T00:00:00.009Z',
          held: [{ id: 'far', heldSince: '1970-01-01T00:00:00.009Z', presence: null }],
        },
        { host: 'FRONT-08', since: null, held: null },
      ],
    },
  });
  expect(JSON.stringify(reply)).not.toContain(far.sessionId);
});

test('policy says what the settings are', async () => {
  expect(await runningApp().handle({ command: 'policy' })).toEqual({ ok: true, result: REPORT });
});

test('login-item sets whether the app starts at login, or says in words why not', async () => {
  const { handle } = runningApp();
  expect(await handle({ command: 'login-item', on: true })).toEqual({ ok: true, result: {} });
  expect(await handle({ command: 'login-item', on: false })).toEqual({
    ok: false,
    exitCode: 1,
    problems: ['Your IT department decides whether Signoff starts at login.'],
  });
});

describe('status', () => {
  test('says what runs and what is held, and nothing secret', async () => {
    const { handle, hold, clock } = runningApp();
    const session = agentSession('Ann');
    const [held] = hold(session);
    const reply = await handle({ command: 'status' });
    expect(reply).toMatchObject({
      ok: true,
      result: {
        running: true,
        pid: process.pid,
        version: '1.2.3',
        electron: '45.0.0',
        held: [
          {
            id: held?.id,
            kind: 'agent',
            label: 'Ann',
            heldSince: new Date(clock.now()).toISOString(),
            ending: null,
            lastFailure: null,
          },
        ],
      },
    });
    expect(JSON.stringify(reply)).not.toContain(session.sessionId);
  });

  test('says until when a sign-off under way has time', async () => {
    const { handle, hold, clock, server, coordinator } = runningApp();
    hold(agentSession());
    server.answerWith(() => 'never');
    const deadline = new Date(clock.now() + 10_000).toISOString();
    void coordinator.signOff({ cause: 'asked', ids: 'all' });
    await clock.advance(3_000);
    expect(await handle({ command: 'status' })).toMatchObject({
      result: { held: [{ ending: { cause: 'asked', forced: false, attempt: 1, deadline } }] },
    });
  });
});

test('status says how present an agent is, and until when', async () => {
  const { handle, hold, clock } = runningApp({ presentId: 'held-1' });
  hold(agentSession('Ann'), agentSession('Bob'));
  const dropsAt = new Date(clock.now()).toISOString();
  expect(await handle({ command: 'status' })).toMatchObject({
    result: {
      held: [{ presence: { state: 'reconnecting', dropsAt } }, { presence: null, activity: null }],
    },
  });
});

describe('hold', () => {
  const handIn = JSON.stringify(agentSession());

  test('holds the session and answers with its id', async () => {
    const { handle, vault } = runningApp();
    const reply = await handle({ command: 'hold', text: handIn });
    expect(vault.held()).toHaveLength(1);
    expect(reply).toEqual({ ok: true, result: { id: vault.held()[0]?.id } });
  });

  test('answers bad input with 2, naming every problem by its field', async () => {
    const { handle, vault } = runningApp();
    const reply = await handle({
      command: 'hold',
      text: '{"kind":"engagement","server":"ftp://x"}',
    });
    expect(vault.held()).toEqual([]);
    expect(reply).toEqual({
      ok: false,
      exitCode: 2,
      problems: [
        'server: must begin with "https://"',
        'fqSiteName: is missing',
        'sessionId: is missing',
        'pool: is missing',
      ],
    });
  });

  test('is no use any more once the app is leaving', async () => {
    const { handle, hold, server, vault } = runningApp();
    hold(engagement());
    server.answerWith(() => 'never');
    void handle({ command: 'quit' });
    expect(await handle({ command: 'hold', text: handIn })).toEqual({
      ok: false,
      exitCode: 1,
      problems: ['Signoff is quitting. Hand the session in after its next start.'],
    });
    expect(vault.held()).toHaveLength(1);
  });
});

describe('sign-in', () => {
  const request = {
    command: 'sign-in',
    site: null,
    userName: null,
    accountId: null,
    password: 'secret',
    available: true,
    takeOver: false,
    remember: false,
  } as const;
  const input = { available: true, takeOver: false, remember: false, password: 'secret' };

  test('takes what was not given from the last time', async () => {
    const { handle, signIns } = runningApp();
    const reply = await handle(request);
    const { hasPassword: _hasPassword, ...who } = REMEMBERED;
    expect(signIns).toEqual([{ ...input, ...who }]);
    expect(reply).toEqual({ ok: true, result: { ok: true, id: 'held-1', statusProblem: null } });
  });

  test('takes nobody’s account id for somebody else’s', async () => {
    const { handle, signIns } = runningApp();
    await handle({ ...request, userName: 'bob' });
    expect(signIns).toMatchObject([{ userName: 'bob', accountId: '' }]);
  });

  test('takes what was given before what is remembered', async () => {
    const { handle, signIns } = runningApp();
    const given = { site: 'https://a.example.com', userName: 'ann', accountId: '21' };
    await handle({ ...request, ...given });
    expect(signIns).toEqual([{ ...input, ...given }]);
  });

  test('does not forget the remembered password by using it', async () => {
    const { handle, signIns } = runningApp();
    await handle({ ...request, password: '' });
    expect(signIns).toMatchObject([{ password: '', remember: true }]);
  });

  test('answers bad input with 2, naming the options', async () => {
    const problems = ['site', 'userName', 'password', 'accountId'].map((field) => ({
      field,
      message: 'is missing',
    }));
    const { handle } = runningApp({ signInEnd: { ok: false, why: 'input', problems } });
    expect(await handle(request)).toEqual({
      ok: false,
      exitCode: 2,
      problems: [
        '--site: is missing',
        '--user: is missing',
        'password: is missing',
        '--account: is missing',
      ],
    });
  });

  test('answers with 1 where it is not what was typed', async () => {
    const problems = [{ field: '', message: 'A sign-in is under way already.' }];
    const { handle } = runningApp({ signInEnd: { ok: false, why: 'input', problems } });
    expect(await handle(request)).toEqual({
      ok: false,
      exitCode: 1,
      problems: ['A sign-in is under way already.'],
    });
  });

  test('is called off where whoever asked for it has gone, but not afterwards', async () => {
    const { promise: signedIn, resolve } = Promise.withResolvers<void>();
    const { handle, cancelled } = runningApp({ signedIn });
    const left = new AbortController();
    const reply = handle(request, left);
    left.abort();
    expect(cancelled()).toBe(1);
    resolve();
    await reply;
    const later = new AbortController();
    await handle(request, later);
    later.abort();
    expect(cancelled()).toBe(1);
  });

  test('hands every other end on, for the command to ask or to say', async () => {
    const end = { ok: false, why: 'conflict', message: 'One.', perhapsOurs: true } as const;
    const { handle } = runningApp({ signInEnd: end });
    expect(await handle(request)).toEqual({ ok: true, result: end });
  });
});

describe('set-activity', () => {
  test('sets all who signed in here', async () => {
    const { handle, activities } = runningApp();
    expect(await handle({ command: 'set-activity', available: true, reason: null })).toEqual({
      ok: true,
      result: {},
    });
    expect(activities).toEqual([{ id: null, value: 'available', reason: null }]);
  });

  test('says why it could not be done', async () => {
    const { handle, activities } = runningApp();
    expect(await handle({ command: 'set-activity', available: false, reason: 2 })).toEqual({
      ok: false,
      exitCode: 1,
      problems: ['A chat is open.'],
    });
    expect(activities).toEqual([{ id: null, value: 'unavailable', reason: 2 }]);
  });
});

describe('sign-off', () => {
  const request = { command: 'sign-off', ids: 'all', force: false, budgetMs: null } as const;

  test('asks without force, and answers with the receipts', async () => {
    const { handle, hold, clock, server, written } = runningApp();
    hold(agentSession());
    const reply = await clock.until(handle(request), 1_000);
    expect(server.sent).toMatchObject([{ forced: false }]);
    expect(reply).toEqual({ ok: true, result: written });
  });

  test('keeps to its own budget', async () => {
    const { handle, hold, clock, server } = runningApp();
    hold(agentSession());
    server.answerWith(() => 'never');
    const begun = clock.monotonic();
    await clock.until(handle({ ...request, budgetMs: 700 }), 10_000);
    expect(clock.monotonic() - begun).toBe(700);
  });

  test('with a misspelt id ends none', async () => {
    const { handle, hold, clock, server } = runningApp();
    const [held] = hold(agentSession());
    const reply = await handle({ ...request, ids: [held?.id ?? '', 'held-l', 'x'] });
    expect(reply).toEqual({
      ok: false,
      exitCode: 2,
      problems: ["No held session has the id 'held-l'.", "No held session has the id 'x'."],
    });
    // What the reply did not wait for would be sent by now.
    await clock.settle();
    expect(server.sent).toEqual([]);
  });

  test('of leftovers, with no app running, forces', async () => {
    const { coordinator, vault, hold, clock, server } = runningApp();
    hold(agentSession());
    await clock.until(signOffHeld({ coordinator, find: vault.find }, 'leftover', request), 1_000);
    expect(server.sent).toMatchObject([{ forced: true }]);
  });
});

describe('quit', () => {
  test('ends what is held, lets the app go and says that nothing is left', async () => {
    const { handle, hold, clock, gone } = runningApp();
    hold(agentSession(), engagement());
    const reply = await clock.until(handle({ command: 'quit' }), 5_000);
    expect({ reply, gone: gone() }).toEqual({
      reply: { ok: true, result: { stillHeld: 0 } },
      gone: 1,
    });
  });

  test('is refused where IT does not let anybody quit with something held', async () => {
    const { handle, hold, clock, gone, server } = runningApp({ mayQuitHolding: false });
    hold(agentSession(), engagement());
    server.answerWith(() => answer('unreachable'));
    const reply = await clock.until(handle({ command: 'quit' }), 5_000);
    expect({ reply, gone: gone() }).toEqual({
      reply: {
        ok: false,
        exitCode: 1,
        problems: [expect.stringContaining('2 could not be ended in time, and your IT')],
      },
      gone: 0,
    });
  });

  test('asks nobody, and says how many are left', async () => {
    const { handle, hold, clock, gone, server } = runningApp();
    hold(agentSession(), engagement());
    server.answerWith(() => answer('unreachable'));
    const reply = await clock.until(handle({ command: 'quit' }), 5_000);
    expect({ reply, gone: gone() }).toEqual({
      reply: { ok: true, result: { stillHeld: 2 } },
      gone: 1,
    });
  });
});

describe('prepare-update', () => {
  test('announces the restart, and leaves the app to be closed', async () => {
    const { handle, hold, gone, announced } = runningApp();
    hold(agentSession());
    const reply = await handle({ command: 'prepare-update', close: false });
    expect(reply).toEqual({ ok: true, result: {} });
    expect([announced(), gone()]).toEqual([1, 0]);
  });

  test('that closes has the app go at once, and its next start go on holding', async () => {
    const { handle, hold, vault, gone, announced, server } = runningApp();
    hold(agentSession());
    await handle({ command: 'prepare-update', close: true });
    expect([announced(), gone(), server.sent, vault.held().length]).toEqual([1, 1, [], 1]);
  });
});
