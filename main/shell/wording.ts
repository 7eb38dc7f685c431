import { loadWords } from '../../words/load-words.ts';
import type { Language, Words } from '../../words/words.ts';

/** Main's words in the agent's current language. */
export interface Wording {
  readonly words: () => Words;
  /** Call it when the language may have changed. Resolves when its words are loaded. */
  changed(): Promise<void>;
}

/** Loads only the catalogue that is needed, for start-up time and memory. */
export async function openWording(language: () => Language): Promise<Wording> {
  let words = await loadWords(language());
  return {
    words: () => words,
    async changed() {
      const wanted = language();
      const loaded = await loadWords(wanted);
      // The language may have changed again while its words were loading.
      if (wanted === language()) words = loaded;
    },
  };
}
