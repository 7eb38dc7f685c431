import type { Problem, Reply } from '../../preload/contract.ts';
import { formErrorsOf, generalError, noErrors, problemWords } from '../text/form-errors.ts';
import { words } from '../text/language.ts';
import { type Reason, reasonOf } from '../text/reasons.ts';
import { SIGN_IN_FIELDS, type SignInDraft, type SignInField } from './draft.ts';

/** Why a sign-in came to nothing: which step, what stood in the way, and what to do. */
export interface Failure {
  readonly title: string;
  readonly reason: Reason | null;
  readonly advice: string;
}

/** What is wrong with a sign-in, in words. */
export interface SignInErrors {
  /** The fields to look at; with a sentence where there is more to say than the failure does. */
  readonly byField: ReadonlyMap<SignInField, string | null>;
  readonly general: readonly string[];
  readonly failure: Failure | null;
}

type Failed = Extract<Reply<'signIn'>, { why: 'failed' }>;

export const noSignInErrors: SignInErrors = { ...noErrors, failure: null };

export function signInError(message: string): SignInErrors {
  return { ...generalError(message), failure: null };
}

/** The problems of what was typed. */
export function inputErrors(problems: readonly Problem[]): SignInErrors {
  const { fields, problems: ownWords } = words.value.signIn;
  const messageOf = (problem: Problem): string =>
    Object.entries(ownWords).find(([code]) => code === problem.code)?.[1] ?? problemWords(problem);
  return { ...formErrorsOf(problems, SIGN_IN_FIELDS, fields, messageOf), failure: null };
}

/** The field that an advice is about. */
const ADVISED: Partial<Record<Failed['advice'], SignInField>> = {
  password: 'password',
  account: 'accountId',
  site: 'site',
};

/** The step that failed, with the field that is to be looked at. */
export function failureErrors(failed: Failed): SignInErrors {
  const say = words.value.signIn;
  const field = ADVISED[failed.advice];
  return {
    byField: new Map(field === undefined ? [] : [[field, null]]),
    general: [],
    failure: {
      title: say.failed[failed.step],
      reason: faultOf(failed.code) ?? reasonOf(failed),
      advice: say.advice[failed.advice],
    },
  };
}

/** What Signoff itself says of it; null where that is the server's to say. */
function faultOf(code: string): Reason | null {
  const text = Object.entries(words.value.signIn.faults).find(([name]) => name === code)?.[1];
  return text === undefined ? null : { by: 'signoff', text };
}

/**
 * What is left of them once this is changed. How the last try failed stays to be read, unless it is about
 * what is changed.
 */
export function errorsAfterChange(
  errors: SignInErrors,
  changed: Partial<SignInDraft>,
): SignInErrors {
  const { byField, failure } = errors;
  const fields = SIGN_IN_FIELDS.filter((field) => field in changed);
  if (fields.length === 0) return errors;
  return {
    byField: new Map([...byField].filter(([name]) => !fields.includes(name))),
    general: [],
    failure: fields.some((field) => byField.has(field)) ? null : failure,
  };
}
