import type { EventPayload, HeldView } from '../preload/contract.ts';

/** The record of one sign-off. */
export type Receipt = EventPayload<'receipt'>;
export type Outcome = Receipt['outcome'];
type Cause = Receipt['cause'];
type Kind = Receipt['kind'];

/** The question about sessions that a crash left over, as it stands now. */
export interface LeftoverQuestion {
  /** How many were held when the app stopped. */
  readonly heldThen: number;
  /** Those of them that are still held; at least one. */
  readonly sessions: readonly HeldView[];
  /** When they are signed off without an answer. */
  readonly deadline: number;
}

/** Sentences that stand in more than one place or belong to no component. */
export const words = {
  noBridge: 'This window could not reach Signoff. Quit Signoff and start it again.',
  stillAtWork: 'Are you still at work?',
  noReply: 'Signoff did not answer this window. Try again; if it goes on, quit and start Signoff.',
} as const;

/** The language of the window's sentences: times inside them follow it, dates follow the person. */
const LANGUAGE = 'en';

const KINDS: Record<Kind, string> = { agent: 'Agent session', engagement: 'Engagement' };

const OUTCOMES: Record<Outcome, string> = {
  ended: 'Ended',
  'already-over': 'Was already over',
  refused: 'Refused by the server',
  'not-found': 'Not found on the server',
  'server-error': 'Error in the server',
  unreachable: 'Server not reached',
  'timed-out': 'No answer in time',
};

const CAUSES: Record<Cause, string> = {
  asked: 'asked by you',
  quit: 'on quit',
  shutdown: 'on shutdown',
  signal: 'on a system signal',
  suspend: 'on sleep',
  lock: 'on screen lock',
  idle: 'when idle',
  leftover: 'left over from before',
};

export const kindWords = (kind: Kind): string => KINDS[kind];
export const outcomeWords = (outcome: Outcome): string => OUTCOMES[outcome];
export const causeWords = (cause: Cause): string => CAUSES[cause];

export const attemptWords = ({ attempt }: NonNullable<HeldView['ending']>): string =>
  `Attempt ${Math.max(1, attempt)}`;

/** What a sign-off under way is doing, short enough for one line. */
export function endingWords(ending: NonNullable<HeldView['ending']>): string {
  const { cause, forced } = ending;
  const counted = attemptWords(ending).toLowerCase();
  if (cause === 'asked') return `Signing off${forced ? ' by force' : ''} · ${counted}`;
  if (cause === 'leftover') return `Signing off a leftover · ${counted}`;
  return `Signing off ${CAUSES[cause]} · ${counted}`;
}

/** The one line that must be understood at a glance. */
export function headline(held: number): string {
  if (held === 0) return 'Nothing held.';
  if (held === 1) return '1 session held — it ends when you leave.';
  return `${held} sessions held — they end when you leave.`;
}

/** The most names that are listed in one sentence. */
const NAMES_LISTED = 3;

/** Names as a sentence lists them; of many only the first, and how many more there are. */
export function listNames(names: readonly string[]): string {
  const more = names.length - NAMES_LISTED;
  const listed = names.slice(0, NAMES_LISTED);
  return new Intl.ListFormat(LANGUAGE).format(more > 0 ? [...listed, `${more} more`] : listed);
}

/** What happened, above the question whether its sessions are to be held on. */
export function leftoverHeading(held: number): string {
  const what = held === 1 ? '1 session was' : `${held} sessions were`;
  return `Signoff stopped unexpectedly while ${what} held`;
}

/** What happens without an answer; the time that is left follows it. */
export function leftoverWarning(sessions: number): string {
  return `Without an answer ${sessions === 1 ? 'it is' : 'they are'} signed off in`;
}

/** The whole of the question as it is said aloud, once. */
export function leftoverAnnouncement(asked: LeftoverQuestion, now: number): string {
  const { heldThen, sessions, deadline } = asked;
  const names = listNames(sessions.map(heldName));
  const left = `${secondsLeft(deadline, now)} seconds`;
  return `${leftoverHeading(heldThen)}: ${names}. ${words.stillAtWork} ${leftoverWarning(sessions.length)} ${left}.`;
}

/** What to call a held session: its label, or else what tells it apart. */
export function heldName(held: HeldView): string {
  if (held.label.trim()) return held.label;
  return held.accountId ? `Agent ${held.accountId}` : `${KINDS[held.kind]} ${held.maskedSessionId}`;
}

export function receiptName(receipt: Receipt): string {
  return receipt.label.trim() ? receipt.label : KINDS[receipt.kind];
}

/** What is said aloud, once, when a sign-off is over or has failed. */
export function announcement(receipt: Receipt): string {
  return `${receiptName(receipt)}: ${OUTCOMES[receipt.outcome]}`;
}

/** The host of a server's address, or the address as it is when it is none. */
export function hostOf(server: string): string {
  return URL.canParse(server) ? new URL(server).host : server;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

function number(value: number, digits: number): string {
  return new Intl.NumberFormat(undefined, { maximumFractionDigits: digits }).format(value);
}

function twoUnits(ms: number, unit: number, name: string, part: number, partName: string): string {
  const parts = Math.round(ms / part);
  const perUnit = unit / part;
  const rest = parts % perUnit;
  const whole = `${number(Math.floor(parts / perUnit), 0)} ${name}`;
  return rest === 0 ? whole : `${whole} ${rest} ${partName}`;
}

/** A length of time as people read it: `40 ms`, `1.2 s`, `3 min 5 s`. May be negative. */
export function duration(ms: number): string {
  if (ms < 0) return `−${duration(-ms)}`;
  if (ms < 9.95) return `${number(ms, 1)} ms`;
  if (ms < 999.5) return `${number(ms, 0)} ms`;
  if (ms < MINUTE - 50) return `${number(ms / SECOND, 1)} s`;
  if (ms < HOUR - SECOND / 2) return twoUnits(ms, MINUTE, 'min', SECOND, 's');
  if (ms < DAY - MINUTE / 2) return twoUnits(ms, HOUR, 'h', MINUTE, 'min');
  return twoUnits(ms, DAY, 'd', HOUR, 'h');
}

/** How the server's clock stands to this machine's, with how sure that is. */
export function clockWords(offsetMs: number, uncertaintyMs: number | null): string {
  const way = offsetMs < 0 ? 'behind' : 'ahead';
  const sure = uncertaintyMs === null ? '' : ` ± ${duration(Math.abs(uncertaintyMs))}`;
  return `${duration(Math.abs(offsetMs))} ${way}${sure}`;
}

/** Whole seconds left until a deadline, never negative. */
export function secondsLeft(deadline: number, now: number): number {
  return Math.max(0, Math.ceil((deadline - now) / SECOND));
}

export function timeLeft(deadline: number, now: number): string {
  return `${secondsLeft(deadline, now)} s left`;
}

/** How long ago, coarse enough to stay still while it is read. */
export function ago(then: number, now: number): string {
  const past = now - then;
  if (past < MINUTE) return 'just now';
  const format = new Intl.RelativeTimeFormat(LANGUAGE, { numeric: 'always' });
  if (past < HOUR) return format.format(-Math.floor(past / MINUTE), 'minute');
  if (past < DAY) return format.format(-Math.floor(past / HOUR), 'hour');
  return format.format(-Math.floor(past / DAY), 'day');
}

/** How long a session has been held. */
export function heldFor(since: number, now: number): string {
  const held = now - since;
  if (held < MINUTE) return 'Held for less than a minute';
  if (held < HOUR) return `Held for ${Math.floor(held / MINUTE)} min`;
  if (held < DAY) return `Held for ${duration(Math.floor(held / MINUTE) * MINUTE)}`;
  return `Held for ${duration(Math.floor(held / HOUR) * HOUR)}`;
}

/** A moment in the person's own locale and time zone. */
export function moment(epochMs: number): string {
  return new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' }).format(
    epochMs,
  );
}

/** The same to the millisecond. */
export function exactMoment(epochMs: number): string {
  return new Intl.DateTimeFormat(undefined, {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 3,
  }).format(epochMs);
}
