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
  // A 202 promises an end, it does not tell of one.
  if (end.kind === 'success' && end.status === 200) return { outcome: 'ended', error: null };
  if (end.kind === 'success') {
    const message = `The server answered ${end.status}, which does not say that it is done.`;
    const { status } = end;
    return { outcome: 'unconfirmed', error: { code: `HTTP_${status}`, message, status } };
  }
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
    case 'unconfirmed':
      return 'unconfirmed';
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
    case 'CONFLICT':
      return 'refused';
    case 'DEPENDENCY_APPLICATION_TIMEOUT':
    case 'INTERNAL_SERVER_ERROR':
    case 'UNKNOWN_EXCEPTION':
      return 'server-error';
    default:
  }
  // The pages: 403 is "the session identifier is unknown", which is how an ended session looks. Whether it is the
  // chat server's own, `chat/mark.ts` has told.
  if (status === 403) return 'already-over';
  if (status === 400 || status === 401 || status === 409) return 'refused';
  // Request Timeout, Too Early and Too Many Requests ask for a retry.
  if (status === 408 || status === 425 || status === 429 || status >= 500) return 'server-error';
  // A success that names an error of its own.
  return status < 300 ? 'unconfirmed' : 'not-found';
}
