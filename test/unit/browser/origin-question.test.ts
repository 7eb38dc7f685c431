import { describe, expect, test } from 'vitest';
import { createOriginQuestion } from '../../../main/browser/origin-question.ts';
import { createFakeClock } from '../../support/fake-clock.ts';

const A = 'https://a.example.com';
const B = 'https://b.example.com';
const MINUTE = 60_000;

function world() {
  const clock = createFakeClock();
  const approved = new Set<string>();
  const asked: string[] = [];
  let changes = 0;
  const question = createOriginQuestion({
    memory: {
      isApproved: (origin) => approved.has(origin),
      approve: (origin) => approved.add(origin),
    },
    clock,
  });
  question.onAsked((origin) => asked.push(origin));
  question.onChange(() => (changes += 1));
  return { clock, approved, asked, question, changes: () => changes };
}

describe('an origin that nobody was asked about', () => {
  test('is asked about, for a minute', async () => {
    const { question, clock, asked, changes } = world();
    expect(question.state()).toBeNull();
    void question.ask(A);
    expect(question.state()).toEqual({ origin: A, deadline: clock.now() + MINUTE });
    expect(asked).toEqual([A]);
    expect(changes()).toBe(1);
  });

  test('may hand in once the agent allows it, and without asking from then on', async () => {
    const { question, asked, approved } = world();
    const first = question.ask(A);
    question.answer(A, 'allow');
    expect(await first).toBe('allowed');
    expect(question.state()).toBeNull();
    expect([...approved]).toEqual([A]);
    expect(await question.ask(A)).toBe('allowed');
    expect(asked).toEqual([A]);
  });

  test('may not when the agent does not', async () => {
    const { question, approved } = world();
    const first = question.ask(A);
    question.answer(A, 'deny');
    expect(await first).toBe('not-allowed');
    expect([...approved]).toEqual([]);
  });

  test('may not when nobody answers within the minute', async () => {
    const { question, clock, approved } = world();
    const first = question.ask(A);
    await clock.advance(MINUTE - 1);
    expect(question.state()).not.toBeNull();
    await clock.advance(1);
    expect(question.state()).toBeNull();
    expect(await first).toBe('not-allowed');
    expect([...approved]).toEqual([]);
  });

  test('is asked about once, however often it hands in meanwhile', async () => {
    const { question, asked } = world();
    const all = [question.ask(A), question.ask(A), question.ask(A)];
    question.answer(A, 'allow');
    expect(await Promise.all(all)).toEqual(['allowed', 'allowed', 'allowed']);
    expect(asked).toEqual([A]);
  });

  test('has eight wait at most', async () => {
    const { question } = world();
    const eight = Array.from({ length: 8 }, () => question.ask(A));
    expect(await question.ask(A)).toBe('busy');
    question.answer(A, 'allow');
    expect(await Promise.all(eight)).toEqual(eight.map(() => 'allowed'));
  });
});

describe('an origin that was turned away', () => {
  test.each(['by the agent', 'by the deadline'])(
    '%s is not asked about again for ten minutes',
    async (how) => {
      const { question, clock, asked } = world();
      const first = question.ask(A);
      if (how === 'by the agent') question.answer(A, 'deny');
      else await clock.advance(MINUTE);
      await first;
      expect(await question.ask(A)).toBe('not-allowed');
      await clock.advance(10 * MINUTE - 1);
      expect(await question.ask(A)).toBe('not-allowed');
      expect(asked).toEqual([A]);
      await clock.advance(1);
      void question.ask(A);
      expect(asked).toEqual([A, A]);
    },
  );

  test('is asked about anew where it was taken from the list and put there again', async () => {
    const { question, asked } = world();
    void question.ask(A);
    question.answer(A, 'deny');
    question.retain(() => false);
    void question.ask(A);
    expect(asked).toEqual([A, A]);
  });
});

describe('while it is asked about one', () => {
  test('another has to come again, and may then', async () => {
    const { question, asked } = world();
    void question.ask(A);
    expect(await question.ask(B)).toBe('busy');
    expect(question.state()?.origin).toBe(A);
    question.answer(A, 'deny');
    void question.ask(B);
    expect(question.state()?.origin).toBe(B);
    expect(asked).toEqual([A, B]);
  });

  test('one that is approved passes', async () => {
    const { question, approved } = world();
    approved.add(B);
    void question.ask(A);
    expect(await question.ask(B)).toBe('allowed');
  });

  test('an answer about another changes nothing', () => {
    const { question, approved } = world();
    void question.ask(A);
    question.answer(B, 'allow');
    expect(question.state()?.origin).toBe(A);
    expect([...approved]).toEqual([]);
  });

  test('it is taken back when that one leaves the list, and only then', async () => {
    const { question, clock, changes } = world();
    const first = question.ask(A);
    question.retain((origin) => origin === A);
    expect(question.state()).not.toBeNull();
    question.retain((origin) => origin === B);
    expect(question.state()).toBeNull();
    expect(await first).toBe('not-allowed');
    expect(changes()).toBe(2);
    expect(clock.waiting()).toBe(0);
  });
});

test('an answer that comes too late counts for nothing', async () => {
  const { question, clock, approved } = world();
  void question.ask(A);
  await clock.advance(MINUTE);
  question.answer(A, 'allow');
  expect([...approved]).toEqual([]);
});
