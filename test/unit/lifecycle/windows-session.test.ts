import { EventEmitter } from 'node:events';
import { setImmediate as nextMessage } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { createLeaving } from '../../../main/lifecycle/leaving.ts';
import { RESUME_WITHIN_MS } from '../../../main/lifecycle/leftover.ts';
import { listenForSessionEnd } from '../../../main/lifecycle/windows-session.ts';
import type { Session } from '../../../main/sessions/session.ts';
import { BUDGET_MS } from '../../support/budgets.ts';
import { answer } from '../../support/scripted-server.ts';
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

/** Windows' window, which notes what is done at each of its messages. */
function createWindow() {
  const window = new EventEmitter();
  const done: string[] = [];
  listenForSessionEnd(window, {
    leave: () => done.push('leave'),
    prepareForRestart: () => done.push('prepare to come back'),
    exitForRestart: () => done.push('go to come back'),
    quit: () => done.push('quit'),
  });
  const say = (message: string, reasons: readonly string[]): string[] => {
    const before = done.length;
    window.emit(message, { reasons, preventDefault: () => done.push('prevent') });
    return done.slice(before);
  };
  return { say };
}

describe('what is done before the message is answered', () => {
  test.each(THE_AGENT_LEAVES.map((reasons) => ({ reasons })))(
    'asked whether the session may end ($reasons): leave, and nothing prevented',
    ({ reasons }) => {
      expect(createWindow().say('query-session-end', reasons)).toEqual(['leave']);
    },
  );

  test.each(THE_APP_COMES_BACK.map((reasons) => ({ reasons })))(
    'asked to make way for a moment ($reasons): prepare to, and nothing prevented',
    ({ reasons }) => {
      expect(createWindow().say('query-session-end', reasons)).toEqual(['prepare to come back']);
    },
  );

  test.each([...THE_AGENT_LEAVES, ...THE_APP_COMES_BACK].map((reasons) => ({ reasons })))(
    'told that the session ends ($reasons): quit',
    ({ reasons }) => {
      const { say } = createWindow();
      say('query-session-end', reasons);
      expect(say('session-end', reasons)).toContain('quit');
    },
  );

  test('told without having been asked: leave first, then quit', () => {
    expect(createWindow().say('session-end', ['critical'])).toEqual(['leave', 'quit']);
  });

  test('told without having been asked to make way: come back, and quit', () => {
    expect(createWindow().say('session-end', ['close-app'])).toEqual(['go to come back', 'quit']);
  });
});

const TWO_AGENTS: readonly Session[] = [agentSession('Ann'), agentSession('Ben')];

/** The app on Windows: the real leaving and coordinator behind Windows' window. */
function windowsApp({ sessions = TWO_AGENTS, durable = true } = {}) {
  const disk = createVaultDisk();
  const world = createSignOffWorld({ file: durable ? disk.open() : null, login: 'S-1-5-5-0-1' });
  world.hold(...sessions);
  const { clock } = world;
  const wentAt: number[] = [];
  const leaving = createLeaving(world);
  leaving.onMayGo(() => wentAt.push(clock.monotonic()));
  const phases: string[] = [];
  leaving.onChange(() => phases.push(`${leaving.state()?.phase} for ${leaving.state()?.cause}`));
  const window = new EventEmitter();
  listenForSessionEnd(window, {
    leave: () => void leaving.leave({ cause: 'shutdown', mayAsk: false }),
    prepareForRestart: () => leaving.prepareForRestart(),
    exitForRestart: () => leaving.exitForRestart(),
    // What becomes of `app.quit()`: Electron asks first, and takes it for an agent who quits.
    quit: () => {
      if (!leaving.mayGo()) void leaving.leave({ cause: 'quit', mayAsk: true });
    },
  });
  return {
    ...world,
    disk,
    leaving,
    wentAt,
    phases,
    ask: (...reasons: string[]) => window.emit('query-session-end', { reasons }),
    tell: (...reasons: string[]) => window.emit('session-end', { reasons }),
  };
}

describe('a Windows that shuts down or logs off', () => {
  test('has every logoff sent, by force, before its next message', async () => {
    const { ask, server, vault } = windowsApp();
    ask('shutdown');
    await nextMessage();
    expect(server.sent.map(({ heldId, forced }) => [heldId, forced])).toEqual(
      vault.held().map(({ id }) => [id, true]),
    );
  });

  test('has every engagement concluded before its next message', async () => {
    const { ask, server } = windowsApp({ sessions: [engagement('Carl'), engagement('Dora')] });
    ask('logoff');
    await nextMessage();
    expect(server.sent).toHaveLength(2);
  });

  test('has logoffs wait for no engagement', async () => {
    const { ask, server } = windowsApp({ sessions: [agentSession('Ann'), engagement('Carl')] });
    ask('shutdown');
    await nextMessage();
    expect(server.sent).toHaveLength(2);
  });

  test('finds all that is not over yet on the disk', async () => {
    const { ask, disk, vault } = windowsApp();
    ask('shutdown');
    await nextMessage();
    expect(disk.open()).toMatchObject({ held: vault.held(), resumeUntil: null });
  });

  test('that waits for it sees the app go as soon as the server has answered', async () => {
    const { ask, clock, disk, server, wentAt } = windowsApp();
    server.answerWith(() => answer('ended', 300));
    ask('logoff');
    await clock.advance(BUDGET_MS.shutdown);
    expect({ wentAt, onDisk: disk.open().held }).toEqual({ wentAt: [300], onDisk: [] });
  });

  test('that never says the session’s end sees the app go at its budget', async () => {
    const { ask, clock, server, wentAt } = windowsApp();
    server.answerWith(() => 'never');
    ask('shutdown');
    await clock.advance(10 * BUDGET_MS.shutdown);
    expect(wentAt).toEqual([BUDGET_MS.shutdown]);
  });

  test.each([0, 1, 1_000])('that ends %d ms after its question is asked nothing', async (ms) => {
    const { ask, tell, clock, server, phases } = windowsApp();
    server.answerWith(() => 'never');
    ask('shutdown');
    await clock.advance(ms);
    tell('shutdown');
    await clock.advance(10 * BUDGET_MS.shutdown);
    expect(phases).toEqual(['ending for shutdown']);
  });

  test.each([0, 1, 1_000])('that ends %d ms after its question is told once', async (ms) => {
    const { ask, tell, clock, server } = windowsApp();
    server.answerWith(() => 'never');
    ask('shutdown');
    await clock.advance(ms);
    tell('shutdown');
    await clock.advance(10 * BUDGET_MS.shutdown);
    expect(server.sent).toHaveLength(2);
  });

  test('that ends in the moment of its question still has every logoff sent', async () => {
    const { ask, tell, server } = windowsApp();
    ask('critical');
    tell('critical');
    await nextMessage();
    expect(server.sent).toHaveLength(2);
  });

  test('that forces its end without a question is a shutdown, at which nobody is asked', async () => {
    const { tell, clock, server, phases } = windowsApp();
    server.answerWith(() => answer('refused'));
    tell('critical');
    await clock.advance(BUDGET_MS.shutdown);
    expect(phases).toEqual(['ending for shutdown']);
  });

  test('that asks twice has each logoff sent once', async () => {
    const { ask, clock, server } = windowsApp();
    server.answerWith(() => 'never');
    ask('logoff');
    await clock.advance(2_000);
    ask('logoff');
    await clock.advance(10 * BUDGET_MS.shutdown);
    expect(server.sent).toHaveLength(2);
  });

  test('with nothing held sees the app go at once', async () => {
    const { ask, clock, wentAt } = windowsApp({ sessions: [] });
    ask('shutdown');
    await clock.settle();
    expect(wentAt).toEqual([0]);
  });
});

describe('a Restart Manager that closes the app', () => {
  test('has nothing sent', async () => {
    const { ask, tell, clock, server } = windowsApp();
    ask('close-app');
    tell('close-app');
    await clock.advance(10 * BUDGET_MS.shutdown);
    expect(server.sent).toEqual([]);
  });

  test('finds the mark and what is held on the disk by the answer to its question', () => {
    const { ask, clock, disk, vault } = windowsApp();
    ask('close-app');
    expect(disk.open()).toMatchObject({
      held: vault.held(),
      resumeUntil: clock.now() + RESUME_WITHIN_MS,
    });
  });

  test('sees the app go when it says so, and not before', () => {
    const { ask, tell, wentAt } = windowsApp();
    ask('close-app');
    expect(wentAt).toEqual([]);
    tell('close-app');
    expect(wentAt).toEqual([0]);
  });

  test('and is turned down by another app sees this one stay, without the mark', async () => {
    const { ask, clock, disk, server, vault, wentAt } = windowsApp();
    ask('close-app');
    await clock.advance(30_000);
    vault.flush();
    expect({ wentAt, sent: server.sent, mark: disk.open().resumeUntil }).toEqual({
      wentAt: [],
      sent: [],
      mark: null,
    });
  });

  test('finds no mark once the agent has quit in the meantime', async () => {
    const { ask, clock, disk, leaving, server } = windowsApp();
    server.answerWith(() => 'never');
    ask('close-app');
    void leaving.leave({ cause: 'signal', mayAsk: false });
    await clock.advance(BUDGET_MS.signal);
    expect(disk.open().resumeUntil).toBeNull();
  });

  test('sees it go once, however often it asks', () => {
    const { ask, tell, wentAt } = windowsApp();
    ask('close-app');
    ask('close-app');
    tell('close-app');
    expect(wentAt).toEqual([0]);
  });

  test('shows the agent no leaving', () => {
    const { ask, tell, phases } = windowsApp();
    ask('close-app');
    tell('close-app');
    expect(phases).toEqual([]);
  });

  test('that logs the agent off has the logoffs sent', async () => {
    const { ask, server } = windowsApp();
    ask('close-app', 'logoff');
    await nextMessage();
    expect(server.sent).toHaveLength(2);
  });

  test('has the logoffs sent where nothing of them can be kept', async () => {
    const { ask, server } = windowsApp({ durable: false });
    ask('close-app');
    await nextMessage();
    expect(server.sent).toHaveLength(2);
  });

  test('has the logoffs sent where the disk does not take the mark', async () => {
    const { ask, disk, server } = windowsApp();
    disk.fail(DISK_FULL);
    ask('close-app');
    await nextMessage();
    expect(server.sent).toHaveLength(2);
  });
});
