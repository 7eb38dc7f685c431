import { describe, expect, test } from 'vitest';
import { createLastBreath } from '../../../main/signoff/last-breath.ts';
import { type BlockingThread, createBlockingThread } from '../../support/blocking-thread.ts';
import { agentSession } from '../../support/sessions.ts';
import { createSignOffWorld } from '../../support/sign-off-world.ts';
import { collectUncaught } from '../../support/uncaught.ts';

/** What is left of Windows' 5 s is for all that is not waited for. */
const MOST_MS = 4_000;

/**
 * The last breath of an app with one session held, while a sign-in creates another one. Only the thread lets time
 * pass.
 */
function creating() {
  let thread: BlockingThread | null = null;
  let isCreating = true;
  let stops = 0;
  const world = createSignOffWorld({
    thread: (clock) => (thread = createBlockingThread(clock)),
    stopSignIn() {
      stops += 1;
      return () => !isCreating;
    },
  });
  if (thread === null) throw new Error('There is no thread.');
  const [first] = world.hold(agentSession('Ann'));
  const { clock, hold, lastBreath } = world;
  return {
    ...world,
    thread: thread as BlockingThread,
    first,
    stops: () => stops,
    /** The server has created it after so many milliseconds, or, with `holds` false, refused to. */
    createsAfter(ms: number, { holds = true } = {}): void {
      thread?.tellLater(ms, () => {
        isCreating = false;
        if (holds) hold(agentSession('of the sign-in'));
      });
    },
    /** How long it took. */
    breathe(): number {
      const from = clock.monotonic();
      lastBreath();
      return clock.monotonic() - from;
    },
  };
}

describe('the last breath amid a sign-in', () => {
  test('stops it, and ends by force what it creates', () => {
    const { breathe, createsAfter, thread, vault, onDisk, stops } = creating();
    createsAfter(1_000);
    expect(breathe()).toBe(1_020);
    expect(thread.sent).toMatchObject([{ forced: true }, { forced: true }]);
    expect([vault.held(), onDisk(), stops()]).toEqual([[], [], 1]);
  });

  test('asks no server twice that has refused to end a session', () => {
    const { breathe, createsAfter, thread, first, vault } = creating();
    thread.answerWith(({ label }) => [label === 'Ann' ? 'refused' : 'ended', 20]);
    createsAfter(1_000);
    breathe();
    expect(thread.sent).toHaveLength(2);
    expect(vault.held()).toMatchObject([{ id: first?.id }]);
  });

  test('is over with the answer, where the server creates none', () => {
    const { breathe, createsAfter, thread } = creating();
    createsAfter(300, { holds: false });
    expect(breathe()).toBe(300);
    expect(thread.sent).toHaveLength(1);
  });

  test('waits for no answer beyond its budget', () => {
    const { breathe } = creating();
    expect(breathe()).toBe(3_500);
  });

  test('leaves in the vault what was created too late to be ended', () => {
    const { breathe, createsAfter, thread, onDisk } = creating();
    thread.answerWith(({ label }) => (label === 'Ann' ? ['ended', 20] : 'never'));
    createsAfter(3_490);
    expect(breathe()).toBe(3_500);
    expect(onDisk()).toMatchObject([{ label: 'of the sign-in' }]);
  });
});

test('all that it waits for is within 4 s, whatever the budget of a shutdown is', () => {
  let waitedMs = 0;
  const wait = (ms = Infinity): void => void (waitedMs += ms);
  createLastBreath({
    coordinator: { signOffAtOnce: () => () => false },
    stopSignIn: () => () => true,
    waitFor: (_isDone, ms) => wait(ms),
    receipts: { flush: wait },
    vault: { flush: wait },
    budgetMs: () => 30_000,
  })();
  expect(waitedMs).toBeLessThanOrEqual(MOST_MS);
});

/** A last breath with all that it does, in that order; the part that is named throws. */
function breath({
  budgetMs = 2_000,
  faulty = null,
}: {
  budgetMs?: number;
  faulty?: string | null;
}) {
  const done: string[] = [];
  const doing = (part: string, what = part): void => {
    done.push(what);
    if (part === faulty) throw new Error(`${part} is broken`);
  };
  createLastBreath({
    coordinator: {
      signOffAtOnce(request) {
        doing('signOffAtOnce', `signs off within ${request.budgetMs} ms`);
        return () => true;
      },
    },
    stopSignIn() {
      doing('stopSignIn', 'stops a sign-in');
      return () => true;
    },
    waitFor(isDone, ms) {
      doing('waitFor', `waits for ${ms} ms${isDone() ? '' : ' in vain'}`);
    },
    receipts: { flush: () => doing('receipts', 'has the receipts on the disk') },
    vault: { flush: () => doing('vault', 'has the vault on the disk') },
    budgetMs() {
      doing('budgetMs', 'asks for the budget');
      return budgetMs;
    },
  })();
  return done;
}

const ALL_DONE = [
  'asks for the budget',
  'stops a sign-in',
  'signs off within 1950 ms',
  'waits for 2000 ms',
  'has the receipts on the disk',
  'has the vault on the disk',
];

test('the thread has a moment within the budget to tell of what is out of time', () => {
  expect(breath({})).toEqual(ALL_DONE);
});

test('a budget of no time is none for the requests, too', () => {
  expect(breath({ budgetMs: 0 })).toContain('signs off within 0 ms');
});

test.for(['stopSignIn', 'signOffAtOnce', 'waitFor', 'receipts', 'vault'])(
  'all else is done where %s throws',
  (faulty) => {
    const { errors } = collectUncaught();
    expect(breath({ faulty })).toEqual(ALL_DONE);
    expect(errors()).toEqual([new Error(`${faulty} is broken`)]);
  },
);

test('all is done within the most there is, where the budget cannot be read', () => {
  const { errors } = collectUncaught();
  expect(breath({ faulty: 'budgetMs' })).toContain('waits for 3500 ms');
  expect(errors()).toHaveLength(1);
});
