import type { Plugin } from 'vite';

/** Escapes non-ASCII characters: one beyond Latin-1 makes V8 store a source in two bytes per character. */
export function ascii(): Plugin {
  return {
    name: 'ascii',
    generateBundle(_options, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk') continue;
        chunk.code = chunk.code.replaceAll(/[^\0-\x7F]/g, (character) => escape16(character));
      }
    },
  };
}

function escape16(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
