import { describe, expect, test } from 'vitest';
import {
  type Availability,
  createAway,
  type SessionSign,
  type SleepInhibitor,
} from '../../../main/lifecycle/away.ts';
import { type Settings, settingsSchema } from '../../../main/settings/schema.ts';
import { BUDGET_MS } from '../../support/budgets.ts';
import type { AwayCause } from '../../../main/signoff/causes.ts';
import { createRetries } from '../../../main/signoff/retries.ts';
import { createAttendance } from '../../../main/presence/attendance.ts';
import type { Outcome } from '../../../main/results/receipt.ts';
import { answer } from '../../support/scripted-server.ts';
import { agentSession, engagement } from '../../support/sessions.ts';
import { createSignOffWorld } from '../../support/sign-off-world.ts';

const MINUTE = 60_000;
/** How often it is looked whether the agent is idle. */
const LOOK_MS = 15_000;

/** Takes note of what is done to it; `held` is what would keep the machine awake. */
function createInhibitor(): SleepInhibitor & { held: boolean; readonly done: string[] } {
  return {
    held: false,
    done: [],
    take() {
      this.held = true;
      this.done.push('take');
    },
    release() {
      this.held = false;
      this.done.push('release');
    },
  };
}

/** Takes note of what is asked of it; `ends` is when a call does. */
function createAvailability(): Availability & { ends: Promise<void>; readonly asked: string[] } {
  return {
    ends: Promise.resolve(),
    asked: [],
    setUnavailable() {
      this.asked.push('unavailable');
      return this.ends;
    },
    restore() {
      this.asked.push('back');
      return this.ends;
    },
  };
}

/** Tells what the test has it tell, while it is watched. */
function createWatch() {
  const listeners: ((sign: SessionSign) => void)[] = [];
  const watch = {
    on: false,
    start: () => void (watch.on = true),
    stop: () => void (watch.on = false),
    onSign: (listener: (sign: SessionSign) => void) => void listeners.push(listener),
    tell(sign: SessionSign) {
      for (const listener of listeners) listener(sign);
    },
  };
  return watch;
}

/** An app that holds two sessions at an agent's machine. */
function atWork(settings: Partial<Settings> = {}) {
  const world = createSignOffWorld();
  const { clock, vault, coordinator, server } = world;
  world.hold(agentSession(), engagement());
  const inhibitor = createInhibitor();
  const availability = createAvailability();
  const watch = createWatch();
  let touchedAt = clock.monotonic();
  let looks = 0;
  let current = { ...settingsSchema.parse({}), ...settings };
  const retries = createRetries({ coordinator, vault, clock, isOnline: () => true });
  const attendance = createAttendance({ vault, isRetried: retries.isRetrying });
  const away = createAway({
    settings: () => current,
    vault,
    retries,
    attendance,
    availability,
    clock,
    idleSeconds: () => {
      looks += 1;
      return Math.floor((clock.monotonic() - touchedAt) / 1_000);
    },
    sleepInhibitor: inhibitor,
    sessionWatch: watch,
  });
  return {
    ...world,
    away,
    inhibitor,
    availability,
    watch,
    /** The agent changes settings in the window. */
    change: (changes: Partial<Settings>) => {
      current = { ...current, ...changes };
      away.changed();
    },
    /** The agent moves the mouse. */
    touch: () => {
      touchedAt = clock.monotonic();
    },
    looks: () => looks,
    /** Of each session, whether somebody is at work in it. */
    atWork: () => vault.held().map(({ id }) => attendance.isAtWork(id)),
    /** When requests went out. */
    sentAt: () => server.sent.map(({ at }) => at),
  };
}

const SUSPEND = { onSuspend: 'sign-off' } as const;
const LOCK = { onLock: 'sign-off' } as const;
const IDLE = { onIdle: 'sign-off', idleMinutes: 5 } as const;
const UNAVAILABLE = {
  suspend: { onSuspend: 'unavailable' },
  lock: { onLock: 'unavailable' },
  disconnect: { onDisconnect: 'unavailable' },
  idle: { onIdle: 'unavailable', idleMinutes: 5 },
} as const satisfies Record<AwayCause, Partial<Settings>>;
const ALL_UNAVAILABLE = { ...UNAVAILABLE.suspend, ...UNAVAILABLE.lock, ...UNAVAILABLE.idle };

describe('with nothing chosen', () => {
  test('sleep, a lock and idleness end nothing', async () => {
    const { away, clock, server } = atWork();
    await away.suspending();
    away.resumed();
    away.locked();
    await clock.advance(600 * MINUTE);
    expect(server.sent).toEqual([]);
  });

  test('sleep, a lock and idleness make nobody unavailable', async () => {
    const { away, availability, clock } = atWork();
    await away.suspending();
    away.resumed();
    away.locked();
    away.unlocked();
    await clock.advance(600 * MINUTE);
    expect(availability.asked).toEqual([]);
  });

  test('sleep is not held back', async () => {
    const { away, inhibitor } = atWork();
    await away.suspending();
    away.resumed();
    expect(inhibitor.done).toEqual([]);
  });

  test('nothing runs', () => {
    expect(atWork().clock.waiting()).toBe(0);
  });
});

describe('each choice is its own', () => {
  const causes = ['suspend', 'lock', 'idle'] as const;
  test.each([
    { settings: SUSPEND, on: 'suspend' },
    { settings: LOCK, on: 'lock' },
    { settings: IDLE, on: 'idle' },
  ] as const)('with $on alone, nothing else ends anything', async ({ settings, on }) => {
    const caused: Record<AwayCause, number> = { suspend: 0, lock: 0, disconnect: 0, idle: 0 };
    for (const cause of causes) {
      const { away, clock, server } = atWork(settings);
      if (cause === 'suspend') void away.suspending();
      if (cause === 'lock') away.locked();
      await clock.advance(cause === 'idle' ? 6 * MINUTE : 1_000);
      caused[cause] = server.sent.length;
    }
    expect(caused).toEqual({ suspend: 0, lock: 0, disconnect: 0, idle: 0, [on]: 2 });
  });

  test.each(causes)('with $0 alone, nothing else makes unavailable', async (on) => {
    const asked: string[] = [];
    for (const cause of causes) {
      const { away, availability, clock } = atWork(UNAVAILABLE[on]);
      if (cause === 'suspend') void away.suspending();
      if (cause === 'lock') away.locked();
      await clock.advance(cause === 'idle' ? 6 * MINUTE : 1_000);
      asked.push(...availability.asked);
    }
    expect(asked).toEqual(['unavailable']);
  });

  test('what is to be set unavailable is not signed off', async () => {
    const { away, clock, server } = atWork(ALL_UNAVAILABLE);
    void away.suspending();
    away.resumed();
    away.locked();
    await clock.advance(600 * MINUTE);
    expect(server.sent).toEqual([]);
  });

  test('what is to be signed off is not set unavailable', async () => {
    const { away, availability, clock } = atWork({ ...SUSPEND, ...LOCK, ...IDLE });
    void away.suspending();
    away.resumed();
    away.locked();
    away.unlocked();
    await clock.advance(600 * MINUTE);
    expect(availability.asked).toEqual([]);
  });
});

describe('a session that is disconnected', () => {
  test('ends what is held as a lock does, with its own cause', async () => {
    const { away, clock, written } = atWork(LOCK);
    away.disconnected();
    await clock.advance(1_000);
    expect(written).toMatchObject([
      { kind: 'engagement', cause: 'disconnect', outcome: 'ended' },
      { kind: 'agent', cause: 'disconnect', outcome: 'ended', forced: true },
    ]);
  });

  test('has a choice of its own', async () => {
    const { away, availability, clock, server } = atWork({ ...LOCK, onDisconnect: 'unavailable' });
    away.disconnected();
    await clock.advance(MINUTE);
    expect([availability.asked, server.sent]).toEqual([['unavailable'], []]);
    away.reconnected();
    expect(availability.asked).toEqual(['unavailable', 'back']);
  });

  test('that is nothing leaves the lock its own', async () => {
    const { away, clock, server } = atWork({ ...LOCK, onDisconnect: 'nothing' });
    away.disconnected();
    await clock.advance(MINUTE);
    expect(server.sent).toEqual([]);
    away.locked();
    await clock.advance(1_000);
    expect(server.sent).toHaveLength(2);
  });

  test('is what is found locked with no lock told of', async () => {
    const { watch, availability } = atWork(UNAVAILABLE.lock);
    watch.tell('found-locked');
    expect(availability.asked).toEqual(['unavailable']);
    watch.tell('found-unlocked');
    expect(availability.asked).toEqual(['unavailable', 'back']);
  });

  test('is not what is found locked after a lock', async () => {
    const { away, watch, clock, server } = atWork({ onDisconnect: 'sign-off' });
    away.locked();
    watch.tell('found-locked');
    await clock.advance(MINUTE);
    expect(server.sent).toEqual([]);
    away.unlocked();
    watch.tell('found-unlocked');
    watch.tell('found-locked');
    await clock.advance(1_000);
    expect(server.sent).toHaveLength(2);
  });

  test('brings back whose unlocking nobody told of', () => {
    const { away, watch, availability } = atWork(UNAVAILABLE.lock);
    away.locked();
    watch.tell('found-locked');
    watch.tell('found-unlocked');
    expect(availability.asked).toEqual(['unavailable', 'back']);
  });
});

describe('the login session', () => {
  test.each([
    { sign: 'locked', back: 'unlocked' },
    { sign: 'disconnected', back: 'reconnected' },
  ] as const)('that is told to be $sign counts until it is $back', ({ sign, back }) => {
    const { watch, availability } = atWork(UNAVAILABLE.lock);
    watch.tell(sign);
    expect(availability.asked).toEqual(['unavailable']);
    watch.tell(back);
    expect(availability.asked).toEqual(['unavailable', 'back']);
  });

  test.each([
    { settings: {}, on: false },
    { settings: LOCK, on: true },
    { settings: { onDisconnect: 'sign-off' }, on: true },
    { settings: { ...LOCK, onDisconnect: 'nothing' }, on: true },
  ] as const)('is watched while a choice is made ($settings)', ({ settings, on }) => {
    expect(atWork(settings).watch.on).toBe(on);
  });

  test('is watched from the moment on at which a choice is made, and no longer than it stands', () => {
    const { change, watch } = atWork();
    change(LOCK);
    expect(watch.on).toBe(true);
    change({ onLock: 'nothing' });
    expect(watch.on).toBe(false);
  });

  test('is watched as long as something is held', async () => {
    const { away, clock, watch, hold } = atWork(LOCK);
    away.locked();
    await clock.advance(1_000);
    expect(watch.on).toBe(false);
    hold(agentSession());
    expect(watch.on).toBe(true);
  });

  test('is watched until the agent is back, whatever the settings are by then', () => {
    const { change, watch, availability } = atWork(UNAVAILABLE.lock);
    watch.tell('locked');
    change({ onLock: 'nothing' });
    expect([watch.on, availability.asked]).toEqual([true, ['unavailable']]);
    watch.tell('unlocked');
    expect(availability.asked).toEqual(['unavailable', 'back']);
  });
});

describe('a machine that goes to sleep', () => {
  test('has all ended by force, with sleep as the cause', async () => {
    const { away, clock, written } = atWork(SUSPEND);
    await clock.until(away.suspending(), BUDGET_MS.suspend);
    expect(written).toMatchObject([
      { kind: 'engagement', cause: 'suspend', outcome: 'ended' },
      { kind: 'agent', cause: 'suspend', outcome: 'ended', forced: true },
    ]);
  });

  test('is held back from the start on, before anybody says so', () => {
    expect(atWork(SUSPEND).inhibitor.done).toEqual(['take']);
  });

  test('is held back while it is being signed off', async () => {
    const { away, clock, inhibitor, server } = atWork(SUSPEND);
    server.answerWith(() => answer('ended', 1_000));
    void away.suspending();
    await clock.advance(999);
    expect(inhibitor.held).toBe(true);
  });

  test('may sleep as soon as all is over', async () => {
    const { away, clock, inhibitor } = atWork(SUSPEND);
    await clock.until(away.suspending(), BUDGET_MS.suspend);
    expect(inhibitor.held).toBe(false);
  });

  test('may sleep at once with nothing held', async () => {
    const { away, clock, inhibitor, vault } = atWork(SUSPEND);
    for (const { id } of vault.held()) vault.release(id);
    await clock.until(away.suspending(), 0);
    expect(inhibitor.held).toBe(false);
  });

  test.each<Outcome | 'never'>(['refused', 'not-found', 'unreachable', 'server-error', 'never'])(
    'may sleep within the budget, whatever the server answers (%s)',
    async (reply) => {
      const { away, clock, inhibitor, server } = atWork(SUSPEND);
      server.answerWith(() => (reply === 'never' ? reply : answer(reply)));
      await clock.until(away.suspending(), BUDGET_MS.suspend);
      expect(inhibitor.held).toBe(false);
    },
  );

  test('is held back anew once it is awake', async () => {
    const { away, clock, inhibitor } = atWork(SUSPEND);
    await clock.until(away.suspending(), BUDGET_MS.suspend);
    away.resumed();
    expect(inhibitor.done).toEqual(['take', 'release', 'take']);
  });

  test('is held back each time', async () => {
    const { away, clock, inhibitor } = atWork(SUSPEND);
    for (let night = 0; night < 2; night += 1) {
      await clock.until(away.suspending(), BUDGET_MS.suspend);
      away.resumed();
      await clock.advance(MINUTE);
    }
    expect(inhibitor.done).toEqual(['take', 'release', 'take', 'release', 'take']);
  });

  test('that wakes up before all is over is held back the next time as well', async () => {
    const { away, clock, inhibitor, server } = atWork(SUSPEND);
    server.answerWith(() => 'never');
    void away.suspending();
    await clock.advance(1_000);
    away.resumed();
    await clock.advance(2 * BUDGET_MS.suspend);
    expect(inhibitor.held).toBe(true);
  });

  test('that falls asleep twice before all is over sleeps when the second is done', async () => {
    const { away, clock, inhibitor, server } = atWork(SUSPEND);
    server.answerWith(() => 'never');
    void away.suspending();
    await clock.advance(1_000);
    away.resumed();
    await clock.until(away.suspending(), BUDGET_MS.suspend + 1_000);
    expect(inhibitor.held).toBe(false);
  });

  test('has what was not over ended as soon as it is awake', async () => {
    const { away, clock, server, vault } = atWork(SUSPEND);
    server.answerWith(() => 'never');
    await clock.until(away.suspending(), BUDGET_MS.suspend);
    server.answerWith(() => answer('ended'));
    away.resumed();
    await clock.advance(1_000);
    expect(vault.held()).toEqual([]);
  });

  test('keeps what the server refused for the agent to decide on', async () => {
    const { away, clock, server } = atWork(SUSPEND);
    server.answerWith(() => answer('refused'));
    await clock.until(away.suspending(), BUDGET_MS.suspend);
    away.resumed();
    await clock.advance(10 * MINUTE);
    expect(server.sent).toHaveLength(2);
  });
});

describe('an agent who was signed off for being away', () => {
  test('is so until the screen is unlocked', async () => {
    const { away, atWork: isAtWork, clock, server } = atWork(LOCK);
    server.answerWith(() => answer('refused'));
    away.locked();
    await clock.advance(MINUTE);
    expect(isAtWork()).toEqual([false, false]);
    away.unlocked();
    expect(isAtWork()).toEqual([true, true]);
  });

  test('is so until the machine wakes up and the screen is unlocked', async () => {
    const { away, atWork: isAtWork, clock, server } = atWork({ ...SUSPEND, ...LOCK });
    server.answerWith(() => answer('refused'));
    away.locked();
    await clock.until(away.suspending(), 2 * BUDGET_MS.lock);
    away.resumed();
    expect(isAtWork()).toEqual([false, false]);
    away.unlocked();
    expect(isAtWork()).toEqual([true, true]);
  });

  test('is so until they touch the machine', async () => {
    const { atWork: isAtWork, clock, server, touch } = atWork(IDLE);
    server.answerWith(() => answer('refused'));
    await clock.advance(10 * MINUTE);
    expect(isAtWork()).toEqual([false, false]);
    touch();
    await clock.advance(LOOK_MS);
    expect(isAtWork()).toEqual([true, true]);
  });

  test('has not been where the machine only slept or was locked', () => {
    const { away, atWork: isAtWork } = atWork(ALL_UNAVAILABLE);
    away.locked();
    void away.suspending();
    expect(isAtWork()).toEqual([true, true]);
    away.resumed();
    away.unlocked();
    expect(isAtWork()).toEqual([true, true]);
  });
});

describe('waking up', () => {
  test('ends nothing by itself', async () => {
    const { away, clock, server } = atWork({ ...SUSPEND, ...LOCK });
    away.resumed();
    await clock.advance(MINUTE);
    expect(server.sent).toEqual([]);
  });

  test('tries again what is owed, also with nothing chosen for sleep', async () => {
    const { away, clock, server, vault } = atWork(LOCK);
    server.answerWith(() => 'never');
    away.locked();
    await clock.advance(BUDGET_MS.lock);
    server.answerWith(() => answer('ended'));
    away.resumed();
    await clock.advance(1_000);
    expect(vault.held()).toEqual([]);
  });
});

describe('a locked screen', () => {
  test('has all ended by force, with the lock as the cause', async () => {
    const { away, clock, written } = atWork(LOCK);
    away.locked();
    await clock.advance(1_000);
    expect(written).toMatchObject([
      { kind: 'engagement', cause: 'lock', outcome: 'ended' },
      { kind: 'agent', cause: 'lock', outcome: 'ended', forced: true },
    ]);
  });

  test('has what the server could not be reached for tried again', async () => {
    const { away, clock, server, vault } = atWork(LOCK);
    server.answerWith(() => 'never');
    away.locked();
    await clock.advance(BUDGET_MS.lock + 30_000);
    server.answerWith(() => answer('ended'));
    await clock.advance(MINUTE);
    expect(vault.held()).toEqual([]);
  });
});

describe('an agent who is idle', () => {
  test('has all ended by force after the minutes that are set', async () => {
    const { clock, written } = atWork(IDLE);
    await clock.advance(5 * MINUTE + LOOK_MS);
    expect(written).toMatchObject([
      { kind: 'engagement', cause: 'idle', outcome: 'ended' },
      { kind: 'agent', cause: 'idle', outcome: 'ended', forced: true },
    ]);
  });

  test('keeps all until then', async () => {
    const { clock, server } = atWork(IDLE);
    await clock.advance(5 * MINUTE - 1);
    expect(server.sent).toEqual([]);
  });

  test('keeps all by touching the machine in time, again and again', async () => {
    const { clock, touch, server } = atWork(IDLE);
    for (let n = 0; n < 10; n += 1) {
      await clock.advance(5 * MINUTE - LOOK_MS);
      touch();
    }
    expect(server.sent).toEqual([]);
  });

  test.each<Outcome>(['refused', 'not-found'])(
    'has what is %s not sent again while they stay idle',
    async (outcome) => {
      const { clock, server, sentAt } = atWork(IDLE);
      server.answerWith(() => answer(outcome));
      await clock.advance(600 * MINUTE);
      // The logoff, once the engagement is answered.
      expect(sentAt()).toEqual([5 * MINUTE, 5 * MINUTE + 20]);
    },
  );

  test('has what the server could not be reached for tried once a minute, and no oftener', async () => {
    const { clock, vault, written, server } = atWork(IDLE);
    server.answerWith(() => 'never');
    await clock.advance(15 * MINUTE);
    const [agent] = vault.held();
    const starts = written
      .filter(({ heldId }) => heldId === agent?.id)
      .map(({ startedAt }) => Date.parse(startedAt));
    const gaps = starts.slice(1).map((at, n) => at - (starts[n] ?? 0));
    // Each has its budget first.
    expect(gaps).toEqual(Array.from({ length: 8 }, () => BUDGET_MS.idle + MINUTE));
  });

  test('has what was refused sent again the next time they are idle', async () => {
    const { clock, server, touch } = atWork(IDLE);
    server.answerWith(() => answer('refused'));
    await clock.advance(10 * MINUTE);
    touch();
    await clock.advance(10 * MINUTE);
    expect(server.sent).toHaveLength(4);
  });

  test('has what is handed in meanwhile ended as well', async () => {
    const { clock, hold, vault } = atWork(IDLE);
    await clock.advance(10 * MINUTE);
    hold(agentSession('Ben'));
    await clock.advance(2 * LOOK_MS);
    expect(vault.held()).toEqual([]);
  });

  test('does not have what was refused sent again for the sake of what is handed in', async () => {
    const { clock, hold, server, vault } = atWork(IDLE);
    const before = new Set(vault.held().map(({ id }) => id));
    server.answerWith(({ heldId }) => answer(before.has(heldId) ? 'refused' : 'ended'));
    await clock.advance(10 * MINUTE);
    hold(agentSession('Ben'));
    await clock.advance(2 * LOOK_MS);
    expect(server.sent).toHaveLength(3);
  });

  test('is looked for only while something is held', async () => {
    const { clock, looks, vault } = atWork(IDLE);
    for (const { id } of vault.held()) vault.release(id);
    await clock.advance(600 * MINUTE);
    expect(looks()).toBe(0);
  });

  test('leaves no timer behind once nothing is held', async () => {
    const { clock, vault } = atWork(IDLE);
    await clock.advance(MINUTE);
    for (const { id } of vault.held()) vault.release(id);
    expect(clock.waiting()).toBe(0);
  });

  test('leaves no timer behind once all is ended', async () => {
    const { clock } = atWork(IDLE);
    await clock.advance(6 * MINUTE);
    expect(clock.waiting()).toBe(0);
  });

  test('is looked for again with the next hand-in', async () => {
    const { clock, hold, touch, vault } = atWork(IDLE);
    await clock.advance(6 * MINUTE);
    touch();
    hold(agentSession('Ben'));
    await clock.advance(5 * MINUTE + LOOK_MS);
    expect(vault.held()).toEqual([]);
  });

  test('is looked for four times a minute, however much is handed in', async () => {
    const { clock, hold, looks } = atWork(IDLE);
    hold(agentSession('Ben'), agentSession('Cleo'), engagement('Dora'));
    await clock.advance(2 * MINUTE);
    expect(looks()).toBe(8);
  });

  test('is not looked for with nothing chosen', async () => {
    const { clock, looks } = atWork({ idleMinutes: 1 });
    await clock.advance(600 * MINUTE);
    expect(looks()).toBe(0);
  });
});

describe('a choice that is changed', () => {
  test('to sign off on sleep holds sleep back at once', () => {
    const { change, inhibitor } = atWork();
    change(SUSPEND);
    expect(inhibitor.done).toEqual(['take']);
  });

  test('to nothing on sleep lets the machine sleep at once', () => {
    const { change, inhibitor } = atWork(SUSPEND);
    change({ onSuspend: 'nothing' });
    expect(inhibitor.done).toEqual(['take', 'release']);
  });

  test('to nothing on sleep keeps what is held through the next sleep', async () => {
    const { away, change, server } = atWork(SUSPEND);
    change({ onSuspend: 'nothing' });
    await away.suspending();
    expect(server.sent).toEqual([]);
  });

  test('for something else does not hold back a machine that may sleep by now', async () => {
    const { away, change, clock, inhibitor } = atWork(SUSPEND);
    await clock.until(away.suspending(), BUDGET_MS.suspend);
    change({ notifyHandIns: false });
    expect(inhibitor.held).toBe(false);
  });

  test('to sign off on a lock counts for the next one', async () => {
    const { away, change, clock, server } = atWork();
    change(LOCK);
    away.locked();
    await clock.advance(1_000);
    expect(server.sent).toHaveLength(2);
  });

  test('to sign off on idleness looks for it from then on', async () => {
    const { change, clock, vault } = atWork();
    change(IDLE);
    await clock.advance(5 * MINUTE + LOOK_MS);
    expect(vault.held()).toEqual([]);
  });

  test('to nothing on idleness leaves no timer behind', () => {
    const { change, clock } = atWork(IDLE);
    change({ onIdle: 'nothing' });
    expect(clock.waiting()).toBe(0);
  });

  test('for idleness counts with the new minutes', async () => {
    const { change, clock, server } = atWork(IDLE);
    change({ idleMinutes: 10 });
    await clock.advance(10 * MINUTE - 1);
    expect(server.sent).toEqual([]);
  });
});

describe('an agent who is set unavailable', () => {
  test('when the machine goes to sleep is available again when it wakes up', async () => {
    const { away, availability } = atWork(UNAVAILABLE.suspend);
    await away.suspending();
    expect(availability.asked).toEqual(['unavailable']);
    away.resumed();
    expect(availability.asked).toEqual(['unavailable', 'back']);
  });

  test('when the screen is locked is available again when it is unlocked', () => {
    const { away, availability } = atWork(UNAVAILABLE.lock);
    away.locked();
    expect(availability.asked).toEqual(['unavailable']);
    away.unlocked();
    expect(availability.asked).toEqual(['unavailable', 'back']);
  });

  test('when nobody touches the machine is available again soon after a touch', async () => {
    const { availability, clock, touch } = atWork(UNAVAILABLE.idle);
    await clock.advance(5 * MINUTE + LOOK_MS);
    expect(availability.asked).toEqual(['unavailable']);
    touch();
    await clock.advance(2_000);
    expect(availability.asked).toEqual(['unavailable', 'back']);
  });

  test('is not available before they are back', async () => {
    const { away, availability, clock } = atWork(ALL_UNAVAILABLE);
    away.locked();
    await away.suspending();
    await clock.advance(600 * MINUTE);
    expect(availability.asked).not.toContain('back');
  });

  test('is so only once, however often it is looked', async () => {
    const { availability, clock } = atWork(UNAVAILABLE.idle);
    await clock.advance(600 * MINUTE);
    expect(availability.asked).toEqual(['unavailable']);
  });

  test('is so each time anew', async () => {
    const { availability, clock, touch } = atWork(UNAVAILABLE.idle);
    await clock.advance(6 * MINUTE);
    touch();
    await clock.advance(6 * MINUTE);
    expect(availability.asked).toEqual(['unavailable', 'back', 'unavailable']);
  });

  test('is not so when they touch the machine in time', async () => {
    const { availability, clock, touch } = atWork(UNAVAILABLE.idle);
    await clock.advance(4 * MINUTE);
    touch();
    await clock.advance(4 * MINUTE);
    expect(availability.asked).toEqual([]);
  });
});

describe('an agent who is away for several reasons', () => {
  test('with the screen locked amid sleep is back when it is unlocked, not when it wakes up', async () => {
    const { away, availability } = atWork(ALL_UNAVAILABLE);
    await away.suspending();
    away.locked();
    away.resumed();
    expect(availability.asked).toEqual(['unavailable', 'unavailable']);
    away.unlocked();
    expect(availability.asked.at(-1)).toBe('back');
  });

  test('with the screen unlocked before the waking up is told is back when it is', async () => {
    const { away, availability } = atWork(ALL_UNAVAILABLE);
    away.locked();
    await away.suspending();
    away.unlocked();
    expect(availability.asked).not.toContain('back');
    away.resumed();
    expect(availability.asked.at(-1)).toBe('back');
  });

  test('idle and then locked is back when it is unlocked, and once', async () => {
    const { away, availability, clock, touch } = atWork(ALL_UNAVAILABLE);
    await clock.advance(6 * MINUTE);
    away.locked();
    touch();
    await clock.advance(4_000);
    expect(availability.asked).not.toContain('back');
    away.unlocked();
    await clock.advance(MINUTE);
    expect(availability.asked.filter((each) => each === 'back')).toHaveLength(1);
  });

  test('is not back twice when it is told twice', async () => {
    const { away, availability } = atWork(ALL_UNAVAILABLE);
    away.locked();
    away.unlocked();
    away.unlocked();
    away.resumed();
    expect(availability.asked).toEqual(['unavailable', 'back']);
  });
});

describe('a machine that goes to sleep with its agent to be set unavailable', () => {
  /** A server that answers only in the end. */
  function slowToAnswer() {
    const world = atWork(UNAVAILABLE.suspend);
    const { promise, resolve } = Promise.withResolvers<void>();
    world.availability.ends = promise;
    return { ...world, answered: resolve };
  }

  test('is held back from the start on', () => {
    expect(atWork(UNAVAILABLE.suspend).inhibitor.done).toEqual(['take']);
  });

  test('is held back until that is done, and no longer', async () => {
    const { away, answered, clock, inhibitor } = slowToAnswer();
    const asleep = away.suspending();
    await clock.advance(1_000);
    expect(inhibitor.held).toBe(true);
    answered();
    await clock.until(asleep, 0);
    expect(inhibitor.held).toBe(false);
  });

  test('may sleep within the budget, also without an answer', async () => {
    const { away, clock, inhibitor } = slowToAnswer();
    await clock.until(away.suspending(), BUDGET_MS.suspend);
    expect(inhibitor.held).toBe(false);
  });

  test('leaves no timer behind', async () => {
    const { away, clock } = atWork(UNAVAILABLE.suspend);
    await clock.until(away.suspending(), 0);
    expect(clock.waiting()).toBe(0);
  });

  test('is held back anew once it is awake, also where it woke up before that was done', async () => {
    const { away, answered, clock, inhibitor } = slowToAnswer();
    const asleep = away.suspending();
    away.resumed();
    answered();
    await clock.until(asleep, 0);
    expect(inhibitor.held).toBe(true);
  });
});

describe('looking for a touch', () => {
  test('is done often only while the agent is set unavailable for it', async () => {
    const { clock, looks, touch } = atWork(UNAVAILABLE.idle);
    await clock.advance(5 * MINUTE);
    expect(looks()).toBe(20);
    await clock.advance(MINUTE);
    expect(looks()).toBe(50);
    touch();
    await clock.advance(2_000 + MINUTE);
    expect(looks()).toBe(55);
  });

  test('ends once nothing is held, and leaves nobody unavailable', async () => {
    const { availability, clock, vault } = atWork(UNAVAILABLE.idle);
    await clock.advance(6 * MINUTE);
    for (const { id } of vault.held()) vault.release(id);
    expect(clock.waiting()).toBe(0);
    expect(availability.asked).toEqual(['unavailable', 'back']);
  });
});

describe('settings that change while the agent is away', () => {
  const NOTHING = { onSuspend: 'nothing', onLock: 'nothing', onIdle: 'nothing' } as const;

  test('leave them unavailable until they are back', async () => {
    const { availability, change, clock } = atWork(ALL_UNAVAILABLE);
    await clock.advance(6 * MINUTE);
    change(NOTHING);
    await clock.advance(MINUTE);
    expect(availability.asked).toEqual(['unavailable']);
  });

  test('do not take longer idleness for a touch', async () => {
    const { availability, change, clock } = atWork(UNAVAILABLE.idle);
    await clock.advance(6 * MINUTE);
    change({ idleMinutes: 60 });
    await clock.advance(MINUTE);
    expect(availability.asked).toEqual(['unavailable']);
  });

  test('still have them back from sleep', async () => {
    const { away, availability, change } = atWork(UNAVAILABLE.suspend);
    await away.suspending();
    change(NOTHING);
    away.resumed();
    expect(availability.asked.at(-1)).toBe('back');
  });

  test('still have them back from a lock', () => {
    const { away, availability, change } = atWork(UNAVAILABLE.lock);
    away.locked();
    change(NOTHING);
    away.unlocked();
    expect(availability.asked.at(-1)).toBe('back');
  });

  test('still have them back from idleness', async () => {
    const { availability, change, clock, touch } = atWork(UNAVAILABLE.idle);
    await clock.advance(6 * MINUTE);
    change(NOTHING);
    touch();
    await clock.advance(2_000);
    expect(availability.asked.at(-1)).toBe('back');
  });

  test('leave no timer behind once they are back', async () => {
    const { change, clock, touch } = atWork(UNAVAILABLE.idle);
    await clock.advance(6 * MINUTE);
    change(NOTHING);
    touch();
    await clock.advance(2_000);
    expect(clock.waiting()).toBe(0);
  });

  test('to unavailable on a lock count for the next one', () => {
    const { away, availability, change } = atWork();
    away.locked();
    change(UNAVAILABLE.lock);
    away.unlocked();
    expect(availability.asked).toEqual([]);
  });

  test('to signing off have those signed off who are idle already', async () => {
    const { change, clock, vault } = atWork(UNAVAILABLE.idle);
    await clock.advance(6 * MINUTE);
    change(IDLE);
    await clock.advance(5_000);
    expect(vault.held()).toEqual([]);
  });
});
