/** What may stand beside an event in the log: no objects, so that no secret slips in with one. */
type Details = Readonly<Record<string, string | number | boolean | null>>;

/** Writes one event, under a stable name, as a line of JSON. */
export type Log = (event: string, details?: Details) => void;

/** Logs to standard error. */
export const logToStderr: Log = (event, details = {}) => {
  process.stderr.write(
    `${JSON.stringify({ time: new Date().toISOString(), event, ...details })}\n`,
  );
};

/** An error as the log may have it: its message, or its code where it has one. */
export function errorText(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
}
