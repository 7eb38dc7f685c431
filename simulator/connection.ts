import type { Reply } from './replies.ts';

/** The server's end of the connection that a request came by: an HTTP one, or one in memory. */
export interface Connection {
  /** Aborted when the client disconnects. */
  readonly gone: AbortSignal;
  /** Sends a whole answer. */
  answer(reply: Reply): void;
  /** Sends an answer's head at once; its body follows by `write`. */
  begin(head: Omit<Reply, 'body'>, bodyBytes: number): void;
  /** Resolves when there is room for more, or nobody is left to send it to. */
  write(part: Buffer): Promise<void>;
  end(): void;
  /** Breaks the connection with a TCP reset. */
  reset(): void;
  /** Called when the whole answer has been sent. */
  onAnswered(run: () => void): void;
}
