import type { Request, State } from '../../preload/contract.ts';

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

/** Every field that a session can have, in the order in which they are shown. */
export const FIELDS: readonly Field[] = [
  'server',
  'fqSiteName',
  'pool',
  'accountId',
  'sessionId',
  'label',
];

/** What the form shows: what is typed already, or else what IT has laid down for every session. */
export function prefilled(draft: Draft, defaults: State['handInDefaults']): Draft {
  return FIELDS.every((field) => draft[field] === '') ? { ...draft, ...defaults } : draft;
}

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
