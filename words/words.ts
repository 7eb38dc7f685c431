import { de } from './de/index.ts';
import { en } from './en/index.ts';
import { es } from './es/index.ts';
import { fr } from './fr/index.ts';
import { ja } from './ja/index.ts';
import { ptBR } from './pt-BR/index.ts';

/** Everything that Signoff says to an agent, in one language. English declares what there is to say. */
export type Words = typeof en;

const catalogues = { en, es, fr, de, ja, 'pt-BR': ptBR } as const satisfies Record<string, Words>;

/** A language that there is a catalogue for, as a BCP 47 tag. */
export type Language = keyof typeof catalogues;

/** What is said in that language; in English where there is no catalogue for it. */
export function wordsFor(language: string): Words {
  const found = Object.entries(catalogues).find(([tag]) => tag === language);
  return found?.[1] ?? en;
}
