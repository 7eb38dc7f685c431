import type { Problem, Reply } from '../../preload/contract.ts';
import { formErrorsOf, generalError, noErrors, problemWords } from '../text/form-errors.ts';
import { lookUp, words } from '../text/language.ts';
import { type Reason, reasonOf } from '../text/reasons.ts';
import { SIGN_IN_FIELDS, type SignInDraft, type SignInField } from './draft.ts';

/** Why a sign-in failed: the step, the reason, and what to do. */
export interface Failure {
  readonly title: string;
  readonly reason: Reason | null;
  readonly advice: string;
}

/** The errors of a sign-in, in words. */
export interface SignInErrors {
  /** The fields to correct; null where the failure already says why. */
  readonly byField: ReadonlyMap<SignInField, string | null>;
  readonly general: readonly string[];
  readonly failure: Failure | null;
}

type Failed = Extract<Reply<'signIn'>, { why: 'failed' }>;

export const noSignInErrors: SignInErrors = { ...noErrors, failure: null };

export function signInError(message: string): SignInErrors {
  return { ...generalError(message), failure: null };
}

/** The problems of the input. */
export function inputErrors(problems: readonly Problem[]): SignInErrors {
  const { fields, problems: texts } = words.value.signIn;
  const messageOf = (problem: Problem): string =>
    lookUp(texts, problem.code) ?? problemWords(problem);
  return { ...formErrorsOf(problems, SIGN_IN_FIELDS, fields, messageOf), failure: null };
}

/** The field that an advice is about. */
const ADVISED_FIELDS: Partial<Record<Failed['advice'], SignInField>> = {
  password: 'password',
  account: 'accountId',
  site: 'site',
};

/** The failed step, with the field to correct. */
export function failureErrors(failed: Failed): SignInErrors {
  const say = words.value.signIn;
  const field = ADVISED_FIELDS[failed.advice];
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

/** The reason of a fault that Signoff itself found; null for the server's. */
function faultOf(code: string): Reason | null {
  // Behind it is the name of the field.
  const known = code.startsWith('UNUSABLE_') ? 'UNUSABLE' : code;
  const text = lookUp(words.value.signIn.faults, known);
  return text === undefined ? null : { by: 'signoff', text };
}

/** The errors that remain after a change. A failure stays, unless it is about a changed field. */
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
