import type { HoldResult } from '../sessions/hold.ts';
import type { Exchange } from './endpoint.ts';
import {
  type ForbiddenReason,
  type GuardRules,
  checkRequest,
  claimedOrigin,
  type GuardDecision,
} from './guard.ts';
import type { OriginQuestion } from './origin-question.ts';
import type { RateLimit } from './rate-limit.ts';
import {
  FORBIDDEN,
  heldReply,
  preflightReply,
  type Reason,
  refusal,
  type Reply,
} from './replies.ts';

/** The suggested wait where the exact time is not known. */
const RETRY_AFTER_MS = 60_000;

/** Handles one request. Resolves with null when its sender has gone away. */
export function createRequestHandler(parts: {
  rules: () => GuardRules;
  rateLimit: RateLimit;
  originQuestion: Pick<OriginQuestion, 'ask'>;
  /** Reads and holds what the page sent. */
  hold: (text: string) => HoldResult;
  onHandedIn: (origin: string) => void;
  /** `origin`: the claimed origin, if there is one. */
  onRefused: (reason: Reason | ForbiddenReason | 'gone', origin: string | null) => void;
}): (exchange: Exchange) => Promise<Reply | null> {
  const { rules, rateLimit, originQuestion, hold, onHandedIn, onRefused } = parts;

  return async ({ head, body, isGone }) => {
    const refuse = (reason: Reason, to: string, more?: Parameters<typeof refusal>[2]): Reply => {
      onRefused(reason, to);
      return refusal(reason, to, more);
    };
    /** Null for a hand-in that may go on. */
    const replyTo = (decision: GuardDecision): Reply | null => {
      switch (decision.kind) {
        case 'forbidden':
          onRefused(decision.reason, claimedOrigin(head));
          return FORBIDDEN;
        case 'refused':
          return refuse(decision.reason, decision.origin);
        case 'preflight':
          return preflightReply(decision.origin, decision.asksForPrivate);
        case 'hold':
          return null;
      }
    };

    const first = checkRequest(head, rules());
    if (first.kind === 'forbidden' || first.kind === 'preflight') return replyTo(first);
    const { origin } = first;
    // Counted whatever the decision, or else the token could be guessed at any pace.
    const waitMs = rateLimit.take(origin);
    // Read before the reply, which might not reach a page that is still sending.
    const text = await body();
    if (text === 'gone') return null;
    if (waitMs > 0) return refuse('too-many', origin, { retryAfterMs: waitMs });
    const afterBody = replyTo(checkRequest(head, rules()));
    if (afterBody !== null) return afterBody;
    if (text === 'too-large') return refuse('too-large', origin);

    const permission = await originQuestion.ask(origin);
    if (isGone()) {
      onRefused('gone', origin);
      return null;
    }
    // The question may have taken a minute, and the origin may have left the list meanwhile.
    const afterQuestion = replyTo(checkRequest(head, rules()));
    if (afterQuestion !== null) return afterQuestion;
    if (permission === 'busy') return refuse('busy', origin, { retryAfterMs: RETRY_AFTER_MS });
    if (permission === 'not-allowed') return refuse('not-approved', origin);

    const result = hold(text.json);
    if (result.ok) {
      onHandedIn(origin);
      return heldReply(origin);
    }
    if (result.badInput) return refuse('not-a-session', origin, { problems: result.problems });
    return refuse('not-held', origin, { retryAfterMs: RETRY_AFTER_MS });
  };
}
