import { cleaned } from '../../main/common/typed.ts';
import type { Request, State } from '../../preload/contract.ts';

type Session = Request<'hold'>['session'];

/** All fields, in display order. */
export const FIELDS = ['server', 'fqSiteName', 'pool', 'accountId', 'sessionId', 'label'] as const;
export type Field = (typeof FIELDS)[number];

/** The input of the form. */
export interface Draft extends Readonly<Record<Field, string>> {
  readonly kind: 'agent' | 'engagement';
}

export const emptyDraft: Draft = {
  kind: 'agent',
  server: '',
  fqSiteName: '',
  pool: '',
  accountId: '',
  sessionId: '',
  label: '',
};

/** The draft, or if nothing was typed yet, IT's defaults. */
export function prefilled(draft: Draft, defaults: State['handInDefaults']): Draft {
  return FIELDS.every((field) => draft[field] === '') ? { ...draft, ...defaults } : draft;
}

/** The fields of a session of this kind, in display order. */
export function fieldsOf(kind: Draft['kind']): readonly Field[] {
  return FIELDS.filter((field) => field !== 'accountId' || kind === 'agent');
}

export function isOptional(field: Field, kind: Draft['kind']): boolean {
  return field === 'label' || (field === 'pool' && kind === 'agent');
}

/** The draft without what comes along when values are copied, and in which fields there was such, beside blanks. */
export function cleanedDraft(draft: Draft): { draft: Draft; fields: readonly Field[] } {
  const clean = Object.fromEntries(FIELDS.map((field) => [field, cleaned(field, draft[field])]));
  return {
    draft: { ...draft, ...clean },
    fields: FIELDS.filter((field) => clean[field]?.trim() !== draft[field].trim()),
  };
}

/** The session to hand in: trimmed, without empty optional fields. */
export function toSession(draft: Draft): Session {
  const session: Session = { kind: draft.kind };
  for (const field of fieldsOf(draft.kind)) {
    const value = draft[field].trim();
    if (value || !isOptional(field, draft.kind)) session[field] = value;
  }
  return session;
}

/** The session to check the address with. Its ids are not needed and not sent. */
export function toAddress(draft: Draft): Session {
  return toSession({ ...draft, accountId: '0', sessionId: 'address-only', label: '' });
}
