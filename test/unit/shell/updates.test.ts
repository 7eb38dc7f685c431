import { describe, expect, test } from 'vitest';
import {
  CHECK_EVERY_MS,
  createUpdates,
  type Feed,
  FIRST_CHECK_AFTER_MS,
  JITTER,
  type Updater,
} from '../../../main/shell/updates/updates.ts';
import type { UpdateObstacle } from '../../../main/shell/updates/installation.ts';
import { createFakeClock } from '../../support/fake-clock.ts';

const FEED: Feed = { url: 'https://updates.example.com', channel: 'latest' };
const MOST_JITTER = 1 + JITTER;

function newUpdates(
  options: {
    feed?: Feed | null;
    found?: string | null;
    download?: Updater['download'];
    obstacle?: UpdateObstacle;
  } = {},
) {
  const clock = createFakeClock();
  const world = {
    feed: options.feed === undefined ? FEED : options.feed,
    found: options.found === undefined ? '2.0.0' : options.found,
    busy: false,
    holding: false,
    installs: true,
    obstacle: options.obstacle ?? null,
  };
  const done: string[] = [];
  const faults: unknown[] = [];
  const updates = createUpdates({
    feed: () => world.feed,
    obstacle: () => world.obstacle,
    onObstacle: (obstacle) => void done.push(`off ${obstacle}`),
    async load(feed) {
      done.push(`load ${feed.url} ${feed.channel}`);
      return {
        async check() {
          done.push('check');
          return world.found;
        },
        async download(signal) {
          done.push('download');
          await options.download?.(signal);
        },
        install() {
          done.push('install');
          return world.installs;
        },
      };
    },
    isBusy: () => world.busy,
    isHolding: () => world.holding,
    announceRestart: () => void done.push('announce'),
    exitForRestart: () => void done.push('go'),
    clock,
    random: () => 0.5,
    onProgress: (event, version) => void done.push(`${event} ${version}`),
    onFault: (error) => faults.push(error),
  });
  updates.changed();
  const steps = (): string[] => done.filter((step) => !/^(load|update)/.test(step));
  return { updates, clock, world, done, steps, faults };
}

describe('without a feed', () => {
  test('nothing is loaded or waited for', async () => {
    const { updates, clock, done } = newUpdates({ feed: null });
    updates.workChanged();
    await clock.advance(CHECK_EVERY_MS * 3);
    expect([done, clock.waiting()]).toEqual([[], 0]);
  });

  test('a feed that is taken away stops it', async () => {
    const { updates, clock, world, done } = newUpdates();
    world.feed = null;
    updates.changed();
    await clock.advance(CHECK_EVERY_MS * 3);
    expect(done).toEqual([]);
  });
});

describe('an installation that cannot update itself', () => {
  test('says once why a feed is of no use, loads nothing, and waits for nothing', async () => {
    const { updates, clock, world, done } = newUpdates({ obstacle: 'per-machine' });
    world.feed = { ...FEED, channel: 'beta' };
    updates.changed();
    await clock.advance(CHECK_EVERY_MS * 3);
    expect([done, clock.waiting()]).toEqual([['off per-machine'], 0]);
  });

  test('has nothing to say where there is no feed', () => {
    const { done } = newUpdates({ obstacle: 'per-machine', feed: null });
    expect(done).toEqual([]);
  });
});

describe('checking', () => {
  test('it begins ten minutes after the start, and goes on every four hours', async () => {
    const { clock, steps } = newUpdates({ found: null });
    await clock.advance(FIRST_CHECK_AFTER_MS - 1);
    expect(steps()).toEqual([]);
    await clock.advance(1);
    expect(steps()).toEqual(['check']);
    await clock.advance(CHECK_EVERY_MS * 2);
    expect(steps()).toEqual(['check', 'check', 'check']);
  });

  test('one that fails is told of, and is made again', async () => {
    const { clock, faults, world, steps } = newUpdates();
    Object.defineProperty(world, 'found', {
      get() {
        throw new Error('no network');
      },
    });
    await clock.advance(FIRST_CHECK_AFTER_MS + CHECK_EVERY_MS * MOST_JITTER);
    expect(faults).toEqual([new Error('no network'), new Error('no network')]);
    expect(steps()).toEqual(['check', 'check']);
  });
});

describe('downloading', () => {
  test('it waits until no sign-off is under way', async () => {
    const { updates, clock, world, steps } = newUpdates();
    world.busy = true;
    world.holding = true;
    await clock.advance(FIRST_CHECK_AFTER_MS);
    expect(steps()).toEqual(['check']);
    world.busy = false;
    updates.workChanged();
    await clock.settle();
    expect(steps()).toEqual(['check', 'download']);
  });

  test('it stops for a sign-off, and begins anew when that is through', async () => {
    const hanging = (signal: AbortSignal): Promise<void> =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(new Error('cancelled')));
      });
    const { updates, clock, world, steps, faults } = newUpdates({ download: hanging });
    await clock.advance(FIRST_CHECK_AFTER_MS);
    world.busy = true;
    updates.workChanged();
    await clock.settle();
    expect(steps()).toEqual(['check', 'download']);
    world.busy = false;
    updates.workChanged();
    await clock.settle();
    expect([steps(), faults]).toEqual([['check', 'download', 'download'], []]);
  });
});

describe('installing', () => {
  test('the app goes, to come back, when nothing is held', async () => {
    const { clock, done } = newUpdates();
    await clock.advance(FIRST_CHECK_AFTER_MS);
    expect(done).toEqual([
      'load https://updates.example.com latest',
      'check',
      'update-found 2.0.0',
      'download',
      'update-downloaded 2.0.0',
      'update-installing 2.0.0',
      'announce',
      'install',
      'go',
    ]);
  });

  test('it waits for as long as something is held', async () => {
    const { updates, clock, world, steps } = newUpdates();
    world.holding = true;
    await clock.advance(FIRST_CHECK_AFTER_MS + CHECK_EVERY_MS * 2);
    expect(steps()).toEqual(['check', 'download']);
    world.holding = false;
    updates.workChanged();
    await clock.settle();
    expect(steps()).toEqual(['check', 'download', 'announce', 'install', 'go']);
  });

  test('what is handed in at the last moment keeps the app', async () => {
    const { updates, clock, world, steps } = newUpdates();
    world.holding = true;
    await clock.advance(FIRST_CHECK_AFTER_MS);
    world.holding = false;
    updates.workChanged();
    world.holding = true;
    await clock.settle();
    expect(steps()).toEqual(['check', 'download']);
  });

  test('where it cannot be done the app stays, and tries again after the next check', async () => {
    const { clock, world, steps, faults } = newUpdates();
    world.installs = false;
    await clock.advance(FIRST_CHECK_AFTER_MS);
    expect(steps()).toEqual(['check', 'download', 'announce', 'install']);
    expect(faults).toEqual([new Error('The update could not be installed.')]);
    world.installs = true;
    await clock.advance(CHECK_EVERY_MS * MOST_JITTER);
    expect(steps().at(-1)).toBe('go');
  });
});

test('another channel begins anew, with the wait of a start', async () => {
  const { updates, clock, world, done } = newUpdates({ found: null });
  world.feed = { ...FEED, channel: 'beta' };
  updates.changed();
  await clock.advance(FIRST_CHECK_AFTER_MS);
  expect(done).toEqual(['load https://updates.example.com beta', 'check']);
});
