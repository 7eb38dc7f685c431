import { describe, expect, test } from 'vitest';
import {
  createLeftoverQuestion,
  planLeftovers,
  RESUME_WITHIN_MS,
} from '../../../main/lifecycle/leftover.ts';
import type { HeldSession } from '../../../main/sessions/session.ts';
import { createFakeClock } from '../../support/fake-clock.ts';
import fc from '../../support/property.ts';
import { agentSession, engagement } from '../../support/sessions.ts';

const NOW = Date.UTC(2026, 6, 1, 9);
const THIS_LOGIN = 'this login';
const ANSWER_MS = 20_000;

const SETTINGS = ['ask', 'sign-off', 'resume'] as const;
const LOGINS = [
  { held: 'in this login', login: THIS_LOGIN, now: THIS_LOGIN },
  { held: 'in another login', login: 'another login', now: THIS_LOGIN },
  { held: 'in a login that was not known', login: null, now: THIS_LOGIN },
  { held: 'in a login that cannot be compared now', login: THIS_LOGIN, now: null },
  { held: 'and found without either login known', login: null, now: null },
] as const;
const MARKS = [
  { mark: 'no mark', resumeUntil: null, counts: false },
  { mark: 'a mark that has just run out', resumeUntil: NOW - 1, counts: false },
  { mark: 'a mark from long ago', resumeUntil: 0, counts: false },
  { mark: 'a mark that ends right now', resumeUntil: NOW, counts: true },
  { mark: 'a mark within its time', resumeUntil: NOW + 5 * 60_000, counts: true },
  { mark: 'a mark made right now', resumeUntil: NOW + RESUME_WITHIN_MS, counts: true },
  { mark: 'a mark from the future', resumeUntil: NOW + RESUME_WITHIN_MS + 1, counts: false },
  { mark: 'a mark that never ends', resumeUntil: Infinity, counts: false },
  { mark: 'a mark that is no time', resumeUntil: NaN, counts: false },
] as const;

function found(id: string, login: string | null): HeldSession {
  const session = id.startsWith('engagement') ? engagement(id) : agentSession(id);
  return { ...session, id, heldSince: NOW - 1, lastSequenceNumber: 0, login, startedHere: false };
}

/** What the design says, said once more and otherwise. */
function fateOf(
  setting: (typeof SETTINGS)[number],
  sameLogin: boolean,
  marked: boolean,
): 'signOff' | 'ask' | 'keep' {
  if (!sameLogin) return 'signOff';
  if (marked) return 'keep';
  return ({ ask: 'ask', 'sign-off': 'signOff', resume: 'keep' } as const)[setting];
}

const everyCase = SETTINGS.flatMap((leftover) =>
  LOGINS.flatMap((login) =>
    MARKS.map((mark) => ({
      leftover,
      ...mark,
      held: login.held,
      login: login.now,
      session: found('one', login.login),
      fate: fateOf(leftover, login.login === THIS_LOGIN && login.now === THIS_LOGIN, mark.counts),
    })),
  ),
);

describe('what becomes of a session that is found', () => {
  test.each(everyCase)(
    'held $held, with $mark and the setting $leftover: $fate',
    ({ session, login, resumeUntil, leftover, fate }) => {
      const plan = planLeftovers([session], { login, resumeUntil, now: NOW, leftover });
      expect(plan).toEqual({ signOff: [], ask: [], keep: [], [fate]: ['one'] });
    },
  );

  test('does not depend on what is found beside it, and keeps the order', () => {
    const sessions = fc.array(fc.constantFrom(...LOGINS.map(({ login }) => login)), {
      maxLength: 20,
    });
    const at = fc.record({
      login: fc.constantFrom(THIS_LOGIN, 'a third login', null),
      resumeUntil: fc.constantFrom(...MARKS.map(({ resumeUntil }) => resumeUntil)),
      leftover: fc.constantFrom(...SETTINGS),
    });
    fc.assert(
      fc.property(sessions, at, (logins, where) => {
        const all = logins.map((login, n) =>
          found(n % 2 === 0 ? `${n}` : `engagement ${n}`, login),
        );
        const plan = planLeftovers(all, { ...where, now: NOW });
        const alone = all.map((session) => planLeftovers([session], { ...where, now: NOW }));
        expect(plan).toEqual({
          signOff: alone.flatMap(({ signOff }) => signOff),
          ask: alone.flatMap(({ ask }) => ask),
          keep: alone.flatMap(({ keep }) => keep),
        });
      }),
      { numRuns: 300 },
    );
  });
});

function askAbout(...ids: string[]) {
  const clock = createFakeClock();
  const done: (readonly [string, ...string[]])[] = [];
  const question = createLeftoverQuestion({
    ids,
    answerWithinMs: ANSWER_MS,
    clock,
    keep: (kept) => done.push(['keep', ...kept]),
    signOff: (ended) => done.push(['sign off', ...ended]),
  });
  const states: unknown[] = [];
  question.onChange(() => states.push(question.state()));
  return { clock, question, done, states };
}

describe('the question about what is left over', () => {
  test('says about what and until when', () => {
    const { clock, question } = askAbout('a', 'b');
    expect(question.state()).toEqual({ ids: ['a', 'b'], deadline: clock.now() + ANSWER_MS });
  });

  test('does nothing while it is open', async () => {
    const { clock, done } = askAbout('a', 'b');
    await clock.advance(ANSWER_MS - 1);
    expect(done).toEqual([]);
  });

  test('signs off without an answer, at its deadline', async () => {
    const { clock, done } = askAbout('a', 'b');
    await clock.advance(ANSWER_MS);
    expect(done).toEqual([['sign off', 'a', 'b']]);
  });

  test('takes as long by any clock, also one that is set back', async () => {
    const { clock, done } = askAbout('a');
    clock.setWallClock(-3_600_000);
    await clock.advance(ANSWER_MS);
    expect(done).toEqual([['sign off', 'a']]);
  });

  test.each([
    { answer: 'keep', does: 'keep' },
    { answer: 'sign-off', does: 'sign off' },
  ] as const)('answered with $answer does so at once', ({ answer, does }) => {
    const { question, done } = askAbout('a', 'b');
    question.answer(answer);
    expect(done).toEqual([[does, 'a', 'b']]);
  });

  test.each(['keep', 'sign-off'] as const)('answered with %s is closed', (answer) => {
    const { question } = askAbout('a');
    question.answer(answer);
    expect(question.state()).toBeNull();
  });

  test('is closed at its deadline', async () => {
    const { clock, question } = askAbout('a');
    await clock.advance(ANSWER_MS);
    expect(question.state()).toBeNull();
  });

  test.each([
    ['keep', 'sign-off'],
    ['keep', 'keep'],
    ['sign-off', 'keep'],
    ['sign-off', 'sign-off'],
  ] as const)('answered with %s is not answered again with %s', (first, second) => {
    const { question, done } = askAbout('a');
    question.answer(first);
    question.answer(second);
    expect(done).toHaveLength(1);
  });

  test('kept in its last moment is not signed off', async () => {
    const { clock, question, done } = askAbout('a');
    await clock.advance(ANSWER_MS - 1);
    question.answer('keep');
    await clock.advance(2 * ANSWER_MS);
    expect(done).toEqual([['keep', 'a']]);
  });

  test('cannot be answered after its deadline', async () => {
    const { clock, question, done } = askAbout('a');
    await clock.advance(ANSWER_MS);
    question.answer('keep');
    expect(done).toEqual([['sign off', 'a']]);
  });

  test('leaves nothing waiting behind once it is answered', () => {
    const { clock, question } = askAbout('a');
    question.answer('keep');
    expect(clock.waiting()).toBe(0);
  });

  test.each(['keep', 'sign-off'] as const)('tells once that it is closed by %s', (answer) => {
    const { question, states } = askAbout('a');
    question.answer(answer);
    question.answer(answer);
    expect(states).toEqual([null]);
  });

  test('tells that nobody answered it', async () => {
    const { clock, states } = askAbout('a');
    await clock.advance(ANSWER_MS);
    expect(states).toEqual([null]);
  });
});

describe('what is over or handed in again meanwhile', () => {
  test('is not asked about any more', () => {
    const { question } = askAbout('a', 'b');
    question.retain((id) => id !== 'a');
    expect(question.state()?.ids).toEqual(['b']);
  });

  test('is not signed off with the rest', async () => {
    const { clock, question, done } = askAbout('a', 'b');
    question.retain((id) => id !== 'a');
    await clock.advance(ANSWER_MS);
    expect(done).toEqual([['sign off', 'b']]);
  });

  test('closes the question when nothing is left, and does nothing', async () => {
    const { clock, question, done, states } = askAbout('a');
    question.retain(() => false);
    await clock.advance(ANSWER_MS);
    expect(question.state()).toBeNull();
    expect(done).toEqual([]);
    expect(states.at(-1)).toBeNull();
    expect(clock.waiting()).toBe(0);
  });

  test('tells nobody where nothing changes', () => {
    const { question, states } = askAbout('a');
    question.retain(() => true);
    expect(states).toEqual([]);
  });
});

describe('with nothing to ask about', () => {
  test('there is no question', () => {
    expect(askAbout().question.state()).toBeNull();
  });

  test('an answer does nothing', () => {
    const { question, done } = askAbout();
    question.answer('sign-off');
    expect(done).toEqual([]);
  });

  test('no time runs', () => {
    expect(askAbout().clock.waiting()).toBe(0);
  });
});
