import type { Problem, Reply, Request, State } from '../../preload/contract.ts';
import { reasonOf } from '../text/reasons.ts';
import { words } from '../text/language.ts';

type Session = Request<'hold'>['session'];

/** What is typed into the form. */
export interface Draft {
  readonly kind: 'agent' | 'engagement';
  readonly server: string;
  readonly fqSiteName: string;
  readonly pool: string;
  readonly accountId: string;
  readonly sessionId: string;
  readonly label: string;
}

export type Field = Exclude<keyof Draft, 'kind'>;

export const emptyDraft: Draft = {
  kind: 'agent',
  server: '',
  fqSiteName: '',
  pool: '',
  accountId: '',
  sessionId: '',
  label: '',
};

/** What the form shows: what is typed already, or else what IT has laid down for every session. */
export function prefilled(draft: Draft, defaults: State['handInDefaults']): Draft {
  return FIELDS.every((field) => draft[field] === '') ? { ...draft, ...defaults } : draft;
}

const FIELDS: readonly Field[] = [
  'server',
  'fqSiteName',
  'pool',
  'accountId',
  'sessionId',
  'label',
];

/** The fields that a session of this kind has, in the order in which they are shown. */
export function fieldsOf(kind: Draft['kind']): readonly Field[] {
  return FIELDS.filter((field) => field !== 'accountId' || kind === 'agent');
}

export function isOptional(field: Field, kind: Draft['kind']): boolean {
  return field === 'label' || (field === 'pool' && kind === 'agent');
}

/** The session as it is handed in: trimmed, without the optional fields that are empty. */
export function toSession(draft: Draft): Session {
  const session: Session = { kind: draft.kind };
  for (const field of fieldsOf(draft.kind)) {
    const value = draft[field].trim();
    if (value || !isOptional(field, draft.kind)) session[field] = value;
  }
  return session;
}

/** The session as its address is asked about: what tells it apart is of no use to that, and stays here. */
export function toAddress(draft: Draft): Session {
  return toSession({ ...draft, accountId: '0', sessionId: 'address-only', label: '' });
}

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

/** What is wrong with a draft, in sentences: by the field that they stand beside, and with the whole. */
export interface Wrongs {
  readonly byField: ReadonlyMap<Field, string>;
  readonly whole: readonly string[];
}

export const nothingWrong: Wrongs = { byField: new Map(), whole: [] };

/** What is left of them once the field is changed: what was said of the whole is about another one. */
export function mended({ byField }: Wrongs, field: Field): Wrongs {
  return { byField: new Map([...byField].filter(([name]) => name !== field)), whole: [] };
}

/**
 * The problems of a hand-in; those of no shown field belong to the whole. A field's problem comes
 * without its name ("is missing"), one of the whole as a sentence.
 */
export function sortProblems(problems: readonly Problem[], kind: Draft['kind']): Wrongs {
  const { fields, fieldProblem, unknownFieldProblem } = words.value.sessions;
  const byField = new Map<Field, string>();
  const whole: string[] = [];
  for (const problem of problems) {
    const { field: name } = problem;
    const message = problemWords(problem);
    const field = fieldsOf(kind).find((shown) => shown === name);
    if (field === undefined) {
      whole.push(name ? unknownFieldProblem(name, message) : message);
      continue;
    }
    const before = byField.get(field);
    byField.set(
      field,
      before === undefined ? fieldProblem(fields[field], message) : `${before}; ${message}`,
    );
  }
  return { byField, whole };
}

/** A problem in the agent’s language where it is a known one. */
export function problemWords({ code, message }: Problem): string {
  const known = Object.entries(words.value.sessions.problems);
  return known.find(([name]) => name === code)?.[1] ?? message;
}

type FailedCheck = Extract<Reply<'checkAddress'>, { ok: false }>;

/** The field that holds what the server does not know. */
const WRONG_FIELDS = { host: 'server', site: 'fqSiteName', pool: 'pool' } as const;

/** What a check of the address found wrong, with what is known of it besides. */
export function checkWrongs(check: FailedCheck, kind: Draft['kind']): Wrongs {
  const { wrong } = check;
  if (wrong === 'input') return sortProblems(check.problems, kind);
  const { checkWrong, serverSaid } = words.value.sessions;
  const reason = check.code === '' ? null : reasonOf(check);
  const known = reason?.by === 'server' ? serverSaid(reason.text) : reason?.text;
  const text = known === undefined ? checkWrong[wrong] : `${checkWrong[wrong]} ${known}`;
  if (wrong === 'unclear') return { byField: new Map(), whole: [text] };
  return { byField: new Map([[WRONG_FIELDS[wrong], text]]), whole: [] };
}
