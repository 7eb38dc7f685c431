import type { HeldView } from '../../preload/contract.ts';
import { words } from '../text/language.ts';
import { countdown } from '../text/time.ts';

/** What happens next to a session whose sign-off failed: a retry, or what the agent has to do. */
export function nextStep(held: HeldView, online: boolean, now: number): string {
  const say = words.value.sessions;
  if (held.nextTryAt !== null) {
    if (!online) return say.nextTryOnline;
    return held.nextTryAt <= now ? say.nextTryNow : say.nextTry(countdown(held.nextTryAt, now));
  }
  if (mayForce(held)) return say.nextNeedsForce;
  return held.lastFailure?.outcome === 'not-found' ? say.nextNeedsAddress : say.nextWhenLeaving;
}

/** Whether the server refused a logoff that can be forced. */
export function mayForce({ kind, lastFailure }: HeldView): boolean {
  return kind === 'agent' && lastFailure?.outcome === 'refused';
}
