import type { Answer } from '../chat/answer.ts';
import type { CallEnd } from '../chat/call-end.ts';
import { FIELD_PROBLEMS } from '../common/fields.ts';
import type { Problem } from '../sessions/hand-in.ts';
import type * as z from 'zod';
import { outcomeOf } from '../signoff/outcome.ts';
import type { signInEndSchemas } from './sign-in-end-schema.ts';

type WithGoodInput = Readonly<z.infer<(typeof signInEndSchemas)[number]>>;
export type SignInFailure = Extract<WithGoodInput, { why: 'failed' }>;
export type SignInStep = SignInFailure['step'];
/** What the person can do about a failure. */
export type SignInAdvice = SignInFailure['advice'];

/** How a sign-in ended. After a conflict the person is asked, and it is repeated with `takeOver`. */
export type SignInEnd =
  WithGoodInput | { readonly ok: false; readonly why: 'input'; readonly problems: Problem[] };

export function failed(
  step: SignInStep,
  code: string,
  message: string,
  advice: SignInAdvice,
): SignInFailure {
  return { ok: false, why: 'failed', step, code, message, advice };
}

/** The failure of a step whose call ended so. */
export function failedBy(step: SignInStep, end: CallEnd): SignInFailure {
  const { error } = outcomeOf(end);
  const code = error?.code ?? 'UNEXPECTED';
  const message = error?.message ?? 'The server answered with something unexpected.';
  return failed(step, code, message, adviceOn(step, end));
}

/** The failure of a step whose call was answered without a value that can be used. */
export function failedWithout(
  step: SignInStep,
  { end, refused }: Extract<Answer<unknown>, { ok: false }>,
): SignInFailure {
  if (refused === undefined) return failedBy(step, end);
  const { field, problem } = refused;
  const message = `The site's answer has a ${field} that cannot be used: it ${FIELD_PROBLEMS[problem]}.`;
  return failed(step, `${UNUSABLE}${field}`, message, 'ask-it');
}

/** In front of the name of a field whose value cannot be used: a code of a failure. */
const UNUSABLE = 'UNUSABLE_';

function adviceOn(step: SignInStep, end: CallEnd): SignInAdvice {
  switch (end.kind) {
    case 'no-reply':
    case 'timed-out':
      return 'network';
    case 'unconfirmed':
      // Something in front of the server lets nobody through.
      if (end.status === 403) return 'ask-it';
      return step === 'settings' ? 'site' : 'try-again';
    case 'not-this-api':
    case 'too-large':
      return step === 'settings' ? 'site' : 'try-again';
    case 'exception':
      return adviceOnException(step, end.status, end.code);
    case 'success':
    case 'system-error':
      return 'ask-it';
  }
}

function adviceOnException(step: SignInStep, status: number, code: string | null): SignInAdvice {
  if (status === 401 || status === 403 || code === 'ACCESS_DENIED') {
    // In this step it is the token that was refused, and each sign-in gets a new one.
    return step === 'session' ? 'try-again' : 'password';
  }
  if (status === 409 || status >= 500 || status === 408 || status === 429 || status < 300)
    return 'try-again';
  return step === 'settings' && status === 404 ? 'site' : 'ask-it';
}
