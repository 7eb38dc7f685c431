import { describe, expect, test } from 'vitest';
import { chooseLanguage } from '../../../main/shell/language.ts';

describe('the language', () => {
  test('is the one that is set, whatever the person prefers elsewhere', () => {
    expect(chooseLanguage('ja', ['de-DE'])).toBe('ja');
  });

  test.each([
    { preferred: ['en-GB'], chosen: 'en' },
    { preferred: ['pt-PT'], chosen: 'pt-BR' },
    { preferred: ['pt-BR'], chosen: 'pt-BR' },
    { preferred: ['es-419'], chosen: 'es' },
    { preferred: ['fr_CA'], chosen: 'fr' },
    { preferred: ['DE-at'], chosen: 'de' },
    { preferred: ['ja-Jpan-JP'], chosen: 'ja' },
  ])('comes as close to $preferred as there is one', ({ preferred, chosen }) => {
    expect(chooseLanguage('system', preferred)).toBe(chosen);
  });

  test('is the first that the person prefers and Signoff speaks', () => {
    expect(chooseLanguage('system', ['zh-Hans-CN', 'sv', 'fr-BE', 'en-US'])).toBe('fr');
  });

  test('is not taken for another that begins alike', () => {
    expect(chooseLanguage('system', ['est-EE', 'de'])).toBe('de');
  });

  test.each([[[]], [['zh']], [['']], [['C']]])(
    'is English where it is none of these (%j)',
    (none) => {
      expect(chooseLanguage('system', none)).toBe('en');
    },
  );
});
