import type { EndedView } from '../../preload/contract.ts';
import { heldName as nameOfHeld, labelOrKind } from '../../words/session-name.ts';
import type { Outcome, PresenceState, Receipt } from '../model/types.ts';
import { language, words } from './language.ts';

export const kindWords = (kind: Receipt['kind']): string => words.value.sessions.kinds[kind];
export const outcomeWords = (outcome: Outcome): string => words.value.sessions.outcomes[outcome];
export const presenceWords = (state: PresenceState): string => words.value.sessions.presence[state];
export const causeWords = (cause: Receipt['cause']): string => words.value.sessions.causes[cause];

/** The outcome of a sign-off, or that the server ended the session by itself. */
export function receiptOutcomeWords({
  cause,
  outcome,
}: Pick<Receipt, 'cause' | 'outcome'>): string {
  if (cause === 'replaced') return words.value.sessions.replaced;
  return cause === 'server' ? words.value.sessions.endedByServer : outcomeWords(outcome);
}

/** Whether a request was made to end the session. */
export function wasRequested({ cause }: Pick<Receipt, 'cause'>): boolean {
  return cause !== 'server' && cause !== 'replaced';
}

export const heldName = (held: Parameters<typeof nameOfHeld>[1]): string =>
  nameOfHeld(words.value.sessions, held);
export const receiptName = (receipt: Receipt): string => labelOrKind(words.value.sessions, receipt);

/** What a shutdown that was called off means to the agent. */
export function calledOffText(ended: readonly Pick<EndedView, 'kind'>[]): string {
  const signedOut = ended.some(({ kind }) => kind === 'agent');
  return words.value.sessions.calledOffText(ended.length, signedOut);
}

/** More names than this are only counted. */
const MAX_NAMES = 3;

/** A list of names; of many only the first, and the number of others. */
export function listNames(names: readonly string[]): string {
  const more = names.length - MAX_NAMES;
  const listed = names.slice(0, MAX_NAMES);
  if (more > 0) listed.push(words.value.sessions.more(more));
  return new Intl.ListFormat(language.value).format(listed);
}

/** The host of a server's address; what is no URL is returned unchanged. */
export function hostOf(server: string): string {
  return URL.canParse(server) ? new URL(server).host : server;
}
