import { words } from '../text/language.ts';
import { type Draft, emptyDraft, type Field, FIELDS } from './draft.ts';

/** What became of a pasted text. */
export type Pasted =
  /** `unknown` are keys that mean nothing here and were left out. */
  | { readonly kind: 'session'; readonly draft: Draft; readonly unknown: readonly string[] }
  /** Meant to be JSON, but none: why, in words. */
  | { readonly kind: 'broken'; readonly why: string };

/** The session JSON in a pasted text, or null when the text is something else. */
export function readPasted(text: string): Pasted | null {
  if (!/^\s*\{\s*("|$)/.test(text)) return null;
  let json: Record<string, unknown>;
  try {
    // The text begins with a brace, so what it holds is an object.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    json = JSON.parse(text) as Record<string, unknown>;
  } catch {
    // Where it breaks is looked for below.
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
  if (!breaksWithin(text)) return pastedCutOff;
  // The engine does not always say where: the shortest beginning that breaks ends there.
  let [whole, broken] = [0, text.length];
  while (broken - whole > 1) {
    const middle = Math.floor((whole + broken) / 2);
    if (breaksWithin(text.slice(0, middle))) broken = middle;
    else whole = middle;
  }
  const lines = text.slice(0, whole).split('\n');
  return pastedBroken(lines.length, (lines.at(-1)?.length ?? 0) + 1);
}

/** Whether something in the text cannot stand in JSON; what only lacks its end does not break. */
function breaksWithin(text: string): boolean {
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
