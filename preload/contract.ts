import * as z from 'zod';
import type { CallName, EventName } from './channels.ts';
import { agentSettingNameSchema, agentSettingsSchema, LANGUAGES } from '../main/settings/schema.ts';
import { causeSchema, outcomeSchema, receiptSchema } from '../main/signoff/receipt.ts';
import { resultsFilterSchema } from '../main/signoff/results-filter.ts';

export type { SettingBounds } from '../main/settings/schema.ts';

/** A held session as the window sees it: the session id only masked. Times are epoch milliseconds. */
const heldViewSchema = z.object({
  id: z.string(),
  kind: z.enum(['agent', 'engagement']),
  server: z.string(),
  fqSiteName: z.string(),
  pool: z.string().nullable(),
  accountId: z.string().nullable(),
  maskedSessionId: z.string(),
  label: z.string(),
  heldSince: z.number(),
  /** The sign-off under way, if any. */
  ending: z
    .object({
      cause: causeSchema,
      forced: z.boolean(),
      attempt: z.number(),
      deadline: z.number(),
    })
    .nullable(),
  /** How the newest sign-off ended that left the session held, if there was one. */
  lastFailure: z
    .object({
      outcome: outcomeSchema,
      /** The server's own, or one of ours where nothing of it came through. */
      code: z.string(),
      message: z.string(),
    })
    .nullable(),
  /** When it is tried again by itself, in epoch milliseconds; null when it is not. */
  nextTryAt: z.number().nullable(),
});
export type HeldView = z.infer<typeof heldViewSchema>;

const stateSchema = z.object({
  version: z.string(),
  /** What the window speaks: the setting, or else what the system's language comes closest to. */
  language: z.enum(LANGUAGES),
  /** Those that the agent may change, or could if IT did not manage them. */
  settings: z.object({
    values: agentSettingsSchema,
    /** Those that IT manages, which nobody can change here. */
    managed: z.array(agentSettingNameSchema),
  }),
  /** What the form for a session begins with; empty where IT has laid nothing down. */
  handInDefaults: z.object({ server: z.string(), fqSiteName: z.string(), pool: z.string() }),
  /** False while the machine has no network at all. */
  online: z.boolean(),
  held: z.array(heldViewSchema),
  vault: z.object({
    /** False where the OS offers no encryption: then sessions are held in memory only. */
    durable: z.boolean(),
    /** The file name that an unreadable vault was set aside under at this start. */
    setAside: z.string().nullable(),
  }),
  /**
   * Set while it is asked what is to become of sessions that a crash left over within the same
   * login: without an answer by `deadline` they are signed off.
   */
  leftoverQuestion: z.object({ ids: z.array(z.string()), deadline: z.number() }).nullable(),
  /**
   * Set while the app is leaving: first it ends what is held; then, if that failed, it asks, or says
   * that IT does not let it go.
   */
  leaving: z
    .object({
      phase: z.enum(['ending', 'asking', 'refused']),
      cause: causeSchema,
      deadline: z.number(),
    })
    .nullable(),
});
export type State = z.infer<typeof stateSchema>;

const problemSchema = z.object({
  /** The field of the session it is about; empty when it is about the whole. */
  field: z.string(),
  message: z.string(),
  /** Names the problem, where the window says it in its own language. */
  code: z.string().optional(),
});
export type Problem = z.infer<typeof problemSchema>;

const resultsPageSchema = z.object({
  receipts: z.array(receiptSchema).readonly(),
  /** Where the next page begins; null at the end. */
  next: z.string().nullable(),
  /** Lines that could not be read and were skipped. */
  unreadable: z.number(),
});

/** Milliseconds; null where no receipt of the bucket has the figure. */
const spreadSchema = z.object({ median: z.number(), p95: z.number() }).nullable();
const timingsSchema = z.object({
  /** The newest receipts that were looked at, and whether there were more. */
  count: z.number(),
  complete: z.boolean(),
  /** Every server among them, for the filter. */
  servers: z.array(z.string()),
  buckets: z.array(
    z.object({
      /** Where the hour or day begins in the machine's time zone, in epoch milliseconds. */
      start: z.number(),
      server: z.string(),
      count: z.number(),
      processing: spreadSchema,
      roundTrip: spreadSchema,
    }),
  ),
  /** The slowest that stand out from their server's other receipts, slowest first. */
  outliers: z.array(receiptSchema),
  /** Medians over all, for one sentence: which part of a round trip took the longest. */
  typical: z
    .object({
      roundTripMs: z.number(),
      processingMs: z.number().nullable(),
      phases: z.object({
        wait: z.number(),
        dns: z.number(),
        tcp: z.number(),
        tls: z.number(),
        request: z.number(),
        firstByte: z.number(),
        download: z.number(),
      }),
    })
    .nullable(),
});
export type Timings = z.infer<typeof timingsSchema>;

/** What the window sends with each call, and what it gets. */
export const calls = {
  getState: { request: z.undefined(), reply: stateSchema },
  /** Hands a session in; `session` is validated by the same schema as the command line's. */
  hold: {
    request: z.object({ session: z.record(z.string(), z.string()) }),
    reply: z.discriminatedUnion('ok', [
      z.object({ ok: z.literal(true), id: z.string() }),
      z.object({ ok: z.literal(false), problems: z.array(problemSchema) }),
    ]),
  },
  /** Ends these held sessions, or all of them, and resolves when that is over or out of budget. */
  signOff: {
    request: z.object({
      ids: z.union([z.literal('all'), z.array(z.string()).min(1)]),
      force: z.boolean(),
    }),
    reply: z.array(receiptSchema),
  },
  /** Asks the chat server whether it knows the site and pool. No session is ended by it. */
  checkAddress: {
    request: z.object({ session: z.record(z.string(), z.string()) }),
    reply: z.discriminatedUnion('ok', [
      z.object({ ok: z.literal(true), roundTripMs: z.number() }),
      z.object({
        ok: z.literal(false),
        /** What is wrong; `unclear` where something answered in a way that tells neither. */
        wrong: z.enum(['input', 'host', 'site', 'pool', 'unclear']),
        problems: z.array(problemSchema),
      }),
    ]),
  },
  /** The newest receipts first, a page at a time. */
  getResults: {
    request: z.object({
      filter: resultsFilterSchema,
      after: z.string().nullable(),
      limit: z.number().int().min(1).max(500),
    }),
    reply: resultsPageSchema,
  },
  /** How long server and network took over time, of the receipts that the filter leaves in. */
  getTimings: {
    request: z.object({ filter: resultsFilterSchema, per: z.enum(['hour', 'day']) }),
    reply: timingsSchema,
  },
  /** Saves what the filter leaves in to a file that the person chooses. */
  exportResults: {
    request: z.object({ filter: resultsFilterSchema, format: z.enum(['csv', 'json']) }),
    reply: z.discriminatedUnion('end', [
      z.object({ end: z.literal('saved'), count: z.number(), fileName: z.string() }),
      z.object({ end: z.literal('cancelled') }),
      z.object({ end: z.literal('failed'), message: z.string() }),
    ]),
  },
  cancelExport: { request: z.undefined(), reply: z.void() },
  /** Changes a setting at once. What is out of bounds or managed by IT is turned down in words. */
  setSetting: {
    request: z.object({ name: agentSettingNameSchema, value: z.unknown() }),
    reply: z.object({ problem: z.string().nullable() }),
  },
  /** The agent's answer about sessions left over within the same login. */
  answerLeftover: {
    request: z.object({ answer: z.enum(['keep', 'sign-off']) }),
    reply: z.void(),
  },
  /** The agent's answer when not everything could be ended before quitting. */
  answerLeaving: {
    request: z.object({ answer: z.enum(['try-again', 'quit', 'stay']) }),
    reply: z.void(),
  },
} as const satisfies Record<CallName, { request: z.ZodType; reply: z.ZodType }>;

/** What each event tells the window. */
export const events = {
  state: stateSchema,
  receipt: receiptSchema,
  /** While an export runs: receipts written so far. */
  export: z.object({ written: z.number() }),
  /** Where a notification led: the window shows that part of itself, and the one that has this id. */
  show: z.object({ view: z.enum(['sessions', 'results']), id: z.string().nullable() }),
} as const satisfies Record<EventName, z.ZodType>;

export type Request<N extends CallName> = z.infer<(typeof calls)[N]['request']>;
export type Reply<N extends CallName> = z.infer<(typeof calls)[N]['reply']>;
export type EventPayload<N extends EventName> = z.infer<(typeof events)[N]>;

type BridgeCall<N extends CallName> =
  Request<N> extends undefined
    ? () => Promise<Reply<N>>
    : (request: Request<N>) => Promise<Reply<N>>;

/** What the preload puts on the window as `signoff`. */
export type Bridge = { readonly [N in CallName]: BridgeCall<N> } & {
  /** Calls the listener at each event until the returned function is called. */
  on<N extends EventName>(name: N, listener: (payload: EventPayload<N>) => void): () => void;
};
