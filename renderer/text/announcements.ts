import type { HeldView } from '../../preload/contract.ts';
import type { LeftoverQuestion } from '../model/leftover-question.ts';
import type { PresenceState, Receipt } from '../model/types.ts';
import { words } from './language.ts';
import {
  heldName,
  hostOf,
  listNames,
  presenceWords,
  receiptName,
  receiptOutcomeWords,
} from './names.ts';
import { secondsLeft } from './time.ts';

/** What is said aloud, once, when a sign-off is over or has failed. */
export function receiptAnnouncement(receipt: Receipt): string {
  return `${receiptName(receipt)}: ${receiptOutcomeWords(receipt)}`;
}

/** The question about what a crash left over as it is said aloud, once. */
export function leftoverAnnouncement(question: LeftoverQuestion, now: number): string {
  const { heldThen, sessions, deadline } = question;
  const say = words.value.sessions;
  return say.leftoverSaid(
    say.stoppedWhileHeld(heldThen),
    listNames(sessions.map(heldName)),
    say.stillAtWork,
    say.withoutAnswer(sessions.length, say.seconds(secondsLeft(deadline, now))),
  );
}

/** Said aloud when the server takes the agent for present again, or no longer. */
export function presenceAnnouncement(held: HeldView, state: PresenceState): string {
  return `${heldName(held)}: ${presenceWords(state)}`;
}

/** The question about a browser console as it is said aloud, once. */
export function originAnnouncement(origin: string): string {
  const say = words.value.sessions;
  return say.originSaid(say.originAsks(hostOf(origin)), origin, say.originMeans);
}
