import { EventEmitter } from 'node:events';
import { describe, expect, test } from 'vitest';
import { createLeaving } from '../../../main/lifecycle/leaving.ts';
import { RESUME_WITHIN_MS } from '../../../main/lifecycle/leftover.ts';
import { listenForSessionEnd } from '../../../main/lifecycle/windows-session.ts';
import type { Session } from '../../../main/sessions/session.ts';
import { type BlockingThread, createBlockingThread } from '../../support/blocking-thread.ts';
import { agentSession, engagement } from '../../support/sessions.ts';
import { createSignOffWorld } from '../../support/sign-off-world.ts';
import { createVaultDisk, DISK_FULL } from '../../support/vault-disk.ts';

/** What Electron documents, and what Windows' flags can combine to. */
const THE_AGENT_LEAVES = [
  ['shutdown'],
  ['logoff'],
  ['critical'],
  ['critical', 'logoff'],
  ['close-app', 'logoff'],
  ['close-app', 'critical', 'logoff'],
  ['close-app', 'shutdown'],
  ['a reason of a Windows to come'],
  [],
] as const;
const THE_APP_COMES_BACK = [['close-app'], ['close-app', 'critical']] as const;

/** The longest that a message may be handled for: Windows ends an app that takes 5 s. */
const MOST_MS = 3_500;
const CALLED_OFF_AFTER_MS = 60_000;

const TWO_AGENTS: readonly Session[] = [agentSession('Ann'), agentSession('Ben')];

/**
 * Windows and Electron around the app's own leaving and coordinator. Of Electron, what an end of the session meets:
 * - `WM_QUERYENDSESSION` and, where wParam is true, `WM_ENDSESSION` become the window's two events
 *   (`NativeWindowViews::PreHandleMSG`, native_window_views_win.cc).
 * - `Browser::Quit` (browser.cc) returns at once while `is_quitting_`, which `HandleBeforeQuit` makes true unless
 *   `before-quit` was prevented.
 * - From 45 on (electron#52604), once `session-end` has been heard, the process is over on the spot unless
 *   `is_quitting_`.
 */
function windowsApp({ sessions = TWO_AGENTS, durable = true, isAnnounced = false } = {}) {
  const disk = createVaultDisk();
  let thread: BlockingThread | null = null;
  const world = createSignOffWorld({
    file: durable ? disk.open() : null,
    login: 'S-1-5-5-0-1',
    thread: (clock) => (thread = createBlockingThread(clock)),
  });
  if (thread === null) throw new Error('There is no thread.');
  const ids = world.hold(...sessions).map(({ id }) => id);
  const { clock } = world;
  const leaving = createLeaving(world);
  const window = new EventEmitter();
  let prevented = false;
  let isOver = false;
  listenForSessionEnd(window, { ...leaving, isRestartAnnounced: () => isAnnounced });
  const calledOff: string[][] = [];
  leaving.onCalledOff((ended) => calledOff.push(ended.map(({ id }) => id)));
  /** Resolves nothing: it returns how long the message was handled for. */
  const send = (message: string, reasons: readonly string[]): number => {
    if (isOver) throw new Error('The process is over.');
    const from = clock.monotonic();
    window.emit(message, { reasons, preventDefault: () => (prevented = true) });
    return clock.monotonic() - from;
  };
  return {
    ...world,
    ids,
    disk,
    leaving,
    thread: thread as BlockingThread,
    calledOff,
    wasPrevented: () => prevented,
    ask: (...reasons: string[]) => send('query-session-end', reasons),
    /** The process is over when this returns. */
    tell(...reasons: string[]): number {
      const took = send('session-end', reasons);
      isOver = true;
      return took;
    },
  };
}

const forced = (ids: readonly string[]) => ids.map((heldId) => ({ heldId, forced: true }));

describe.each(THE_AGENT_LEAVES.map((reasons) => ({ reasons })))(
  'a Windows that ends the session ($reasons)',
  ({ reasons }) => {
    test('has all ended by force, and on the disk, before its question is answered', () => {
      const { ids, disk, thread, ask, wasPrevented } = windowsApp();
      ask(...reasons);
      expect(thread.sent).toEqual(forced(ids));
      expect(disk.open().held).toEqual([]);
      expect(wasPrevented()).toBe(false);
    });

    test('that does not ask has the same before it has been told', () => {
      const { ids, disk, thread, tell } = windowsApp();
      tell(...reasons);
      expect(thread.sent).toEqual(forced(ids));
      expect(disk.open().held).toEqual([]);
    });

    test('that asked sees nothing done but going when it tells', () => {
      const { ids, leaving, thread, ask, tell } = windowsApp();
      ask(...reasons);
      expect(leaving.mayGo()).toBe(false);
      expect(tell(...reasons)).toBe(0);
      expect([leaving.mayGo(), leaving.endsLogin()]).toEqual([true, true]);
      expect(thread.sent).toEqual(forced(ids));
    });
  },
);

describe('the question of a Windows that shuts down', () => {
  test('is answered as soon as every server has', () => {
    const { thread, ask, written, vault } = windowsApp({
      sessions: [agentSession('Ann'), engagement('Carl')],
    });
    thread.answerWith(({ kind }) => ['ended', kind === 'agent' ? 300 : 900]);
    expect(ask('shutdown')).toBe(900);
    expect(vault.held()).toEqual([]);
    expect(written.length).toBeLessThanOrEqual(2);
  });

  test('waits for no engagement before it sends the logoffs', () => {
    const { thread, ask } = windowsApp({ sessions: [engagement('Carl'), agentSession('Ann')] });
    thread.answerWith(({ kind }) => (kind === 'agent' ? ['ended', 10] : 'never'));
    ask('shutdown');
    expect(thread.sent).toHaveLength(2);
  });

  test('is answered in time where no server answers, and what is not over stays on the disk', () => {
    const { ids, disk, thread, ask } = windowsApp();
    thread.answerWith(() => 'never');
    expect(ask('shutdown')).toBeLessThanOrEqual(MOST_MS);
    expect(disk.open()).toMatchObject({ held: ids.map((id) => ({ id })), resumeUntil: null });
  });

  test('is answered in time where the disk is full', () => {
    const { disk, ids, vault, ask, vaultFaults } = windowsApp();
    disk.fail(DISK_FULL);
    expect(ask('shutdown')).toBeLessThanOrEqual(MOST_MS);
    expect([vault.held(), vaultFaults]).toEqual([[], [DISK_FULL]]);
    expect(disk.open().held.map(({ id }) => id)).toEqual(ids);
  });

  test('is answered at once where nothing is held', () => {
    expect(windowsApp({ sessions: [] }).ask('shutdown')).toBe(0);
  });

  test('that is asked twice has each logoff sent once', async () => {
    const { thread, clock, ids, ask } = windowsApp();
    ask('logoff');
    await clock.advance(2_000);
    ask('logoff');
    expect(thread.sent).toEqual(forced(ids));
  });

  test('while the agent quits ends what is not over yet', async () => {
    const { leaving, thread, ask, disk } = windowsApp();
    void leaving.leave({ cause: 'quit', mayAsk: true });
    expect(ask('shutdown')).toBe(20);
    expect([thread.sent.length, disk.open().held]).toEqual([2, []]);
  });
});

describe('a session that a sign-in has created since the question was answered', () => {
  test('is ended before the app is told to go', () => {
    const { ids, hold, thread, ask, tell, disk } = windowsApp();
    ask('shutdown');
    const [late] = hold(agentSession('Dora'));
    expect(tell('shutdown')).toBe(20);
    expect(thread.sent).toEqual(forced([...ids, late?.id ?? '']));
    expect(disk.open().held).toEqual([]);
  });

  test('is waited for where the end comes unasked and nothing is held yet', () => {
    const world = createSignOffWorld({ file: createVaultDisk().open(), login: 'S-1-5-5-0-1' });
    let breaths = 0;
    const leaving = createLeaving({ ...world, lastBreath: () => void (breaths += 1) });
    leaving.goAtOnce({ comesBack: false });
    expect([breaths, leaving.mayGo()]).toEqual([1, true]);
  });

  test('is not what could not be ended then: nothing is waited for again', () => {
    const { thread, ask, tell } = windowsApp();
    thread.answerWith(() => 'never');
    ask('shutdown');
    expect([tell('shutdown'), thread.sent.length]).toEqual([0, 2]);
  });
});

describe('a shutdown that is called off', () => {
  test('sees the app stay, and is told after a minute, with what was ended', async () => {
    const { ids, leaving, clock, calledOff, ask } = windowsApp();
    ask('shutdown');
    expect(leaving.isUnderWay()).toBe(true);
    await clock.advance(CALLED_OFF_AFTER_MS - 1);
    expect(calledOff).toEqual([]);
    await clock.advance(1);
    expect(calledOff).toEqual([ids]);
    expect([leaving.state(), leaving.isUnderWay(), leaving.mayGo()]).toEqual([null, false, false]);
  });

  test('names what was ended, and not what is still held', async () => {
    const { ids, clock, thread, calledOff, ask } = windowsApp();
    thread.answerWith(({ id }) => (id === ids[0] ? ['ended', 10] : 'never'));
    ask('shutdown');
    await clock.advance(CALLED_OFF_AFTER_MS);
    expect(calledOff).toEqual([[ids[0]]]);
  });

  test('is nothing to tell of where nothing was ended', async () => {
    const { leaving, clock, calledOff, ask } = windowsApp({ sessions: [] });
    ask('shutdown');
    await clock.advance(CALLED_OFF_AFTER_MS);
    expect([leaving.state(), calledOff]).toEqual([null, []]);
  });

  test('that ends all the same later ends what is held by then', async () => {
    const { thread, clock, hold, ask, tell } = windowsApp();
    ask('shutdown');
    await clock.advance(CALLED_OFF_AFTER_MS);
    const [later] = hold(agentSession('Dora'));
    ask('shutdown');
    tell('shutdown');
    expect(thread.sent.at(-1)).toEqual({ heldId: later?.id, forced: true });
  });

  test('lets an agent quit who does not wait for the minute', async () => {
    const { leaving, clock, calledOff, ask } = windowsApp();
    ask('shutdown');
    void leaving.leave({ cause: 'quit', mayAsk: true });
    await clock.settle();
    expect(leaving.mayGo()).toBe(true);
    await clock.advance(CALLED_OFF_AFTER_MS);
    expect(calledOff).toEqual([]);
  });
});

describe.each(THE_APP_COMES_BACK.map((reasons) => ({ reasons })))(
  'a Restart Manager of an installer of ours ($reasons)',
  ({ reasons }) => {
    const app = (options = {}) => windowsApp({ isAnnounced: true, ...options });

    test('has nothing sent, and finds the mark on the disk by the answer to its question', () => {
      const { clock, disk, ids, thread, ask } = app();
      ask(...reasons);
      expect(thread.sent).toEqual([]);
      expect(disk.open()).toMatchObject({
        held: ids.map((id) => ({ id })),
        resumeUntil: clock.now() + RESUME_WITHIN_MS,
      });
    });

    test('sees the app go when it says so, and not before', () => {
      const { leaving, ask, tell } = app();
      ask(...reasons);
      expect(leaving.mayGo()).toBe(false);
      tell(...reasons);
      expect(leaving.mayGo()).toBe(true);
    });

    test('that does not ask finds the mark by then', () => {
      const { disk, clock, tell } = app();
      tell(...reasons);
      expect(disk.open().resumeUntil).toBe(clock.now() + RESUME_WITHIN_MS);
    });

    test('and is turned down by another app sees this one stay, without the mark', async () => {
      const { ask, clock, disk, thread, vault, leaving, calledOff } = app();
      ask(...reasons);
      await clock.advance(CALLED_OFF_AFTER_MS);
      vault.flush();
      expect([disk.open().resumeUntil, thread.sent, leaving.mayGo(), calledOff]).toEqual([
        null,
        [],
        false,
        [],
      ]);
    });

    test('has the logoffs sent where nothing of them can be kept', () => {
      const { ids, ask, thread } = app({ durable: false });
      ask(...reasons);
      expect(thread.sent).toEqual(forced(ids));
    });

    test('has the logoffs sent where the disk does not take the mark', () => {
      const { disk, ids, ask, thread } = app();
      disk.fail(DISK_FULL);
      ask(...reasons);
      expect(thread.sent).toEqual(forced(ids));
    });

    test('that nobody announced is a leaving, not a coming back', () => {
      const { disk, ids, thread, ask, tell } = windowsApp();
      ask(...reasons);
      tell(...reasons);
      expect(thread.sent).toEqual(forced(ids));
      expect(disk.open()).toMatchObject({ held: [], resumeUntil: null });
    });
  },
);
