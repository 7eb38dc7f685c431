import { computed, signal } from '@preact/signals';
import { wordsFor } from '../../words/words.ts';

/** The window's language as a BCP 47 tag. The store sets it from the app's state. */
export const language = signal('en');

/** The texts in that language. Components that read it rerender when the language changes. */
export const words = computed(() => wordsFor(language.value));

/** The text of a code, or undefined if the code is not among the texts. */
export function lookUp(
  texts: Readonly<Record<string, string>>,
  code: string | undefined,
): string | undefined {
  return code !== undefined && Object.hasOwn(texts, code) ? texts[code] : undefined;
}
