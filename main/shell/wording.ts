import { loadWords } from '../../words/load-words.ts';
import type { Language, Words } from '../../words/words.ts';

/** What main says, in the agent's language of the moment. */
export interface Wording {
  readonly words: () => Words;
  /** To be called when the language may be another one. Resolves when its words are there. */
  changed(): Promise<void>;
}

/** Reads the one catalogue that is needed: start-up would wait for all of them, and memory keep them. */
export async function openWording(language: () => Language): Promise<Wording> {
  let words = await loadWords(language());
  return {
    words: () => words,
    async changed() {
      const wanted = language();
      const loaded = await loadWords(wanted);
      // Whoever was asked last is right, not whoever came last.
      if (wanted === language()) words = loaded;
    },
  };
}
