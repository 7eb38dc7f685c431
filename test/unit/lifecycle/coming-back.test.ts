import { describe, expect, test } from 'vitest';
import { createLeaving } from '../../../main/lifecycle/leaving.ts';
import { type LeftoverPlan, planLeftovers } from '../../../main/lifecycle/leftover.ts';
import { BUDGET_MS } from '../../support/budgets.ts';
import { answer } from '../../support/scripted-server.ts';
import { agentSession, engagement } from '../../support/sessions.ts';
import { createSignOffWorld } from '../../support/sign-off-world.ts';
import { createVaultDisk, DISK_FULL } from '../../support/vault-disk.ts';

const MINUTE = 60_000;
const LOGIN = 'this login';

/** An app that holds two sessions, with what its next start will find and do. */
function runningApp({ durable = true } = {}) {
  const disk = createVaultDisk();
  const world = createSignOffWorld({ file: durable ? disk.open() : null, login: LOGIN });
  const ids = world.hold(agentSession(), engagement()).map(({ id }) => id);
  const { clock } = world;
  const wentAt: number[] = [];
  const leaving = createLeaving(world);
  leaving.onMayGo(() => wentAt.push(clock.monotonic()));
  const nextStart = (login = LOGIN): LeftoverPlan => {
    const { held, resumeUntil } = disk.open();
    return planLeftovers(held, { login, resumeUntil, now: clock.now(), leftover: 'ask' });
  };
  return { ...world, ids, disk, leaving, wentAt, nextStart };
}

describe('an app that went away to come back goes on holding', () => {
  test.each([
    { when: 'at once', ms: 0 },
    { when: 'after nine minutes', ms: 9 * MINUTE },
    { when: 'at the end of the tenth minute', ms: 10 * MINUTE },
  ])('$when', async ({ ms }) => {
    const { clock, ids, leaving, nextStart } = runningApp();
    leaving.exitForRestart();
    await clock.advance(ms);
    expect(nextStart()).toEqual({ signOff: [], ask: [], keep: ids });
  });

  test('in that login only', async () => {
    const { clock, ids, leaving, nextStart } = runningApp();
    leaving.exitForRestart();
    await clock.advance(MINUTE);
    expect(nextStart('the login after it')).toEqual({ signOff: ids, ask: [], keep: [] });
  });
});

describe('an app that comes back too late', () => {
  test('asks, in the same login', async () => {
    const { clock, ids, leaving, nextStart } = runningApp();
    leaving.exitForRestart();
    await clock.advance(10 * MINUTE + 1);
    expect(nextStart()).toEqual({ signOff: [], ask: ids, keep: [] });
  });

  test('signs off at once, in another login', async () => {
    const { clock, ids, leaving, nextStart } = runningApp();
    leaving.exitForRestart();
    await clock.advance(10 * MINUTE + 1);
    expect(nextStart('another login')).toEqual({ signOff: ids, ask: [], keep: [] });
  });

  test.each([
    { by: 'a millisecond', ms: 1 },
    { by: 'a year', ms: 365 * 24 * 60 * MINUTE },
  ])('is not taken for timely by a clock that was set back by $by', ({ ms }) => {
    const { clock, ids, leaving, nextStart } = runningApp();
    leaving.exitForRestart();
    clock.setWallClock(-ms);
    expect(nextStart()).toEqual({ signOff: [], ask: ids, keep: [] });
  });

  test('is taken for late by a clock that was set forward', () => {
    const { clock, ids, leaving, nextStart } = runningApp();
    leaving.exitForRestart();
    clock.setWallClock(10 * MINUTE + 1);
    expect(nextStart()).toEqual({ signOff: [], ask: ids, keep: [] });
  });
});

test('the mark counts for one start only', async () => {
  const { clock, disk, ids, leaving, nextStart } = runningApp();
  leaving.exitForRestart();
  const second = createSignOffWorld({ file: disk.open(), login: LOGIN });
  second.vault.keep(nextStart().keep);
  second.vault.flush();
  await clock.advance(MINUTE);
  expect(nextStart()).toEqual({ signOff: [], ask: ids, keep: [] });
});

describe('an app that cannot come back to what it holds', () => {
  test.each([
    { why: 'holds in memory only', durable: false, fault: null },
    { why: 'has a full disk', durable: true, fault: DISK_FULL },
  ])('signs it off before it goes, because it $why', async ({ durable, fault }) => {
    const { clock, disk, leaving, vault, written } = runningApp({ durable });
    disk.fail(fault);
    leaving.exitForRestart();
    await clock.advance(BUDGET_MS.shutdown);
    expect({ held: vault.held(), written }).toMatchObject({
      held: [],
      written: [
        { kind: 'engagement', cause: 'shutdown' },
        { kind: 'agent', cause: 'shutdown', forced: true },
      ],
    });
  });

  test('goes within its budget, even where no server answers', async () => {
    const { clock, leaving, server, wentAt } = runningApp({ durable: false });
    server.answerWith(() => 'never');
    leaving.exitForRestart();
    await clock.advance(10 * MINUTE);
    expect(wentAt).toEqual([BUDGET_MS.shutdown]);
  });

  test('reports the disk that failed', () => {
    const { disk, leaving, vaultFaults } = runningApp();
    disk.fail(DISK_FULL);
    leaving.exitForRestart();
    expect(vaultFaults).toEqual([DISK_FULL]);
  });
});

test('an app that is to come back while somebody signs in leaves no mark', async () => {
  const { disk, ...parts } = runningApp();
  const leaving = createLeaving({ ...parts, mayRestart: () => false });
  leaving.exitForRestart();
  expect(disk.open().resumeUntil).toBeNull();
  await parts.clock.advance(BUDGET_MS.shutdown);
  expect(parts.vault.held()).toEqual([]);
});

describe('an app that is to come back while its agent quits', () => {
  test('leaves no mark: the agent is gone', async () => {
    const { clock, disk, leaving, server } = runningApp();
    server.answerWith(() => 'never');
    void leaving.leave({ cause: 'quit', mayAsk: true });
    await clock.advance(1_000);
    leaving.exitForRestart();
    expect(disk.open().resumeUntil).toBeNull();
  });

  test('ends what is held first', async () => {
    const { clock, leaving, server, wentAt } = runningApp();
    server.answerWith(() => answer('ended', 2_000));
    void leaving.leave({ cause: 'signal', mayAsk: false });
    await clock.advance(1_000);
    leaving.exitForRestart();
    await clock.advance(0);
    expect(wentAt).toEqual([]);
  });

  test('waits no longer for an answer to its question', async () => {
    const { clock, leaving, server, wentAt } = runningApp();
    server.answerWith(() => 'never');
    void leaving.leave({ cause: 'quit', mayAsk: true });
    await clock.advance(BUDGET_MS.quit + 1_000);
    leaving.exitForRestart();
    await clock.advance(10 * MINUTE);
    expect(wentAt).toEqual([BUDGET_MS.quit + 1_000 + BUDGET_MS.shutdown]);
  });

  test('leaves no mark once the agent has chosen to quit all the same', async () => {
    const { clock, disk, leaving, server } = runningApp();
    server.answerWith(() => 'never');
    void leaving.leave({ cause: 'quit', mayAsk: true });
    await clock.advance(BUDGET_MS.quit);
    leaving.answer('quit');
    leaving.exitForRestart();
    expect(disk.open().resumeUntil).toBeNull();
  });
});

test('a signal to an app that is about to come back has nothing sent', async () => {
  const { clock, leaving, server } = runningApp();
  leaving.exitForRestart();
  await clock.until(leaving.leave({ cause: 'signal', mayAsk: false }), 0);
  await clock.advance(MINUTE);
  expect(server.sent).toEqual([]);
});
