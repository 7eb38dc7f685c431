import type { Chat } from '../chat/chat.ts';
import type { AgentSession } from '../sessions/session.ts';
import type { Clock } from '../common/clock.ts';
import { isRetryable, type CallOutcome, outcomeOf } from '../signoff/outcome.ts';
import { retryDelay, createTask } from './cancellable-task.ts';

const MOST_TRIES = 4;
const WITHIN_MS = 10_000;
const TRY_WITHIN_MS = 3_000;

/** Ends a session that could not be held, by force, in a few tries. Resolves with the last one's result. */
export async function endUnheld(
  session: AgentSession,
  parts: {
    chat: Pick<Chat, 'logoff'>;
    clock: Clock;
    /** 0 to 1. */
    random: () => number;
  },
): Promise<CallOutcome> {
  const { chat, clock, random } = parts;
  const { server, fqSiteName, pool, accountId, sessionId } = session;
  const task = createTask(clock, WITHIN_MS);
  for (let tries = 1; ; tries += 1) {
    const request = {
      address: { server, fqSiteName, pool },
      accountId,
      sessionId,
      forceLogoff: true,
      sequenceNumber: BigInt(tries),
      timeCreated: clock.now(),
    };
    // A try that hangs leaves time for another.
    const limitMs = Math.min(TRY_WITHIN_MS, task.timeLeft() / 2);
    const end = await task.runToEnd(limitMs, (signal) => chat.logoff(request, signal));
    const result = outcomeOf(end);
    const delay = retryDelay(tries, random());
    const triedEnough = tries >= MOST_TRIES || task.timeLeft() <= delay;
    if (triedEnough || !isRetryable(result.outcome)) return result;
    await task.pause(delay);
  }
}
