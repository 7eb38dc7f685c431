import type { CallEnd } from '../chat/call-end.ts';
import type { Problem } from '../sessions/hand-in.ts';
import { verdictOf } from '../signoff/outcome.ts';

/** What a sign-in goes through, in this order. */
export type SignInStep = 'settings' | 'token' | 'session' | 'status';

/** What the person can do about a failure. */
export type SignInAdvice =
  'password' | 'account' | 'site' | 'network' | 'try-again' | 'ask-it' | 'disk';

export type SignInFailure = {
  readonly ok: false;
  readonly why: 'failed';
  readonly step: SignInStep;
  readonly code: string;
  /** The server's own words, or what was in the way. */
  readonly message: string;
  readonly advice: SignInAdvice;
};

/** How a sign-in ended. */
export type SignInEnd =
  /** Signed in and held under this id; `statusProblem` is why the status could not be set, in words. */
  | { readonly ok: true; readonly id: string; readonly statusProblem: string | null }
  | { readonly ok: false; readonly why: 'input'; readonly problems: Problem[] }
  /**
   * The server has a session for the agent already. `perhapsOurs`: it may be of a try whose answer was
   * lost. The person is asked, and the sign-in made again with `takeOver`.
   */
  | {
      readonly ok: false;
      readonly why: 'conflict';
      readonly message: string;
      readonly perhapsOurs: boolean;
    }
  | { readonly ok: false; readonly why: 'cancelled' }
  | SignInFailure;

export function failed(
  step: SignInStep,
  code: string,
  message: string,
  advice: SignInAdvice,
): SignInFailure {
  return { ok: false, why: 'failed', step, code, message, advice };
}

/** The failure of a step whose call ended like this. */
export function failedBy(step: SignInStep, end: CallEnd): SignInFailure {
  const { error } = verdictOf(end);
  const code = error?.code ?? 'UNEXPECTED';
  const message = error?.message ?? 'The server answered with something unexpected.';
  return failed(step, code, message, adviceOn(step, end));
}

function adviceOn(step: SignInStep, end: CallEnd): SignInAdvice {
  switch (end.kind) {
    case 'no-reply':
    case 'timed-out':
      return 'network';
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
    // There, it is the token that was turned down, and each try gets a new one.
    return step === 'session' ? 'try-again' : 'password';
  }
  if (status === 409 || status >= 500 || status === 408 || status === 429 || status < 300)
    return 'try-again';
  return step === 'settings' && status === 404 ? 'site' : 'ask-it';
}
