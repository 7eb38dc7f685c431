import type { Clock } from '../common/clock.ts';
import type { Coordinator } from '../signoff/coordinator.ts';
import type { SignOffCause } from '../results/receipt.ts';
import type { SignIn } from './sign-in.ts';

/** What of the budget a sign-in under way gets to come to its end; the rest is for signing off what it began. */
const SIGN_IN_SHARE = 0.5;

/** Ends all that is held when the app goes, and the session that a sign-in under way creates meanwhile. */
export function signOffDuringSignIn(parts: {
  signIn: Pick<SignIn, 'step' | 'leave'>;
  coordinator: Pick<Coordinator, 'signOff'>;
  clock: Clock;
  /** How long a cause lets sessions end, in milliseconds. */
  budgetMs: (cause: SignOffCause) => number;
}): Pick<Coordinator, 'signOff'> {
  const { signIn, coordinator, clock, budgetMs } = parts;
  return {
    async signOff(request) {
      const ended = coordinator.signOff(request);
      if (request.ids !== 'all' || signIn.step() === null) return ended;
      const budget = request.budgetMs ?? budgetMs(request.cause);
      const deadline = clock.monotonic() + budget;
      await signIn.leave(budget * SIGN_IN_SHARE);
      const left = Math.max(0, deadline - clock.monotonic());
      const receipts = await Promise.all([
        ended,
        coordinator.signOff({ ...request, budgetMs: left }),
      ]);
      // What was under way already is joined, and told of by both.
      return [...new Set(receipts.flat())];
    },
  };
}
