import { describe, expect, test } from 'vitest';
import {
  ago,
  attemptWords,
  clockWords,
  duration,
  endingWords,
  headline,
  heldFor,
  hostOf,
  leftoverHeading,
  leftoverWarning,
  listNames,
  timeLeft,
} from '../../../renderer/words.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe('durations', () => {
  test.each([
    [0, '0 ms'],
    [0.42, '0.4 ms'],
    [9.96, '10 ms'],
    [40, '40 ms'],
    [999.4, '999 ms'],
    [999.6, '1 s'],
    [1240, '1.2 s'],
    [59_949, '59.9 s'],
    [59_960, '1 min'],
    [3 * MINUTE + 5000, '3 min 5 s'],
    [HOUR - 400, '1 h'],
    [95 * MINUTE, '1 h 35 min'],
    [DAY - 1, '1 d'],
    [2 * DAY + 3 * HOUR, '2 d 3 h'],
    [-7, '−7 ms'],
  ])('%d ms reads %s', (ms, text) => {
    expect(duration(ms)).toBe(text);
  });

  test('a clock is ahead or behind, with how sure that is', () => {
    expect(clockWords(-1240, 15.3)).toBe('1.2 s behind ± 15 ms');
    expect(clockWords(40, null)).toBe('40 ms ahead');
  });
});

test('the headline counts', () => {
  expect(headline(0)).toBe('Nothing held.');
  expect(headline(1)).toBe('1 session held — it ends when you leave.');
  expect(headline(2)).toBe('2 sessions held — they end when you leave.');
});

test('the question about leftovers counts and lists', () => {
  expect(leftoverHeading(1)).toBe('Signoff stopped unexpectedly while 1 session was held');
  expect(leftoverHeading(2)).toBe('Signoff stopped unexpectedly while 2 sessions were held');
  expect(leftoverWarning(1)).toBe('Without an answer it is signed off in');
  expect(leftoverWarning(2)).toBe('Without an answer they are signed off in');
});

test('names are listed as a sentence lists them, of many only the first', () => {
  expect(listNames(['A'])).toBe('A');
  expect(listNames(['A', 'B'])).toBe('A and B');
  expect(listNames(['A', 'B', 'C'])).toBe('A, B, and C');
  expect(listNames(['A', 'B', 'C', 'D', 'E'])).toBe('A, B, C, and 2 more');
});

test('the time left is whole seconds and never negative', () => {
  expect(timeLeft(10_000, 2600)).toBe('8 s left');
  expect(timeLeft(10_000, 12_000)).toBe('0 s left');
});

test('times past are coarse, and a clock set back does not make them future', () => {
  expect(ago(10_000, 9000)).toBe('just now');
  expect(ago(0, 4 * MINUTE + 59_000)).toBe('4 minutes ago');
  expect(ago(0, 26 * HOUR)).toBe('1 day ago');
  expect(heldFor(0, 59_000)).toBe('Held for less than a minute');
  expect(heldFor(0, 12 * MINUTE)).toBe('Held for 12 min');
  expect(heldFor(0, 95 * MINUTE + 30_000)).toBe('Held for 1 h 35 min');
});

test('a sign-off under way says why, whether by force and which attempt it is', () => {
  const ending = { cause: 'asked', forced: false, attempt: 0, deadline: 0 } as const;
  expect(attemptWords(ending)).toBe('Attempt 1');
  expect(endingWords(ending)).toBe('Signing off · attempt 1');
  expect(endingWords({ ...ending, forced: true, attempt: 2 })).toBe(
    'Signing off by force · attempt 2',
  );
  expect(endingWords({ ...ending, cause: 'quit', forced: true })).toBe(
    'Signing off on quit · attempt 1',
  );
});

test('the host stands for the server; what is no address stays as it is', () => {
  expect(hostOf('http://127.0.0.1:8080/x')).toBe('127.0.0.1:8080');
  expect(hostOf('not an address')).toBe('not an address');
});
