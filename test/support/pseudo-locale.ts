import { en } from '../../words/en/index.ts';
import type { Words } from '../../words/words.ts';

/**
 * English twice over, between brackets: longer than any language that there is, and what stands in
 * the window without brackets does not come out of the catalogue.
 */
export function pseudoLocale(): Words {
  // Every text and every function stays in its place, so the shape is the same.
  return twice(en) as Words;
}

function twice(said: unknown): unknown {
  if (typeof said === 'string') return `[${said} ${said}]`;
  if (isSaying(said)) return (...given: unknown[]) => twice(said(...given));
  if (typeof said !== 'object' || said === null) return said;
  return Object.fromEntries(Object.entries(said).map(([key, value]) => [key, twice(value)]));
}

function isSaying(said: unknown): said is (...given: unknown[]) => unknown {
  return typeof said === 'function';
}
