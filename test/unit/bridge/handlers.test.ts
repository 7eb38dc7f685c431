import { describe, expect, test } from 'vitest';
import { createHandlers } from '../../../main/bridge/handlers.ts';
import type { Handlers } from '../../../main/bridge/bridge.ts';
import { ALL_RESULTS } from '../../../main/results/filter.ts';
import { wordsFor } from '../../../words/words.ts';
import { NO_RULES } from '../../support/hand-in-rules.ts';
import { receipt } from '../../support/receipts.ts';
import { createFakeClock } from '../../support/fake-clock.ts';
import { windowState } from '../../support/window-state.ts';

const state = windowState();
const RIGHT = { ok: true, roundTripMs: 12 } as const;
const PAGE = { receipts: [receipt()], next: null, unreadable: 3 };

/** The handlers over parts that note what they are asked, in order. */
function createWorld(differences: Partial<Parameters<typeof createHandlers>[0]> = {}) {
  const asked: unknown[] = [];
  const note =
    <Answer>(name: string, answer: Answer) =>
    (...args: readonly unknown[]): Answer => {
      asked.push([name, ...args]);
      return answer;
    };
  const handlers = createHandlers({
    readState: note('readState', state),
    onPageReady: note('onPageReady', undefined),
    hold: { handIn: note('handIn', { ok: true, id: 'held-1' }) },
    handInRules: () => NO_RULES,
    originQuestion: { answer: note('origin', undefined) },
    coordinator: { signOff: note('signOff', Promise.resolve([receipt()])) },
    chat: { checkAddress: note('checkAddress', Promise.resolve(RIGHT)) },
    settings: { set: note('set', null) },
    leftoverQuestion: { answer: note('leftover', undefined) },
    leaving: { answer: note('leaving', undefined) },
    calledOff: { dismiss: note('dismiss', undefined) },
    words: () => wordsFor('en'),
    receipts: { page: note('page', Promise.resolve(PAGE)) },
    clock: createFakeClock(),
    chooseFile: async () => null,
    onExportProgress: () => undefined,
    showInFolder: () => undefined,
    signIn: note<ReturnType<Handlers['signIn']>>('signIn', {
      ok: true,
      id: 'a',
      statusProblem: null,
    }),
    cancelSignIn: note('cancelSignIn', undefined),
    forgetPassword: note('forgetPassword', undefined),
    setActivity: note('setActivity', { problem: null }),
    copyBrowserToken: note('copyBrowserToken', true),
    ...differences,
  });
  return { handlers, asked };
}

/** What the window's form hands in for that session. */
const form = {
  kind: 'agent',
  server: 'https://chat.example.com',
  fqSiteName: 'site',
  accountId: '12',
  sessionId: 'node01h8m13tljpm7ns8nayp0pid91',
};
const session = { ...form, pool: null, label: '' };
const notASite = { ...form, fqSiteName: '..' };
const siteProblem = { field: 'fqSiteName', message: 'is not a site name', code: 'not-a-site' };

test('the page that asks for its state is told of what changes from then on, and not before', () => {
  const { handlers, asked } = createWorld();
  expect(handlers.getState(undefined)).toBe(state);
  expect(asked).toEqual([['onPageReady'], ['readState']]);
});

describe('what the form hands in', () => {
  test('is held once it is read, as from the window', () => {
    const { handlers, asked } = createWorld();
    expect(handlers.hold({ session: form })).toEqual({ ok: true, id: 'held-1' });
    expect(asked).toEqual([['handIn', { ok: true, session }, 'window']]);
  });

  test('is read by the rules as they are at that moment', () => {
    const { handlers, asked } = createWorld({
      handInRules: () => ({ ...NO_RULES, isAllowed: () => false }),
    });
    void handlers.hold({ session: form });
    expect(asked).toMatchObject([['handIn', { ok: false }, 'window']]);
  });

  test('has its address checked', async () => {
    const { handlers, asked } = createWorld();
    expect(await handlers.checkAddress({ session: form })).toEqual(RIGHT);
    expect(asked).toEqual([['checkAddress', session]]);
  });

  test('has no address checked where it cannot be read', async () => {
    const { handlers, asked } = createWorld();
    expect(await handlers.checkAddress({ session: notASite })).toEqual({
      ok: false,
      wrong: 'input',
      problems: [siteProblem],
    });
    expect(asked).toEqual([]);
  });
});

test.for<{ call: (handlers: Handlers) => unknown; asked: unknown[] }>([
  {
    call: (handlers) => handlers.signOff({ ids: ['held-1'], force: true }),
    asked: ['signOff', { cause: 'asked', ids: ['held-1'], force: true }],
  },
  {
    call: (handlers) => handlers.answerOrigin({ origin: 'https://a.example', answer: 'deny' }),
    asked: ['origin', 'https://a.example', 'deny'],
  },
  {
    call: (handlers) => handlers.answerLeftover({ answer: 'keep' }),
    asked: ['leftover', 'keep'],
  },
  { call: (handlers) => handlers.answerLeaving({ answer: 'quit' }), asked: ['leaving', 'quit'] },
  { call: (handlers) => handlers.dismissCalledOff(undefined), asked: ['dismiss'] },
])('$asked.0 is asked of the part that knows, which answers nothing', async ({ call, asked }) => {
  const world = createWorld();
  expect(await call(world.handlers)).toBeUndefined();
  expect(world.asked).toEqual([asked]);
});

test('results are read page by page', async () => {
  const { handlers, asked } = createWorld();
  const request = { after: null, limit: 7, filter: ALL_RESULTS };
  expect(await handlers.getResults(request)).toBe(PAGE);
  expect(asked).toEqual([['page', request]]);
});

test('timings are drawn from the results', async () => {
  const { handlers } = createWorld();
  expect(await handlers.getTimings({ filter: ALL_RESULTS, per: 'day' })).toMatchObject({
    count: 1,
    servers: ['https://chat.example.com'],
  });
});

describe('a setting', () => {
  test('is changed without a word', async () => {
    const { handlers, asked } = createWorld();
    expect(handlers.setSetting({ name: 'idleMinutes', value: 5 })).toEqual({ problem: null });
    expect(asked).toEqual([['set', 'idleMinutes', 5]]);
  });

  test('that is not changed says why, in the language of the moment', () => {
    const { handlers } = createWorld({
      settings: { set: () => 'managed' },
      words: () => wordsFor('de'),
    });
    expect(handlers.setSetting({ name: 'idleMinutes', value: 5 })).toEqual({
      problem: wordsFor('de').settings.problems.managed,
    });
  });
});
