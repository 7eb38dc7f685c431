import type { EndedView, HeldView } from '../../preload/contract.ts';
import type { LeftoverQuestion } from '../model/leftover-question.ts';
import type { PresenceState, Receipt } from '../model/types.ts';
import { words } from './language.ts';
import {
  calledOffText,
  heldName,
  hostOf,
  listNames,
  presenceWords,
  receiptName,
  receiptOutcomeWords,
} from './names.ts';
import { secondsLeft } from './time.ts';

/** Announced when a sign-off has ended or failed. */
export function receiptAnnouncement(receipt: Receipt): string {
  return `${receiptName(receipt)}: ${receiptOutcomeWords(receipt)}`;
}

/** The question about leftover sessions as it is announced. */
export function leftoverAnnouncement(question: LeftoverQuestion, now: number): string {
  const { heldBefore, sessions, deadline } = question;
  const say = words.value.sessions;
  return say.leftoverSaid(
    say.stoppedWhileHeld(heldBefore),
    listNames(sessions.map(heldName)),
    say.stillAtWork,
    say.withoutAnswer(sessions.length, say.seconds(secondsLeft(deadline, now))),
  );
}

/** Announced when a session's presence changes. */
export function presenceAnnouncement(held: HeldView, state: PresenceState): string {
  return `${heldName(held)}: ${presenceWords(state)}`;
}

/** The question about a browser console as it is announced. */
export function originAnnouncement(origin: string): string {
  const say = words.value.sessions;
  return say.originSaid(say.originAsks(hostOf(origin)), origin, say.originMeans);
}

/** What a shutdown ended that was then called off, as it is announced. */
export function calledOffAnnouncement(ended: readonly EndedView[]): string {
  const say = words.value.sessions;
  return say.calledOffSaid(
    say.calledOffTitle,
    listNames(ended.map(heldName)),
    calledOffText(ended),
  );
}
