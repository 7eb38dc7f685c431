import { heldName, listNames, outcomeWords, receiptName, secondsLeft } from './format.ts';
import type { Receipt } from './format.ts';
import { words } from './language.ts';
import type { LeftoverQuestion } from './store.ts';

/** What is said aloud, once, when a sign-off is over or has failed. */
export function receiptSaid(receipt: Receipt): string {
  return `${receiptName(receipt)}: ${outcomeWords(receipt.outcome)}`;
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
