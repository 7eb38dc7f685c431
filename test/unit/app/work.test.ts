import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import type { Ground } from '../../../main/app/ground.ts';
import { NO_PHASES } from '../../../main/chat/call-end.ts';
import type { Call, Transport } from '../../../main/chat/transport.ts';
import { readHandIn } from '../../../main/sessions/hand-in.ts';
import type { Session } from '../../../main/sessions/session.ts';
import type { Vault } from '../../../main/sessions/vault.ts';
import type { Settings } from '../../../main/settings/schema.ts';
import { createBlockingThread } from '../../support/blocking-thread.ts';
import { createFakeClock, type FakeClock } from '../../support/fake-clock.ts';
import { NO_RULES } from '../../support/hand-in-rules.ts';
import { END_FOR } from '../../support/scripted-server.ts';
import { createVaultDisk } from '../../support/vault-disk.ts';
import { startWork } from '../../support/work-world.ts';

const SESSION = {
  kind: 'agent',
  server: 'https://chat.example.com',
  fqSiteName: 'day001',
  pool: '297:1',
  accountId: '12',
  sessionId: 'node01h8m13tljpm7ns8nayp0pid91',
};
const SIGN_IN = {
  site: 'https://support.example.com',
  userName: 'ann',
  password: 'secret',
  accountId: SESSION.accountId,
  available: true,
  takeOver: false,
  remember: false,
};
const QUIT_MS = 5_000;
const QUESTION_MS = 60_000;
const CALLED_OFF_MS = 60_000;

/** A machine with a disk, and a server that it reaches. */
function createMachine() {
  const clock = createFakeClock();
  const disk = createVaultDisk();
  const sent: Call[] = [];
  let outcome: keyof typeof END_FOR = 'ended';
  const transport: Transport = async (call) => {
    sent.push(call);
    const now = clock.now();
    const times = { started: now, sent: now, received: now, finished: now, phases: NO_PHASES };
    call.readReply('{}');
    return { ...END_FOR[outcome], times, reply: null, proxy: null };
  };
  return {
    clock,
    disk,
    /** Whether each logoff was forced. */
    forced: () =>
      sent
        .filter(({ url }) => url.pathname.endsWith('/logoff'))
        .map(({ body }) => logoffBody.parse(JSON.parse(body ?? '')).forceLogoff),
    /** How often the status was set. */
    statuses: () => sent.filter(({ url }) => url.pathname.endsWith('/setActivityStatus')).length,
    serverAnswers(next: keyof typeof END_FOR) {
      outcome = next;
    },
    start: (login: string, settings: Partial<Settings> = {}, thread?: Ground['thread']) =>
      startOn({ clock, disk, login, transport, settings, thread }),
  };
}

/** A start of the app on that machine. */
function startOn({
  disk,
  transport,
  settings,
  ...how
}: {
  clock: FakeClock;
  disk: ReturnType<typeof createVaultDisk>;
  login: string;
  transport: Transport;
  settings: Partial<Settings>;
  thread: Ground['thread'] | undefined;
}) {
  const { work, vault, receipts, log } = startWork({
    ...how,
    transport,
    file: disk.open(),
    settings: { onLock: 'sign-off', ...settings },
    chat: {
      serviceSettings: async () => ({ ok: true, value: readSession() }),
      agentToken: async () => ({ ok: true, value: 'token' }),
      createAgentSession: async (_request, _signal, take) =>
        take({ ok: true, value: 'node02-of-the-sign-in' }),
    },
  });
  let isGone = false;
  work.leaving.onMayGo(() => (isGone = true));
  work.settleLeftovers();
  return { work, vault, receipts, log, isGone: () => isGone };
}

const handIn = () => readHandIn(SESSION, NO_RULES);
function readSession(): Session {
  const read = handIn();
  if (!read.ok) throw new Error('The session is none.');
  return read.session;
}
const logoffBody = z.object({ forceLogoff: z.boolean() });

function onlyId(vault: Pick<Vault, 'held'>): string {
  const [held] = vault.held();
  if (held === undefined) throw new Error('Nothing is held.');
  return held.id;
}

test('a session is held, refused at a quit, and ended at the next start of another login', async () => {
  const { clock, disk, forced, serverAnswers, start } = createMachine();
  const first = start('morning');
  expect(first.work.hold.handIn(handIn(), 'window').ok).toBe(true);
  expect(disk.open().held).toMatchObject([{ sessionId: SESSION.sessionId, login: 'morning' }]);
  const id = onlyId(first.vault);
  expect(first.work.attendance.isAtWork(id)).toBe(true);

  serverAnswers('refused');
  void first.work.leaving.leave({ cause: 'quit', mayAsk: true });
  await clock.advance(QUIT_MS);
  expect(first.work.leaving.state()?.phase).toBe('asking');
  expect(first.work.attendance.isAtWork(id)).toBe(false);
  expect(first.work.hold.handIn(handIn(), 'command')).toMatchObject({ ok: false, badInput: false });
  first.work.leaving.answer('quit');
  expect(first.isGone()).toBe(true);
  expect(first.receipts).toMatchObject([{ cause: 'quit', forced: true, outcome: 'refused' }]);
  expect(first.log).toEqual(['not-signed-off']);

  serverAnswers('ended');
  const second = start('evening');
  await clock.advance(1_000);
  expect(second.receipts).toMatchObject([{ heldId: id, cause: 'leftover', outcome: 'ended' }]);
  expect([second.vault.held(), disk.open().held]).toEqual([[], []]);
  expect(second.log).toEqual(['signed-off']);
  expect(forced()).toEqual([true, true]);
});

test('what a crash left over within the same login is asked about, and nobody is at work in it meanwhile', async () => {
  const { clock, forced, start } = createMachine();
  start('morning').work.hold.handIn(handIn(), 'browser');
  const { work, vault, receipts } = start('morning');
  const id = onlyId(vault);
  expect(work.leftoverQuestion.state()?.ids).toEqual([id]);
  expect([work.attendance.isAtWork(id), work.isBusy()]).toEqual([false, true]);
  await clock.advance(QUESTION_MS - 1);
  expect(forced()).toEqual([]);
  await clock.advance(1_000);
  expect(receipts).toMatchObject([{ cause: 'leftover', outcome: 'ended' }]);
  expect(work.isBusy()).toBe(false);
});

test('what a crash left over is asked about for as long as IT has it', async () => {
  const { clock, forced, start } = createMachine();
  start('morning').work.hold.handIn(handIn(), 'browser');
  start('morning', { leftoverAfterSeconds: 10 });
  await clock.advance(9_999);
  expect(forced()).toEqual([]);
  await clock.advance(1_000);
  expect(forced()).toEqual([true]);
});

test.each([
  { leftover: 'sign-off', ended: [true] },
  { leftover: 'resume', ended: [] },
] as const)('with the setting $leftover nobody is asked about it', async ({ leftover, ended }) => {
  const { clock, forced, start } = createMachine();
  start('morning').work.hold.handIn(handIn(), 'command');
  const { work, vault } = start('morning', { leftover });
  expect(work.leftoverQuestion.state()).toBe(null);
  await clock.advance(2 * QUESTION_MS);
  expect(forced()).toEqual(ended);
  expect(vault.held()).toHaveLength(1 - ended.length);
});

test('what is handed in again is asked about no more, and is being worked in', async () => {
  const { clock, forced, start } = createMachine();
  start('morning').work.hold.handIn(handIn(), 'window');
  const { work, vault } = start('morning');
  const id = onlyId(vault);
  expect(work.hold.handIn(handIn(), 'command')).toEqual({ ok: true, id });
  expect([work.leftoverQuestion.state(), work.attendance.isAtWork(id)]).toEqual([null, true]);
  await clock.advance(2 * QUESTION_MS);
  expect(forced()).toEqual([]);
});

test('what the agent keeps is being worked in', () => {
  const { start } = createMachine();
  start('morning').work.hold.handIn(handIn(), 'window');
  const { work, vault } = start('morning');
  const id = onlyId(vault);
  work.leftoverQuestion.answer('keep');
  expect(work.attendance.isAtWork(id)).toBe(true);
  expect(vault.held()).toMatchObject([{ id, login: 'morning' }]);
});

test('a session that could not be ended while the agent was away is tried again, and worked in once that is given up', async () => {
  const { clock, serverAnswers, start } = createMachine();
  const { work, vault, receipts } = start('morning');
  work.hold.handIn(handIn(), 'window');
  const id = onlyId(vault);
  serverAnswers('unreachable');
  work.away.locked();
  await clock.advance(20_000);
  work.away.unlocked();
  expect(work.attendance.isAtWork(id)).toBe(false);
  serverAnswers('refused');
  await clock.advance(2 * QUESTION_MS);
  expect(receipts.at(-1)).toMatchObject({ cause: 'lock', outcome: 'refused' });
  expect(work.attendance.isAtWork(id)).toBe(true);
});

test('what is left over and ended meanwhile is asked about no more', async () => {
  const { clock, start } = createMachine();
  start('morning').work.hold.handIn(handIn(), 'window');
  const { work } = start('morning');
  await clock.until(work.coordinator.signOff({ cause: 'asked', ids: 'all' }), 1_000);
  expect(work.leftoverQuestion.state()).toBeNull();
});

test('nothing is handed in any more once the app goes in order to come back', () => {
  const { work, isGone } = createMachine().start('morning');
  work.leaving.exitForRestart();
  expect(isGone()).toBe(true);
  expect(work.hold.handIn(handIn(), 'window')).toMatchObject({ ok: false, badInput: false });
});

describe('a session that could not be ended when the agent went away', () => {
  /** Locks the screen while the server cannot be reached. */
  async function notEnded({ startedHere = false } = {}) {
    const machine = createMachine();
    const app = machine.start('morning');
    const session = readSession();
    const { id } = app.vault.hold(session, startedHere);
    machine.serverAnswers('unreachable');
    app.work.away.locked();
    await machine.clock.advance(20_000);
    return { ...machine, ...app, id };
  }

  test('is not tried again once it is handed in again', async () => {
    const { clock, forced, serverAnswers, work, vault } = await notEnded();
    work.hold.handIn(handIn(), 'window');
    const before = forced().length;
    serverAnswers('ended');
    await clock.advance(2 * QUESTION_MS);
    expect([forced().length, vault.held().length]).toEqual([before, 1]);
  });

  test('has not failed any more once it is handed in again', async () => {
    const { work, id } = await notEnded();
    expect(work.coordinator.lastFailure(id)).toMatchObject({ outcome: 'unreachable' });
    work.hold.handIn(handIn(), 'window');
    expect(work.coordinator.lastFailure(id)).toBeUndefined();
  });

  test('is polled for again once its end is given up, if the agent is back', async () => {
    const { clock, serverAnswers, work, id } = await notEnded({ startedHere: true });
    work.away.unlocked();
    expect(work.presence.of(id)).toBeNull();
    serverAnswers('refused');
    await clock.advance(2 * QUESTION_MS);
    expect(work.presence.of(id)).not.toBeNull();
  });
});

test('an agent whose status could not be set is set as soon as the server is back', async () => {
  const { clock, serverAnswers, start, statuses } = createMachine();
  const { work, vault } = start('morning');
  const { id } = vault.hold(readSession(), true);
  serverAnswers('unreachable');
  void work.activity.setUnavailable();
  await clock.advance(5_000);
  const tried = statuses();
  expect(work.presence.of(id)?.state).toBe('reconnecting');
  serverAnswers('ended');
  while (work.presence.of(id)?.state !== 'present') await clock.advance(100);
  await clock.settle();
  expect([statuses(), work.activity.of(id)?.value]).toEqual([tried + 1, 'unavailable']);
});

describe('after a shutdown that was called off', () => {
  /** The session is over, ended for the shutdown. */
  async function calledOff() {
    const machine = createMachine();
    const { clock } = machine;
    const app = machine.start('morning', {}, createBlockingThread(clock));
    app.work.hold.handIn(handIn(), 'window');
    app.work.leaving.endAtOnce();
    await clock.advance(CALLED_OFF_MS);
    const { work } = app;
    expect(work.calledOff.ended()).toMatchObject([{ sessionId: SESSION.sessionId }]);
    return { ...machine, ...app, told: () => work.calledOff.ended().length };
  }

  test('what it ended is told of until the agent has handed in again', async () => {
    const { work, told } = await calledOff();
    expect(work.hold.handIn(handIn(), 'browser').ok).toBe(true);
    expect(told()).toBe(0);
  });

  test('what it ended is told of until the agent has signed in again, and not only begun to', async () => {
    const { work, clock, told, vault } = await calledOff();
    let whileHeld = 0;
    work.hold.onHeld(() => (whileHeld = told()));
    await clock.until(work.signIn.signIn(SIGN_IN), 10_000);
    expect([vault.held().length, whileHeld, told()]).toEqual([1, 1, 0]);
  });
});
