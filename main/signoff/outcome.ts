import { type CallEnd, codeOf, type FailedCallEnd } from '../chat/call-end.ts';
import type { Outcome, Receipt } from '../results/receipt.ts';

type ReceiptError = NonNullable<Receipt['error']>;

/** What an ended call means for the session, and the error to show when the session is not over. */
export interface CallOutcome {
  readonly outcome: Outcome;
  readonly error: ReceiptError | null;
}

/** Maps the end of a call to an outcome. */
export function outcomeOf(end: CallEnd): CallOutcome {
  if (end.kind === 'success') return { outcome: 'ended', error: null };
  const status = 'status' in end ? end.status : null;
  return {
    outcome: outcomeOfFailure(end),
    error: { code: codeOf(end), message: end.message, status },
  };
}

function outcomeOfFailure(end: FailedCallEnd): Outcome {
  switch (end.kind) {
    case 'system-error':
      return 'refused';
    case 'exception':
      return outcomeOfException(end.status, end.code);
    case 'not-this-api':
    case 'too-large':
      return 'not-found';
    case 'no-reply':
      return 'unreachable';
    case 'timed-out':
      return 'timed-out';
  }
}

/** Whether a retry can help; a refusal or a wrong address will not change. */
export function isRetryable(outcome: Outcome): boolean {
  return outcome === 'server-error' || outcome === 'unreachable' || outcome === 'timed-out';
}

function outcomeOfException(status: number, code: string | null): Outcome {
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
  // Request Timeout, Too Early and Too Many Requests ask for a retry.
  if (status === 408 || status === 425 || status === 429 || status >= 500) return 'server-error';
  return 'not-found';
}
