import { afterEach, describe, expect, test } from 'vitest';
import { language } from '../../../renderer/text/language.ts';
import { hostOf, listNames } from '../../../renderer/text/names.ts';
import {
  ago,
  clockLeft,
  clockWords,
  countdown,
  duration,
  heldFor,
  moment,
  timeLeft,
} from '../../../renderer/text/time.ts';
import { withSpaces } from '../../support/with-spaces.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

test.each([
  [192_000, '3:12'],
  [240_000, '4:00'],
  [9_001, '0:10'],
  [-1, '0:00'],
])('what is left of %d ms in minutes and seconds is %s', (ms, text) => {
  expect(clockLeft(1_000_000 + ms, 1_000_000)).toBe(text);
});

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
    expect(withSpaces(duration(ms))).toBe(text);
  });

  test('a number and its unit are never torn apart', () => {
    expect(duration(3 * MINUTE + 5000)).toBe('3\u00a0min\u00a05\u00a0s');
  });

  test('a clock is ahead or behind, with how sure that is', () => {
    expect(withSpaces(clockWords(-1240, 15.3))).toBe('1.2 s behind ± 15 ms');
    expect(withSpaces(clockWords(40, null))).toBe('40 ms ahead');
  });
});

test('names are listed as a sentence lists them, of many only the first', () => {
  expect(listNames(['A'])).toBe('A');
  expect(listNames(['A', 'B'])).toBe('A and B');
  expect(listNames(['A', 'B', 'C'])).toBe('A, B, and C');
  expect(listNames(['A', 'B', 'C', 'D', 'E'])).toBe('A, B, C, and 2 more');
});

test('the time left is whole seconds and never negative', () => {
  expect(withSpaces(timeLeft(10_000, 2600))).toBe('8 s left');
  expect(withSpaces(timeLeft(10_000, 12_000))).toBe('0 s left');
});

test('a countdown is as wide with one digit as with two', () => {
  expect(withSpaces(countdown(12_000, 0))).toBe('12 s');
  expect(withSpaces(countdown(9000, 0))).toBe('\u20079 s');
});

test('times past are coarse, and a clock set back does not make them future', () => {
  expect(ago(10_000, 9000)).toBe('just now');
  expect(ago(0, 4 * MINUTE + 59_000)).toBe('4 minutes ago');
  expect(ago(0, 26 * HOUR)).toBe('1 day ago');
  expect(withSpaces(heldFor(0, 59_000))).toBe('Held for less than a minute');
  expect(withSpaces(heldFor(0, 12 * MINUTE))).toBe('Held for 12 min');
  expect(withSpaces(heldFor(0, 95 * MINUTE + 30_000))).toBe('Held for 1 h 35 min');
});

test('the host stands for the server; what is no address stays as it is', () => {
  expect(hostOf('http://127.0.0.1:8080/x')).toBe('127.0.0.1:8080');
  expect(hostOf('not an address')).toBe('not an address');
});

describe('in another language', () => {
  afterEach(() => {
    language.value = 'en';
  });

  test('a narrow space stays one', () => {
    language.value = 'fr';
    expect(duration(40)).toBe('40\u202fms');
  });

  test('numbers, units and lists are that language’s', () => {
    language.value = 'fr';
    expect(withSpaces(duration(1240))).toBe('1,2 s');
    expect(withSpaces(duration(2 * DAY + 3 * HOUR))).toBe('2 j 3 h');
    expect(listNames(['A', 'B', 'C', 'D'])).toBe('A, B, C et 1 autre');
  });

  test('times past and dates are that language’s', () => {
    language.value = 'de';
    expect(ago(0, 4 * MINUTE)).toBe('vor 4 Minuten');
    expect(withSpaces(heldFor(0, 12 * MINUTE))).toBe('Seit 12 min gehalten');
    expect(moment(Date.UTC(2026, 10, 20, 12))).toContain('20.11.2026');
  });
});
