import { expect, test } from 'vitest';
import { openWording } from '../../../main/shell/wording.ts';
import { de } from '../../../words/de/index.ts';
import { en } from '../../../words/en/index.ts';
import { fr } from '../../../words/fr/index.ts';
import type { Language } from '../../../words/words.ts';

test('what is said follows the language once its words are there', async () => {
  let language: Language = 'de';
  const { words, changed } = await openWording(() => language);
  expect(words()).toBe(de);
  language = 'fr';
  const loaded = changed();
  expect(words()).toBe(de);
  await loaded;
  expect(words()).toBe(fr);
});

test('of two changes the later one counts', async () => {
  let language: Language = 'de';
  const { words, changed } = await openWording(() => language);
  language = 'fr';
  const first = changed();
  language = 'en';
  await Promise.all([changed(), first]);
  expect(words()).toBe(en);
});
