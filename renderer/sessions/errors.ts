import type { Problem, Reply } from '../../preload/contract.ts';
import { type FormErrors, formErrorsOf, generalError } from '../text/form-errors.ts';
import { words } from '../text/language.ts';
import { reasonOf } from '../text/reasons.ts';
import { type Draft, type Field, fieldsOf } from './draft.ts';

export type DraftErrors = FormErrors<Field>;

type FailedCheck = Extract<Reply<'checkAddress'>, { ok: false }>;

/** The field that holds what the server does not know. */
const WRONG_FIELDS = { host: 'server', site: 'fqSiteName', pool: 'pool' } as const;

/** What a hand-in found wrong with the draft. */
export function inputErrors(problems: readonly Problem[], kind: Draft['kind']): DraftErrors {
  return formErrorsOf(problems, fieldsOf(kind), words.value.sessions.fields);
}

/** What a check of the address found wrong, with what is known of it besides. */
export function checkErrors(check: FailedCheck, kind: Draft['kind']): DraftErrors {
  const { wrong } = check;
  if (wrong === 'input') return inputErrors(check.problems, kind);
  const { checkWrong, serverSaid } = words.value.sessions;
  const reason = check.code === '' ? null : reasonOf(check);
  const known = reason?.by === 'server' ? serverSaid(reason.text) : reason?.text;
  const text = known === undefined ? checkWrong[wrong] : `${checkWrong[wrong]} ${known}`;
  if (wrong === 'unclear') return generalError(text);
  return { byField: new Map([[WRONG_FIELDS[wrong], text]]), general: [] };
}

/** What is left of them once the field is changed: what was said of the whole is about another draft. */
export function errorsAfterChange({ byField }: DraftErrors, changed: Field): DraftErrors {
  return { byField: new Map([...byField].filter(([name]) => name !== changed)), general: [] };
}
