import type { Language, Words } from './words.ts';

const catalogues: Record<Language, () => Promise<Words>> = {
  en: async () => (await import('./en/index.ts')).en,
  es: async () => (await import('./es/index.ts')).es,
  fr: async () => (await import('./fr/index.ts')).fr,
  de: async () => (await import('./de/index.ts')).de,
  ja: async () => (await import('./ja/index.ts')).ja,
  'pt-BR': async () => (await import('./pt-BR/index.ts')).ptBR,
};

/** What is said in that language, without reading the other languages' catalogues. */
export function loadWords(language: Language): Promise<Words> {
  return catalogues[language]();
}
