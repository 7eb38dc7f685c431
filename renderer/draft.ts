import type { Problem, Request } from '../preload/contract.ts';

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

const FIELDS: readonly Field[] = [
  'server',
  'fqSiteName',
  'pool',
  'accountId',
  'sessionId',
  'label',
];

export const FIELD_LABELS: Record<Field, string> = {
  server: 'Server address',
  fqSiteName: 'Site name',
  pool: 'Pool',
  accountId: 'Account id',
  sessionId: 'Session id',
  label: 'Label',
};

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

interface Pasted {
  readonly draft: Draft;
  /** Keys that mean nothing here and were left out. */
  readonly unknown: readonly string[];
}

/** The session JSON in a pasted text, or null when the text is something else. */
export function readPasted(text: string): Pasted | null {
  const json = parseObject(text);
  if (json === null) return null;
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
  return { draft: { ...emptyDraft, ...known, kind }, unknown };
}

function parseObject(text: string): Record<string, unknown> | null {
  if (!text.trim().startsWith('{')) return null;
  try {
    // The text begins with a brace, so what it holds is an object.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return null;
  }
}

/**
 * The problems as sentences by the field they stand beside; those of no shown field belong to the
 * whole. A field's problem comes without its name ("is missing"), one of the whole as a sentence.
 */
export function sortProblems(
  problems: readonly Problem[],
  kind: Draft['kind'],
): { byField: ReadonlyMap<Field, string>; whole: readonly string[] } {
  const byField = new Map<Field, string>();
  const whole: string[] = [];
  for (const { field: name, message } of problems) {
    const field = fieldsOf(kind).find((shown) => shown === name);
    if (field === undefined) {
      whole.push(name ? `“${name}” ${message}` : message);
      continue;
    }
    const before = byField.get(field) ?? FIELD_LABELS[field];
    byField.set(field, byField.has(field) ? `${before}; ${message}` : `${before} ${message}`);
  }
  return { byField, whole };
}
