import type { Leaving } from '../../lifecycle/leaving.ts';
import type { Clock } from '../../common/clock.ts';
import { CAUSES } from '../../signoff/causes.ts';

/** A sign-off that ends sooner than this is not shown. */
const SHOW_DELAY_MS = 300;

/** Shows the window to an agent who quits: at once for a question, or when the sign-off takes a while. */
export function showWhileLeaving(leaving: Leaving, show: () => void, clock: Clock): void {
  let waiting = false;
  leaving.onChange(() => {
    const state = leaving.state();
    if (state?.phase === 'asking' || state?.phase === 'refused') show();
    if (state?.phase !== 'ending' || CAUSES[state.cause].agent !== 'leaving' || waiting) return;
    waiting = true;
    clock.after(SHOW_DELAY_MS, () => {
      if (!leaving.mayGo()) show();
    });
  });
}
