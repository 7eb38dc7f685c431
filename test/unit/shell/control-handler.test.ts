import { describe, expect, test } from 'vitest';
import { createViews } from '../../../main/bridge/views.ts';
import { createLeaving } from '../../../main/lifecycle/leaving.ts';
import { createHold } from '../../../main/sessions/hold.ts';
import { settingsSchema } from '../../../main/settings/schema.ts';
import { createControlHandler, signOffHeld } from '../../../main/shell/cli/control-handler.ts';
import { NO_TERMS } from '../../support/hand-in-terms.ts';
import { answer } from '../../support/scripted-server.ts';
import { agentSession, engagement } from '../../support/sessions.ts';
import { createSignOffWorld } from '../../support/sign-off-world.ts';

const REPORT = { settings: [], problems: [] };

function runningApp() {
  const world = createSignOffWorld();
  const { vault, coordinator, clock } = world;
  let gone = 0;
  const leaving = createLeaving({ ...world, go: () => (gone += 1) });
  const handle = createControlHandler({
    views: createViews({
      version: '1.2.3',
      vault,
      setAside: null,
      coordinator,
      leftoverQuestion: { state: () => null },
      leaving,
      owed: { nextTryAt: () => null },
      settings: { values: () => settingsSchema.parse({}), managed: () => [] },
      handInDefaults: () => NO_TERMS.defaults,
      language: () => 'en',
      isOnline: () => true,
      clock,
    }),
    electron: '45.0.0',
    hold: createHold(vault, leaving.isUnderWay),
    handInTerms: () => NO_TERMS,
    settingsReport: () => REPORT,
    setStartAtLogin: (on) => (on ? null : 'managed'),
    vault,
    coordinator,
    leaving,
  });
  return { ...world, leaving, handle, gone: () => gone };
}

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
    const { handle, hold, server } = runningApp();
    const [held] = hold(agentSession());
    const reply = await handle({ ...request, ids: [held?.id ?? '', 'held-l', 'x'] });
    expect(reply).toEqual({
      ok: false,
      exitCode: 2,
      problems: ["No held session has the id 'held-l'.", "No held session has the id 'x'."],
    });
    expect(server.sent).toEqual([]);
  });

  test('of leftovers, with no app running, forces', async () => {
    const { coordinator, vault, hold, clock, server } = runningApp();
    hold(agentSession());
    await clock.until(signOffHeld({ coordinator, vault }, 'leftover', request), 1_000);
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
