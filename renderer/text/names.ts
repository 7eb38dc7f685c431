import type { HeldView } from '../../preload/contract.ts';
import { heldName as nameOfHeld, labelOrKind } from '../../words/session-name.ts';
import type { Outcome, PresenceState, Receipt } from '../model/types.ts';
import { language, words } from './language.ts';

export const kindWords = (kind: Receipt['kind']): string => words.value.sessions.kinds[kind];
export const outcomeWords = (outcome: Outcome): string => words.value.sessions.outcomes[outcome];
export const presenceWords = (state: PresenceState): string => words.value.sessions.presence[state];
export const causeWords = (cause: Receipt['cause']): string => words.value.sessions.causes[cause];

/** What became of a session: the outcome of a sign-off, or that the server ended it by itself. */
export function receiptOutcomeWords({
  cause,
  outcome,
}: Pick<Receipt, 'cause' | 'outcome'>): string {
  return cause === 'server' ? words.value.sessions.endedByServer : outcomeWords(outcome);
}

export const heldName = (held: HeldView): string => nameOfHeld(words.value.sessions, held);
export const receiptName = (receipt: Receipt): string => labelOrKind(words.value.sessions, receipt);

/** The most names that are listed in one sentence. */
const NAMES_LISTED = 3;

/** Names as a sentence lists them; of many only the first, and how many more there are. */
export function listNames(names: readonly string[]): string {
  const more = names.length - NAMES_LISTED;
  const listed = names.slice(0, NAMES_LISTED);
  if (more > 0) listed.push(words.value.sessions.more(more));
  return new Intl.ListFormat(language.value).format(listed);
}

/** The host of a server's address, or the address as it is when it is none. */
export function hostOf(server: string): string {
  return URL.canParse(server) ? new URL(server).host : server;
}
