import type { Outcome } from '../../main/results/receipt.ts';
import type { HeldSession } from '../../main/sessions/session.ts';
import type { StartSignOff } from '../../main/signoff/sign-off.ts';
import type { FakeClock } from './fake-clock.ts';
import { receipt } from './receipts.ts';

/** What a session's server answers, so many milliseconds after it was asked. */
export type BlockingAnswer = readonly [outcome: Outcome, afterMs: number] | 'never';

/** The thread that signs off, as a main thread sees it whose event loop does not turn: only waiting lets time pass. */
export interface BlockingThread {
  readonly startSignOff: StartSignOff;
  waitFor(isDone: () => boolean, ms: number): void;
  /** What it tells after so many milliseconds. */
  tellLater(afterMs: number, tell: () => void): void;
  answerWith(answer: (session: HeldSession) => BlockingAnswer): void;
  /** The first request for each session, in order. */
  readonly sent: readonly { readonly heldId: string; readonly forced: boolean }[];
}

export function createBlockingThread(clock: FakeClock): BlockingThread {
  let answer: (session: HeldSession) => BlockingAnswer = () => ['ended', 20];
  let due: { at: number; tell: () => void }[] = [];
  const sent: { heldId: string; forced: boolean }[] = [];

  return {
    startSignOff(session, order, { onReceipt }) {
      return {
        session: () => session,
        order: () => order,
        attempts: () => 1,
        begin() {
          sent.push({ heldId: session.id, forced: order.forced });
          const answered = answer(session);
          const [outcome, afterMs] =
            answered === 'never' ? (['timed-out', order.budgetMs] as const) : answered;
          const { cause, forced } = order;
          due.push({
            at: clock.monotonic() + afterMs,
            tell: () => onReceipt(receipt({ heldId: session.id, cause, forced, outcome })),
          });
        },
        join: () => undefined,
      };
    },
    waitFor(isDone, ms) {
      const until = clock.monotonic() + ms;
      for (;;) {
        const now = due.filter(({ at }) => at <= clock.monotonic());
        due = due.filter((one) => !now.includes(one));
        for (const { tell } of now) tell();
        if (isDone() || clock.monotonic() >= until) return;
        const next = Math.min(until, ...due.map(({ at }) => at));
        clock.block(next - clock.monotonic());
      }
    },
    tellLater(afterMs, tell) {
      due.push({ at: clock.monotonic() + afterMs, tell });
    },
    answerWith(next) {
      answer = next;
    },
    sent,
  };
}
