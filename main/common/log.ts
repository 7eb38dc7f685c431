import { errorCode } from './error-code.ts';
import {
  type EventName,
  type FieldsOf,
  LOG_EVENTS,
  LOG_LEVELS,
  type LogLevel,
} from './log-events.ts';

/** Writes one event as a line of JSON. Fields are never objects, so that no secret slips in with one. */
export type Log = <E extends EventName>(
  event: E,
  details: Readonly<Record<FieldsOf<E>, string | number | boolean | null>>,
) => void;

/** Writes a line, given without its line break, without waiting. */
export type WriteLine = (line: string) => void;

/** The log of a running app: on standard error from the first event on, and in a file once there is one. */
export interface Logging {
  readonly log: Log;
  /** Writes what was and will be logged to the file as well, down to `level` at the time. */
  toFile(write: WriteLine, level: () => LogLevel): void;
}

/** How many events are kept for the file until it is open. */
const MOST_WAITING = 1000;

export function createLogging(writeToStderr: WriteLine): Logging {
  let waiting: { line: string; level: LogLevel }[] = [];
  let toFile = (line: string, level: LogLevel): void => {
    if (waiting.length < MOST_WAITING) waiting.push({ line, level });
  };
  return {
    log(event, details) {
      const { level } = LOG_EVENTS[event];
      const line = JSON.stringify({ time: new Date().toISOString(), level, event, ...details });
      writeToStderr(line);
      toFile(line, level);
    },
    toFile(write, leastLevel) {
      toFile = (line, level) => {
        if (LOG_LEVELS.indexOf(level) <= LOG_LEVELS.indexOf(leastLevel())) write(line);
      };
      for (const { line, level } of waiting) toFile(line, level);
      waiting = [];
    },
  };
}

/** An error for the log: its code, or else its message. */
export function errorText(error: unknown): string {
  return error instanceof Error ? (errorCode(error) ?? error.message) : 'unknown';
}
