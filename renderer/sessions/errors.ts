import type { Problem, Reply } from '../../preload/contract.ts';
import { type FormErrors, formErrorsOf, generalError } from '../text/form-errors.ts';
import { words } from '../text/language.ts';
import { reasonOf } from '../text/reasons.ts';
import { type Draft, type Field, fieldsOf } from './draft.ts';

export type DraftErrors = FormErrors<Field>;

type FailedCheck = Extract<Reply<'checkAddress'>, { ok: false }>;

/** The field that a failed check is about. */
const WRONG_FIELDS = { host: 'server', site: 'fqSiteName', pool: 'pool' } as const;

/** The problems of a hand-in as the form's errors. */
export function inputErrors(problems: readonly Problem[], kind: Draft['kind']): DraftErrors {
  return formErrorsOf(problems, fieldsOf(kind), words.value.sessions.fields);
}

/** A failed check of the address as the form's errors, with its reason. */
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

/** The errors that remain after fields were changed. General ones were about the old draft. */
export function errorsAfterChange(
  { byField }: DraftErrors,
  ...changed: readonly Field[]
): DraftErrors {
  return {
    byField: new Map([...byField].filter(([name]) => !changed.includes(name))),
    general: [],
  };
}
