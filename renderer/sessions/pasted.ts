import { plainJson } from '../../main/common/typed.ts';
import { words } from '../text/language.ts';
import { type Draft, emptyDraft, type Field, FIELDS } from './draft.ts';

/** A pasted session, or why the text is not one. */
export type Pasted =
  /** `unknown` are the ignored keys. */
  | { readonly kind: 'session'; readonly draft: Draft; readonly unknown: readonly string[] }
  /** Looks like JSON but is invalid: why, in words. */
  | { readonly kind: 'broken'; readonly why: string };

/** Reads session JSON; null if the text is something else. */
export function readPasted(copied: string): Pasted | null {
  const text = plainJson(copied);
  if (!/^\s*\{\s*("|$)/.test(text)) return null;
  let json: Record<string, unknown>;
  try {
    // The text begins with a brace, so what it holds is an object.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    json = JSON.parse(text) as Record<string, unknown>;
  } catch {
    // The position is searched for below.
    return { kind: 'broken', why: whereBroken(text) };
  }
  const known: Partial<Record<Field, string>> = {};
  const unknown: string[] = [];
  for (const [key, value] of Object.entries(json)) {
    const field = FIELDS.find((name) => name === key);
    if (field && (typeof value === 'string' || typeof value === 'number')) {
      known[field] = String(value);
    } else if (key !== 'kind') {
      unknown.push(key);
    }
  }
  if (Object.keys(known).length === 0) return null;
  const kind = json['kind'] === 'engagement' ? 'engagement' : 'agent';
  return { kind: 'session', draft: { ...emptyDraft, ...known, kind }, unknown };
}

function whereBroken(text: string): string {
  const { pastedBroken, pastedCutOff } = words.value.sessions;
  if (!hasSyntaxError(text)) return pastedCutOff;
  // The engine does not always give the position, so this finds the shortest prefix with an error.
  let [valid, broken] = [0, text.length];
  while (broken - valid > 1) {
    const middle = Math.floor((valid + broken) / 2);
    if (hasSyntaxError(text.slice(0, middle))) broken = middle;
    else valid = middle;
  }
  const lines = text.slice(0, valid).split('\n');
  return pastedBroken(lines.length, (lines.at(-1)?.length ?? 0) + 1);
}

/** Whether the text has a syntax error, rather than only a missing end. */
function hasSyntaxError(text: string): boolean {
  try {
    JSON.parse(text);
    return false;
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    const position = / at position (\d+)/.exec(message)?.[1];
    if (position === undefined) return message.startsWith('Unexpected token');
    return Number(position) < text.trimEnd().length;
  }
}
