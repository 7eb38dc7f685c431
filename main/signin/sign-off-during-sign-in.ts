import type { Clock } from '../common/clock.ts';
import { survive, survived } from '../common/survive.ts';
import type { Coordinator } from '../signoff/coordinator.ts';
import type { SignOffCause } from '../results/receipt.ts';
import type { SignIn } from './sign-in.ts';

/** The share of the budget for a sign-in under way to end; the rest is for signing off what it created. */
const SIGN_IN_SHARE = 0.5;

/** Ends all held sessions when the app leaves, and the one that a sign-in under way creates meanwhile. */
export function signOffDuringSignIn(parts: {
  signIn: Pick<SignIn, 'step' | 'leave'>;
  coordinator: Pick<Coordinator, 'signOff'>;
  clock: Clock;
  /** A cause's budget in milliseconds. */
  budgetMs: (cause: SignOffCause) => number;
}): Pick<Coordinator, 'signOff'> {
  const { signIn, coordinator, clock, budgetMs } = parts;
  return {
    async signOff(request) {
      const ended = coordinator.signOff(request);
      if (request.ids !== 'all' || survive(signIn.step, null) === null) return ended;
      const budget = request.budgetMs ?? budgetMs(request.cause);
      const deadline = clock.monotonic() + budget;
      await survived(() => signIn.leave(budget * SIGN_IN_SHARE), undefined);
      const left = Math.max(0, deadline - clock.monotonic());
      const receipts = await Promise.all([
        ended,
        coordinator.signOff({ ...request, budgetMs: left }),
      ]);
      // A sign-off that was joined has its receipt in both.
      return [...new Set(receipts.flat())];
    },
  };
}
