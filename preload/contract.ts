import * as z from 'zod';
import { agentSettingNameSchema, agentSettingsSchema, LANGUAGES } from '../main/settings/schema.ts';
import { causeSchema, outcomeSchema, receiptSchema } from '../main/results/receipt.ts';
import { resultsFilterSchema } from '../main/results/filter.ts';
import { signInEndSchemas, signInStepSchema } from '../main/signin/sign-in-end-schema.ts';

export type { SettingBounds } from '../main/settings/schema.ts';

/**
 * `reconnecting`: the server cannot be reached, and drops the session at `dropsAt` (epoch milliseconds)
 * unless it can be again; `dropped`: by now it has.
 */
const presenceSchema = z.object({
  state: z.enum(['present', 'reconnecting', 'dropped']),
  dropsAt: z.number().nullable(),
});

const activitySchema = z.object({
  /** `unknown` until it has been set once since the app was started, and after a change whose answer was lost. */
  value: z.enum(['available', 'unavailable', 'unknown']),
  /** The reason's number; null where there is none. */
  reason: z.number().nullable(),
  changing: z.boolean(),
  /** Why the newest change did not come about, in words. */
  problem: z.string().nullable(),
});

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
      /** Milliseconds that it has in all. */
      budgetMs: z.number(),
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
  /** Whether the server takes the agent for present; null where a console elsewhere sees to that. */
  presence: presenceSchema.nullable(),
  /** What the agent is set to; null where that is not Signoff's to set. */
  activity: activitySchema.nullable(),
});
export type HeldView = z.infer<typeof heldViewSchema>;

const stateSchema = z.object({
  version: z.string(),
  /** When the app was started, in epoch milliseconds. */
  runningSince: z.number(),
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
  signIn: z.object({
    /** Whether IT has signing in, and handing in, offered. */
    offers: z.object({ signIn: z.boolean(), handIn: z.boolean() }),
    /** What the form begins with; `hasPassword` where one is remembered for this user name. */
    defaults: z.object({
      site: z.string(),
      userName: z.string(),
      accountId: z.string(),
      hasPassword: z.boolean(),
    }),
    mayRemember: z.boolean(),
    /** The step of the sign-in under way, if any. */
    step: signInStepSchema.nullable(),
  }),
  /** Why an agent may be unavailable, as IT has laid it down. */
  unavailableReasons: z.array(z.object({ id: z.number(), name: z.string() })),
  /** Where browser consoles hand sessions in. `problem` is why that does not work although it is on, in words. */
  browser: z.object({ port: z.number(), problem: z.string().nullable() }),
  /** Set while it is asked whether a browser console at this origin may hand sessions in. */
  originQuestion: z.object({ origin: z.string(), deadline: z.number() }).nullable(),
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
      /** Milliseconds that this phase has in all. */
      budgetMs: z.number(),
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

/** Every call that the window may make of the main process: what it sends, and what it gets. */
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
  /**
   * Signs the agent in and holds the session. An empty password means the remembered one; `takeOver`
   * has the agent's session that the server has already taken over.
   */
  signIn: {
    request: z.object({
      site: z.string(),
      userName: z.string(),
      password: z.string(),
      accountId: z.string(),
      available: z.boolean(),
      takeOver: z.boolean(),
      remember: z.boolean(),
    }),
    reply: z.union([
      ...signInEndSchemas,
      z.object({ ok: z.literal(false), why: z.literal('input'), problems: z.array(problemSchema) }),
    ]),
  },
  cancelSignIn: { request: z.undefined(), reply: z.void() },
  forgetPassword: { request: z.undefined(), reply: z.void() },
  /** Sets the agent of this held session, or of all that were started here. */
  setActivity: {
    request: z.object({
      id: z.string().nullable(),
      value: z.enum(['available', 'unavailable']),
      reason: z.number().int().nullable(),
    }),
    reply: z.object({ problem: z.string().nullable() }),
  },
  /** The agent's answer about a browser console. */
  answerOrigin: {
    request: z.object({ origin: z.string(), answer: z.enum(['allow', 'deny']) }),
    reply: z.void(),
  },
  /** Puts the token that a browser console needs on the clipboard; false where there is none. */
  copyBrowserToken: { request: z.undefined(), reply: z.boolean() },
  /**
   * Ends these held sessions, or all of them, and resolves when that is over or out of budget. What came
   * of it comes as `receipt` events, as from every other sign-off.
   */
  signOff: {
    request: z.object({
      ids: z.union([z.literal('all'), z.array(z.string()).min(1)]),
      force: z.boolean(),
    }),
    reply: z.void(),
  },
  /** Asks the chat server whether it knows the site and pool. No session is ended by it. */
  checkAddress: {
    request: z.object({ session: z.record(z.string(), z.string()) }),
    reply: z.union([
      z.object({ ok: z.literal(true), roundTripMs: z.number() }),
      z.object({
        ok: z.literal(false),
        wrong: z.literal('input'),
        problems: z.array(problemSchema),
      }),
      z.object({
        ok: z.literal(false),
        /** What is wrong; `unclear` where something answered in a way that tells neither. */
        wrong: z.enum(['host', 'site', 'pool', 'unclear']),
        /** Of what answered, or of what did not; empty where there is none. */
        code: z.string(),
        message: z.string(),
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
      z.object({
        end: z.literal('failed'),
        why: z.enum(['disk-full', 'not-allowed', 'in-use', 'folder-gone', 'other']),
        /** The system's own code, such as `EIO`. */
        code: z.string(),
      }),
    ]),
  },
  cancelExport: { request: z.undefined(), reply: z.void() },
  /** Shows the file that was saved last in its folder. */
  showExport: { request: z.undefined(), reply: z.void() },
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
} as const satisfies Record<string, { request: z.ZodType; reply: z.ZodType }>;

/** Every event that the main process sends to the window, and what it tells. */
export const events = {
  state: stateSchema,
  receipt: receiptSchema,
  /** While an export runs: receipts written so far. */
  export: z.object({ written: z.number() }),
  /** Where a notification led: the window shows that part of itself, and the one session or receipt. */
  show: z.discriminatedUnion('view', [
    z.object({ view: z.literal('sessions'), id: z.string().nullable() }),
    z.object({ view: z.literal('results'), receipt: receiptSchema.nullable() }),
  ]),
} as const satisfies Record<string, z.ZodType>;

export type CallName = keyof typeof calls;
export type EventName = keyof typeof events;

// A literal's keys are those of its type, of which `Object.keys` knows nothing.
// oxlint-disable-next-line typescript/no-unsafe-type-assertion
export const callNames = Object.keys(calls) as CallName[];

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
