import * as z from 'zod';

/** Why a sign-off was made. */
export const signOffCauseSchema = z.enum([
  'asked',
  'quit',
  'shutdown',
  'signal',
  'suspend',
  'lock',
  'disconnect',
  'idle',
  'leftover',
]);
export type SignOffCause = z.infer<typeof signOffCauseSchema>;

/**
 * Why a session is held no more, or should not have been: a sign-off, or nobody asked for one. The `server` ended it by
 * itself, or a console's newer session of the same account has `replaced` it.
 */
export const causeSchema = z.enum([...signOffCauseSchema.options, 'server', 'replaced']);
export type Cause = z.infer<typeof causeSchema>;

/** How a sign-off ended; see `signoff/outcome.ts` for what each reply means. */
export const outcomeSchema = z.enum([
  'ended',
  'already-over',
  'refused',
  'not-found',
  'server-error',
  'unreachable',
  'timed-out',
  'unconfirmed',
]);
export type Outcome = z.infer<typeof outcomeSchema>;

const milliseconds = z.number();
const instant = z.iso.datetime();

/** Null where there was no such phase. */
const phasesSchema = z.object({
  wait: milliseconds.nullable(),
  dns: milliseconds.nullable(),
  tcp: milliseconds.nullable(),
  tls: milliseconds.nullable(),
  request: milliseconds.nullable(),
  firstByte: milliseconds.nullable(),
  download: milliseconds.nullable(),
  total: milliseconds.nullable(),
});

/**
 * The lasting record of the sign-off of one session, as in the receipt files, on the command line and in the
 * window. It holds no secret. Times are ISO 8601, durations milliseconds.
 */
export const receiptSchema = z.object({
  id: z.string(),
  heldId: z.string(),
  kind: z.enum(['agent', 'engagement']),
  label: z.string(),
  address: z.object({ server: z.string(), fqSiteName: z.string() }),
  cause: causeSchema,
  /** Whether the last attempt forced the logoff; always false for an engagement. */
  forced: z.boolean(),
  outcome: outcomeSchema,
  /** Requests sent or tried. */
  attempts: z.number().int(),
  startedAt: instant,
  finishedAt: instant,
  /** From the start of the last attempt to the end of its reply; null when there was no reply. */
  roundTripMs: milliseconds.nullable(),
  phases: phasesSchema,
  server: z.object({
    serviceStartTime: instant.nullable(),
    serviceFinishTime: instant.nullable(),
    processingMs: milliseconds.nullable(),
    /** Exact int64s. */
    clientId: z.string().nullable(),
    sequenceNumber: z.string().nullable(),
  }),
  /** Round trip less the server's processing. */
  networkMs: milliseconds.nullable(),
  /** The server's clock minus this machine's, ± `clockUncertaintyMs`. */
  clockOffsetMs: milliseconds.nullable(),
  clockUncertaintyMs: milliseconds.nullable(),
  /** Impossible values of the server, such as a negative processing time; shown, never corrected. */
  implausible: z.array(z.string()),
  /** With the server's own code and message, if it gave any. */
  error: z
    .object({ code: z.string(), message: z.string(), status: z.number().int().nullable() })
    .nullable(),
  /** `host:port` of the proxy that the last attempt used or tried; null where there was none. */
  proxy: z.string().nullable().default(null),
  /** The server's address that the last attempt connected to; null where it was none, or a proxy looks it up. */
  connectedTo: z.string().nullable().default(null),
  /** The server's addresses that all attempts tried, each once, in order. */
  tried: z.array(z.string()).default([]),
  /** The last reply, redacted, and cut where it was long; null where none came. */
  reply: z
    .object({ status: z.number().int(), body: z.string(), cut: z.boolean() })
    .nullable()
    .default(null),
  /** Who seems to have answered in the chat server's place (`unconfirmed`); null where nobody has. */
  answeredBy: z
    .object({
      kind: z.enum(['gateway', 'sign-in', 'nobody', 'unknown']),
      /** What it calls itself. */
      name: z.string().nullable(),
    })
    .nullable()
    .default(null),
  /** For how long the server asked to be left alone (`Retry-After` of 429 and 503); null where it did not. */
  retryAfterMs: milliseconds.nullable().default(null),
  /** Whether it was handed in by a console, which may have got another session since. */
  handedIn: z.boolean().default(false),
  /**
   * Whether the session left the vault although its end was never confirmed: the same answer had stood for longer
   * than the server keeps an absent agent, or a newer session has replaced it.
   */
  letGo: z.boolean().default(false),
});
export type Receipt = z.infer<typeof receiptSchema>;

/** Whether somebody asked for the end of the session. */
export function isSignOffCause(cause: Cause): cause is SignOffCause {
  return cause !== 'server' && cause !== 'replaced';
}

/** Whether the server has said that the session is over; only then does it leave the vault. */
export function isOver(outcome: Outcome): boolean {
  return outcome === 'ended' || outcome === 'already-over';
}

/** Whether a receipt's session has left the vault by it. */
export function isHeldNoMore({ outcome, letGo }: Pick<Receipt, 'outcome' | 'letGo'>): boolean {
  return isOver(outcome) || letGo;
}
