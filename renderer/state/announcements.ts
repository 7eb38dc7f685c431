import type { HeldView } from '../../preload/contract.ts';
import {
  endWords,
  heldName,
  hostOf,
  listNames,
  presenceWords,
  receiptName,
  secondsLeft,
} from '../text/format.ts';
import type { PresenceState, Receipt } from '../text/format.ts';
import { words } from '../text/language.ts';
import type { LeftoverQuestion } from './store.ts';

/** What is said aloud, once, when a sign-off is over or has failed. */
export function receiptSaid(receipt: Receipt): string {
  return `${receiptName(receipt)}: ${endWords(receipt)}`;
}

/** The question about what a crash left over as it is said aloud, once. */
export function leftoverSaid(asked: LeftoverQuestion, now: number): string {
  const { heldThen, sessions, deadline } = asked;
  const say = words.value.sessions;
  return say.leftoverSaid(
    say.stoppedWhileHeld(heldThen),
    listNames(sessions.map(heldName)),
    say.stillAtWork,
    say.withoutAnswer(sessions.length, say.seconds(secondsLeft(deadline, now))),
  );
}

/** Said aloud when the server takes the agent for present again, or no longer. */
export function presenceSaid(held: HeldView, state: PresenceState): string {
  return `${heldName(held)}: ${presenceWords(state)}`;
}

/** The question about a browser console as it is said aloud, once. */
export function originSaid(origin: string): string {
  const say = words.value.sessions;
  return say.originSaid(say.originAsks(hostOf(origin)), origin, say.originMeans);
}
