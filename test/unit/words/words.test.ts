import { describe, expect, expectTypeOf, test } from 'vitest';
import type { FieldProblem } from '../../../main/common/fields.ts';
import { LANGUAGES } from '../../../main/settings/schema.ts';
import { pseudoLocale } from '../../support/pseudo-locale.ts';
import { type Language, type Words, wordsFor } from '../../../words/words.ts';

/** Every text of a catalogue by its way through it; functions are left as they are. */
function textsOf(said: unknown, way = ''): [string, unknown][] {
  if (typeof said !== 'object' || said === null) return [[way, said]];
  return Object.entries(said).flatMap(([key, value]) => textsOf(value, `${way}.${key}`));
}

type Say = (...given: unknown[]) => unknown;

/** Every function of a catalogue that says something about what it is given. */
const functionsOf = (words: Words): [string, Say][] =>
  textsOf(words).filter((entry): entry is [string, Say] => typeof entry[1] === 'function');

const english = wordsFor('en');

/** What English is given and says again, with each kind of argument that it takes. */
function saidAgain(say: Say, length: number): (readonly unknown[])[] {
  const numbers = Array.from({ length }, (_, place) => 1000 + place);
  const names = Array.from({ length }, (_, place) => `name-${place}`);
  return [numbers, names, ...mixed(length)].filter((given) => works(say, given));
}

/** Numbers in front of names, and names in front of numbers. */
function mixed(length: number): unknown[][] {
  return Array.from({ length }, (_, front) => [
    Array.from({ length }, (__, place) => (place <= front ? 1000 + place : `name-${place}`)),
    Array.from({ length }, (__, place) => (place <= front ? `name-${place}` : 1000 + place)),
  ]).flat();
}

function works(say: Say, given: readonly unknown[]): boolean {
  try {
    return !flat(say(...given)).includes('NaN');
  } catch {
    return false;
  }
}

/** All that is said in one text, with the digits alone of the numbers in it. */
function flat(said: unknown): string {
  return textsOf(said)
    .map(([, text]) => String(text))
    .join(' ')
    .replaceAll(/(?<=\d)[.,\s\u00a0\u202f](?=\d{3})/g, '')
    .toLowerCase();
}

test('there is a catalogue for every language that can be set', () => {
  expectTypeOf<Language>().toEqualTypeOf<(typeof LANGUAGES)[number]>();
  for (const language of LANGUAGES.filter((tag) => tag !== 'en')) {
    expect(wordsFor(language), language).not.toBe(english);
  }
  expect(wordsFor('tlh')).toBe(english);
});

test('there are words for every problem of a field', () => {
  expectTypeOf<keyof Words['sessions']['problems']>().toEqualTypeOf<FieldProblem>();
});

describe.each(LANGUAGES)('%s', (language) => {
  const words = wordsFor(language);

  test('says the same things as English', () => {
    const shape = (all: Words) =>
      Object.fromEntries(textsOf(all).map(([way, said]) => [way, typeof said]));
    expect(shape(words)).toEqual(shape(english));
  });

  test('has no empty text', () => {
    const empty = textsOf(words).filter(([, said]) => typeof said === 'string' && !said.trim());
    expect(empty).toEqual([]);
  });

  test.each(functionsOf(english))('says in %s all that English says', (way, say) => {
    const found = functionsOf(words).find(([name]) => name === way)?.[1];
    const left = saidAgain(say, say.length).flatMap((given) => {
      const inEnglish = flat(say(...given));
      const here = flat(found?.(...given));
      return given.map(String).filter((one) => inEnglish.includes(one) && !here.includes(one));
    });
    expect(left).toEqual([]);
  });
});

test('English counts one and many apart', () => {
  expect(english.shell.held(1)).toBe('1 session held');
  expect(english.shell.held(1200)).toBe('1,200 sessions held');
});

test('French counts nought as one, as the French do', () => {
  expect(wordsFor('fr').results.attempts(0)).toBe('0 tentative');
});

test('the pseudo-locale says everything twice', () => {
  const long = pseudoLocale();
  expect(long.sessions.addSession).toBe('[Add session Add session]');
  expect(long.shell.held(2)).toBe('[2 sessions held 2 sessions held]');
  expect(long.sessions.kinds.agent).toBe('[Agent session Agent session]');
});
