import { type CallEnd, codeOf, type FailedCallEnd } from '../chat/call-end.ts';
import type { Outcome, Receipt } from '../results/receipt.ts';

type ReceiptError = NonNullable<Receipt['error']>;

/** What an ended call means for the session, and what is told to people when it is not over. */
export interface Verdict {
  readonly outcome: Outcome;
  readonly error: ReceiptError | null;
}

/** Maps every way in which a call can end to an outcome. */
export function verdictOf(end: CallEnd): Verdict {
  if (end.kind === 'success') return { outcome: 'ended', error: null };
  const status = 'status' in end ? end.status : null;
  return { outcome: outcomeOf(end), error: { code: codeOf(end), message: end.message, status } };
}

function outcomeOf(end: FailedCallEnd): Outcome {
  switch (end.kind) {
    case 'system-error':
      return 'refused';
    case 'exception':
      return exceptionOutcome(end.status, end.code);
    case 'not-this-api':
    case 'too-large':
      return 'not-found';
    case 'no-reply':
      return 'unreachable';
    case 'timed-out':
      return 'timed-out';
  }
}

/** Whether trying again can help: a refusal and a wrong address stay what they are. */
export function isRetryable(outcome: Outcome): boolean {
  return outcome === 'server-error' || outcome === 'unreachable' || outcome === 'timed-out';
}

function exceptionOutcome(status: number, code: string | null): Outcome {
  switch (code) {
    case 'ACCESS_DENIED':
    case 'BAD_REQUEST':
      return 'refused';
    case 'INTERNAL_SERVER_ERROR':
    case 'UNKNOWN_EXCEPTION':
      return 'server-error';
    default:
  }
  // The pages: 403 is "the session identifier is unknown", which is how an ended session looks.
  if (status === 403) return 'already-over';
  if (status === 400 || status === 401) return 'refused';
  // Too early, too slow, too many: statuses that ask for another try.
  if (status === 408 || status === 425 || status === 429 || status >= 500) return 'server-error';
  return 'not-found';
}
