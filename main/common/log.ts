import {
  type EventName,
  type FieldsOf,
  LOG_EVENTS,
  LOG_LEVELS,
  type LogLevel,
} from './log-events.ts';

/** Writes one event as a line of JSON. No objects stand beside it, so that no secret slips in with one. */
export type Log = <E extends EventName>(
  event: E,
  details: Readonly<Record<FieldsOf<E>, string | number | boolean | null>>,
) => void;

/** Takes lines, without their line break, and returns at once. */
export type TakeLine = (line: string) => void;

/** The log of a running app: on standard error from the first event on, and in a file once there is one. */
export interface Logging {
  readonly log: Log;
  /**
   * Has the file take what `level` lets through from now on, and what was logged so far. The level is
   * asked for each time.
   */
  toFile(take: TakeLine, level: () => LogLevel): void;
}

/** So many events wait for the file at most; whoever has so many before it is open has other worries. */
const WAITING_MOST = 1000;

/** A log that writes every event to standard error, and keeps it for the file until that is open. */
export function createLogging(writeToStderr: TakeLine): Logging {
  let waiting: { line: string; level: LogLevel }[] = [];
  let toFile = (line: string, level: LogLevel): void => {
    if (waiting.length < WAITING_MOST) waiting.push({ line, level });
  };
  return {
    log(event, details) {
      const { level } = LOG_EVENTS[event];
      const line = JSON.stringify({ time: new Date().toISOString(), level, event, ...details });
      writeToStderr(line);
      toFile(line, level);
    },
    toFile(take, leastLevel) {
      toFile = (line, level) => {
        if (LOG_LEVELS.indexOf(level) <= LOG_LEVELS.indexOf(leastLevel())) take(line);
      };
      for (const { line, level } of waiting) toFile(line, level);
      waiting = [];
    },
  };
}

/** An error as the log may have it: its message, or its code where it has one. */
export function errorText(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
}
