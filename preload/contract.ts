import * as z from 'zod';
import { agentSettingNameSchema, agentSettingsSchema, LANGUAGES } from '../main/settings/schema.ts';
import { causeSchema, outcomeSchema, receiptSchema } from '../main/results/receipt.ts';
import { resultsFilterSchema } from '../main/results/filter.ts';
import { signInEndSchemas, signInStepSchema } from '../main/signin/sign-in-end-schema.ts';

export type { SettingBounds } from '../main/settings/schema.ts';

/** `reconnecting`: the server cannot be reached, and drops the session at `dropsAt` (epoch milliseconds). */
const presenceSchema = z.object({
  state: z.enum(['present', 'reconnecting', 'dropped']),
  dropsAt: z.number().nullable(),
  /** What was answered in the place of a poll's own answer, for people. */
  said: z.string().optional(),
  /** When a chat was offered to the agent last, in epoch milliseconds; left out where none was of late. */
  chatOfferedAt: z.number().optional(),
});

const activitySchema = z.object({
  /** `unknown` until it is set after the start, and after a change whose answer was lost. */
  value: z.enum(['available', 'unavailable', 'unknown']),
  /** The number of the kind or reason; null if there is none. */
  reason: z.number().nullable(),
  changing: z.boolean(),
  /** Why the latest change failed, for people. */
  problem: z.string().nullable(),
});

/** A held session, with its session id masked. Times are epoch milliseconds. */
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
      /** The whole budget, in milliseconds. */
      budgetMs: z.number(),
    })
    .nullable(),
  /** The latest sign-off that left the session held, if any. */
  lastFailure: z
    .object({
      outcome: outcomeSchema,
      /** The server's, or one of ours if there was no answer. */
      code: z.string(),
      message: z.string(),
      /** Who seems to have answered in the chat server's place, if anybody. */
      answeredBy: receiptSchema.shape.answeredBy.unwrap(),
    })
    .nullable(),
  /** The next automatic retry, in epoch milliseconds; null if there is none. */
  nextTryAt: z.number().nullable(),
  /** Null if another console keeps the agent present. */
  presence: presenceSchema.nullable(),
  /** Null if Signoff cannot set it. */
  activity: activitySchema.nullable(),
});
export type HeldView = z.infer<typeof heldViewSchema>;

/** What another machine that shares the data folder holds. */
const elsewhereSchema = z.object({
  /** The machine's name. */
  host: z.string(),
  /** The earliest hand-in, in epoch milliseconds; null if that machine's vault does not tell. */
  since: z.number().nullable(),
  /** Null if this machine cannot decrypt it. */
  held: z.array(heldViewSchema).nullable(),
});
export type ElsewhereView = z.infer<typeof elsewhereSchema>;
/** What the sign-in form begins with; `hasPassword`: one is remembered for this site and user name. */
const signInDefaultsSchema = z.object({
  site: z.string(),
  userName: z.string(),
  accountId: z.string(),
  hasPassword: z.boolean(),
});

/** A session that is over. */
const endedViewSchema = heldViewSchema
  .pick({ id: true, kind: true, accountId: true, maskedSessionId: true, label: true })
  .extend({
    /** For signing in to it again; null if it did not begin here, or IT does not offer that. */
    signIn: signInDefaultsSchema.nullable(),
  });
export type EndedView = z.infer<typeof endedViewSchema>;

const stateSchema = z.object({
  version: z.string(),
  /** The app's start, in epoch milliseconds. */
  runningSince: z.number(),
  /** The window's language. */
  language: z.enum(LANGUAGES),
  /** The agent's settings. */
  settings: z.object({
    values: agentSettingsSchema,
    /** Those that IT manages, so that the agent cannot change them. */
    managed: z.array(agentSettingNameSchema),
    /** What decides on the start at login where neither IT nor the agent has, in Signoff; otherwise null. */
    startAtLoginBy: z.enum(['desktop', 'installation']).nullable(),
  }),
  /** The form's defaults; empty if IT has set none. */
  handInDefaults: z.object({ server: z.string(), fqSiteName: z.string(), pool: z.string() }),
  signIn: z.object({
    /** What IT offers. */
    offers: z.object({ signIn: z.boolean(), handIn: z.boolean() }),
    defaults: signInDefaultsSchema,
    mayRemember: z.boolean(),
    /** The step of the sign-in under way, if any. */
    step: signInStepSchema.nullable(),
  }),
  /** The kinds of being available that IT has set. */
  availableKinds: z.array(z.object({ id: z.number(), name: z.string() })),
  /** The reasons for being unavailable that IT has set. */
  unavailableReasons: z.array(z.object({ id: z.number(), name: z.string() })),
  /** Where browser consoles hand sessions in. `problem`: why that is on but does not work, for people. */
  browser: z.object({ port: z.number(), problem: z.string().nullable() }),
  /** The pending question whether a browser console at this origin may hand sessions in. */
  originQuestion: z.object({ origin: z.string(), deadline: z.number() }).nullable(),
  /** False while the machine has no network. */
  online: z.boolean(),
  held: z.array(heldViewSchema),
  /** What other machines hold; it is ended only by its ids. */
  elsewhere: z.array(elsewhereSchema),
  vault: z.object({
    /** Whether the next start finds what is held, although the app was killed. */
    durable: z.boolean(),
    /** True while sessions are on the disk, and the key that decrypts them is not. */
    keyPending: z.boolean(),
    /** True where nothing is saved because the folder for it cannot be written to. */
    folderUnusable: z.boolean(),
    /** The file name under which this start has set an unreadable vault aside. */
    setAside: z.string().nullable(),
  }),
  /** The pending question about leftovers of this login, which are signed off at `deadline`. */
  leftoverQuestion: z.object({ ids: z.array(z.string()), deadline: z.number() }).nullable(),
  /** Set while the app is leaving. If sessions could not be ended, it asks, or IT's policy refuses to quit. */
  leaving: z
    .object({
      phase: z.enum(['ending', 'asking', 'refused']),
      cause: causeSchema,
      deadline: z.number(),
      /** The phase's whole budget, in milliseconds. */
      budgetMs: z.number(),
    })
    .nullable(),
  /** What was ended for a shutdown that was then called off, until the agent is back or has dismissed that. */
  calledOff: z.array(endedViewSchema),
});
export type State = z.infer<typeof stateSchema>;

const problemSchema = z.object({
  /** The session's field; empty if it concerns the whole. */
  field: z.string(),
  message: z.string(),
  /** Names a problem that the window translates. */
  code: z.string().optional(),
});
export type Problem = z.infer<typeof problemSchema>;

const resultsPageSchema = z.object({
  receipts: z.array(receiptSchema).readonly(),
  /** The cursor of the next page; null at the end. */
  next: z.string().nullable(),
  /** Unreadable lines that were skipped. */
  unreadable: z.number(),
});

/** Milliseconds; null if no receipt of the bucket has the figure. */
const spreadSchema = z.object({ median: z.number(), p95: z.number() }).nullable();
const timingsSchema = z.object({
  /** How many of the newest receipts were read, and whether those were all. */
  count: z.number(),
  complete: z.boolean(),
  /** Every server among them, for the filter. */
  servers: z.array(z.string()),
  buckets: z.array(
    z.object({
      /** The start of the hour or day in the local time zone, in epoch milliseconds. */
      start: z.number(),
      server: z.string(),
      count: z.number(),
      processing: spreadSchema,
      roundTrip: spreadSchema,
    }),
  ),
  /** Receipts that are far slower than their server's others, slowest first. */
  outliers: z.array(receiptSchema),
  /** Medians over all receipts. */
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

/** Every call from the window to the main process. */
export const calls = {
  getState: { request: z.undefined(), reply: stateSchema },
  /** Hands in a session, which is validated as the command line's is. */
  hold: {
    request: z.object({ session: z.record(z.string(), z.string()) }),
    reply: z.discriminatedUnion('ok', [
      z.object({ ok: z.literal(true), id: z.string() }),
      z.object({ ok: z.literal(false), problems: z.array(problemSchema) }),
    ]),
  },
  /**
   * Signs the agent in and holds the session. An empty password means the remembered one. `takeOver`
   * replaces a session that the agent already has.
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
  /** Sets the agent of this session; null for all who signed in here. */
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
  /** Copies the browser console's token to the clipboard; false if there is none. */
  copyBrowserToken: { request: z.undefined(), reply: z.boolean() },
  /** Ends held sessions; resolves when they are over or the budget is. Results come as `receipt` events. */
  signOff: {
    request: z.object({
      ids: z.union([z.literal('all'), z.array(z.string()).min(1)]),
      force: z.boolean(),
    }),
    reply: z.void(),
  },
  /** Asks the chat server whether it knows the site and pool; ends no session. */
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
        /** What is wrong; `unclear` if the answer does not tell. */
        wrong: z.enum(['host', 'site', 'pool', 'unclear']),
        /** Of the answer or the failure; empty if there is none. */
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
  /** The server's and the network's times of the filtered receipts, over time. */
  getTimings: {
    request: z.object({ filter: resultsFilterSchema, per: z.enum(['hour', 'day']) }),
    reply: timingsSchema,
  },
  /** Saves the filtered receipts to a file that the person chooses. */
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
  /** Shows the latest exported file in its folder. */
  showExport: { request: z.undefined(), reply: z.void() },
  /** Changes a setting; `problem` says why it was refused, for people. */
  setSetting: {
    request: z.object({ name: agentSettingNameSchema, value: z.unknown() }),
    reply: z.object({ problem: z.string().nullable() }),
  },
  /** The agent's answer about leftovers of the same login. */
  answerLeftover: {
    request: z.object({ answer: z.enum(['keep', 'sign-off']) }),
    reply: z.void(),
  },
  /** The agent's answer when a session could not be ended before quitting. */
  answerLeaving: {
    request: z.object({ answer: z.enum(['try-again', 'quit', 'stay']) }),
    reply: z.void(),
  },
  /** Puts away what is said of a shutdown that was called off. */
  dismissCalledOff: { request: z.undefined(), reply: z.void() },
} as const satisfies Record<string, { request: z.ZodType; reply: z.ZodType }>;

/** Every event from the main process to the window. */
export const events = {
  state: stateSchema,
  receipt: receiptSchema,
  /** While an export runs: receipts written so far. */
  export: z.object({ written: z.number() }),
  /**
   * The destination of a notification, or of the tray: a view, and one session or receipt in it, or signing in to
   * the ended session again.
   */
  show: z.discriminatedUnion('view', [
    z.object({ view: z.literal('sessions'), id: z.string().nullable() }),
    z.object({ view: z.literal('results'), receipt: receiptSchema.nullable() }),
    z.object({ view: z.literal('sign-in'), id: z.string() }),
  ]),
} as const satisfies Record<string, z.ZodType>;

export type CallName = keyof typeof calls;
export type EventName = keyof typeof events;

// `Object.keys` returns strings, though a literal has exactly the keys of its type.
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
