import type { CallEnd } from '../chat/call-end.ts';
import type { Outcome, Receipt } from './receipt.ts';

type ReceiptError = NonNullable<Receipt['error']>;

/** What an ended call means for the session, and what is told to people when it is not over. */
export interface Verdict {
  readonly outcome: Outcome;
  readonly error: ReceiptError | null;
}

/** The error code where something answered that is no chat server. */
export const NOT_THIS_API = 'NOT_THIS_API';

/** Maps every way in which a call can end to an outcome. */
export function verdictOf(end: CallEnd): Verdict {
  switch (end.kind) {
    case 'success':
      return { outcome: 'ended', error: null };
    case 'system-error':
      return failed('refused', end.code, end.message, end.status);
    case 'exception': {
      const outcome = exceptionOutcome(end.status, end.code);
      return failed(outcome, end.code ?? `HTTP_${end.status}`, end.message, end.status);
    }
    case 'not-this-api':
      return failed('not-found', NOT_THIS_API, end.message, end.status);
    case 'too-large':
      return failed('not-found', 'REPLY_TOO_LARGE', end.message, end.status);
    case 'no-reply':
      return failed('unreachable', end.fault.toUpperCase().replaceAll('-', '_'), end.message, null);
    case 'timed-out':
      return failed('timed-out', 'TIMED_OUT', end.message, null);
  }
}

/** Whether trying again can help: a refusal and a wrong address stay what they are. */
export function isRetryable(outcome: Outcome): boolean {
  return outcome === 'server-error' || outcome === 'unreachable' || outcome === 'timed-out';
}

function failed(outcome: Outcome, code: string, message: string, status: number | null): Verdict {
  return { outcome, error: { code, message, status } };
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
