import type { ChatRequest } from './chat-request.ts';

interface Numbered {
  readonly number: bigint;
  readonly timeCreated: bigint | null;
}

/** Notices where a client counts the requests of a session down. The pages say only that the number is its own. */
export class SequenceNumbers {
  readonly #highest = new Map<string, Numbered>();

  /** The problem with this request's number; null where there is none. */
  note({ call, sessionId, transaction, timeCreated }: ChatRequest): string | null {
    if (call === 'concludeEngagement' || sessionId === null || transaction === null) return null;
    const highest = this.#highest.get(sessionId);
    if (highest === undefined || transaction >= highest.number) {
      this.#highest.set(sessionId, { number: transaction, timeCreated });
      return null;
    }
    if (wasOvertaken(timeCreated, highest.timeCreated)) return null;
    return `sequenceNumber falls from ${highest.number} to ${transaction}`;
  }
}

/** Whether a later request came first: each may have a connection of its own. */
function wasOvertaken(created: bigint | null, before: bigint | null): boolean {
  return created !== null && before !== null && created <= before;
}
