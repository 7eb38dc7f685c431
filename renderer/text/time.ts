import { language, words } from './language.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const UNIT_MS = { ms: 1, s: SECOND, min: MINUTE, h: HOUR, d: DAY } as const;
type Unit = keyof typeof UNIT_MS;

const NO_BREAK = '\u00a0';

function inUnit(ms: number, unit: Unit, digits = 0): string {
  const format = new Intl.NumberFormat(language.value, { maximumFractionDigits: digits });
  const number = format.format(ms / UNIT_MS[unit]);
  return `${number}${unitSpace()}${words.value.sessions.units[unit]}`;
}

/** The language's space between number and unit, but always a non-breaking one. */
function unitSpace(): string {
  const format = new Intl.NumberFormat(language.value, { style: 'unit', unit: 'second' });
  const space = format.formatToParts(1).find(({ type }) => type === 'literal')?.value;
  return space === '\u202f' ? space : NO_BREAK;
}

function inTwoUnits(ms: number, large: Unit, small: Unit): string {
  const rounded = Math.round(ms / UNIT_MS[small]) * UNIT_MS[small];
  const remainder = rounded % UNIT_MS[large];
  const whole = inUnit(rounded - remainder, large);
  return remainder === 0 ? whole : `${whole}${NO_BREAK}${inUnit(remainder, small)}`;
}

/** A duration in words: `40 ms`, `1.2 s`, `3 min 5 s`. May be negative. */
export function duration(ms: number): string {
  if (ms < 0) return `−${duration(-ms)}`;
  if (ms < 9.95) return inUnit(ms, 'ms', 1);
  if (ms < 999.5) return inUnit(ms, 'ms');
  if (ms < MINUTE - 50) return inUnit(ms, 's', 1);
  if (ms < HOUR - SECOND / 2) return inTwoUnits(ms, 'min', 's');
  if (ms < DAY - MINUTE / 2) return inTwoUnits(ms, 'h', 'min');
  return inTwoUnits(ms, 'd', 'h');
}

/** The offset of the server's clock, with its uncertainty. */
export function clockWords(offsetMs: number, uncertaintyMs: number | null): string {
  const { clockAhead, clockBehind } = words.value.sessions;
  const offset = duration(Math.abs(offsetMs));
  const uncertainty = uncertaintyMs === null ? '' : ` ± ${duration(Math.abs(uncertaintyMs))}`;
  return `${offsetMs < 0 ? clockBehind(offset) : clockAhead(offset)}${uncertainty}`;
}

/** Whole seconds left until a deadline, never negative. */
export function secondsLeft(deadline: number, now: number): number {
  return Math.max(0, Math.ceil((deadline - now) / SECOND));
}

/** The same with its unit. One digit is padded to the width of two, so that nothing beside it moves. */
export function countdown(deadline: number, now: number): string {
  const text = inUnit(secondsLeft(deadline, now) * SECOND, 's');
  return /^\d\D/.test(text) ? `\u2007${text}` : text;
}

/** The time left in minutes and seconds, such as `3:12`. */
export function clockLeft(deadline: number, now: number): string {
  const left = secondsLeft(deadline, now);
  const two = new Intl.NumberFormat(language.value, { minimumIntegerDigits: 2 });
  const minutes = new Intl.NumberFormat(language.value).format(Math.floor(left / 60));
  return `${minutes}:${two.format(left % 60)}`;
}

export function timeLeft(deadline: number, now: number): string {
  return words.value.sessions.timeLeft(inUnit(secondsLeft(deadline, now) * SECOND, 's'));
}

/** How long ago, in whole minutes, hours or days. */
export function ago(then: number, now: number): string {
  const past = now - then;
  if (past < MINUTE) return words.value.sessions.justNow;
  const format = new Intl.RelativeTimeFormat(language.value, { numeric: 'always' });
  if (past < HOUR) return format.format(-Math.floor(past / MINUTE), 'minute');
  if (past < DAY) return format.format(-Math.floor(past / HOUR), 'hour');
  return format.format(-Math.floor(past / DAY), 'day');
}

/** How long a session has been held. */
export function heldFor(since: number, now: number): string {
  const held = now - since;
  if (held < MINUTE) return words.value.sessions.heldForLessThanAMinute;
  const coarse = held < DAY ? MINUTE : HOUR;
  return words.value.sessions.heldFor(duration(Math.floor(held / coarse) * coarse));
}

/** A moment in the machine's time zone. */
export function moment(epochMs: number): string {
  return new Intl.DateTimeFormat(language.value, {
    dateStyle: 'medium',
    timeStyle: 'medium',
  }).format(epochMs);
}

/** A moment by its time alone where that was today, to the minute. */
export function timeOrDay(epochMs: number, now: number): string {
  const isToday = new Date(epochMs).toDateString() === new Date(now).toDateString();
  return new Intl.DateTimeFormat(language.value, {
    ...(isToday ? {} : { dateStyle: 'medium' }),
    timeStyle: 'short',
  }).format(epochMs);
}

/** The same to the millisecond. */
export function exactMoment(epochMs: number): string {
  return new Intl.DateTimeFormat(language.value, {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 3,
  }).format(epochMs);
}
