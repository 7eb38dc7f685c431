import { z } from 'zod';
import { causeSchema, outcomeSchema, receiptSchema } from '../main/signoff/receipt.ts';

// The window's content security policy forbids `eval`; without this zod tries it and is reported.
z.config({ jitless: true });

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
  lastFailure: z.object({ outcome: outcomeSchema, message: z.string() }).nullable(),
});
export type HeldView = z.infer<typeof heldViewSchema>;

const stateSchema = z.object({
  version: z.string(),
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
  /** Set while the app is leaving: first it ends what is held, then, if that failed, it asks. */
  leaving: z
    .object({ phase: z.enum(['ending', 'asking']), cause: causeSchema, deadline: z.number() })
    .nullable(),
});
export type State = z.infer<typeof stateSchema>;

const problemSchema = z.object({
  /** The field of the session it is about; empty when it is about the whole. */
  field: z.string(),
  message: z.string(),
});
export type Problem = z.infer<typeof problemSchema>;

const resultsPageSchema = z.object({
  receipts: z.array(receiptSchema).readonly(),
  /** Where the next page begins; null at the end. */
  next: z.string().nullable(),
  /** Lines that could not be read and were skipped. */
  unreadable: z.number(),
});

/** Every call that the window may make of the main process: what it sends and what it gets. */
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
  /** The newest receipts first, a page at a time. */
  getResults: {
    request: z.object({
      after: z.string().nullable(),
      limit: z.number().int().min(1).max(500),
    }),
    reply: resultsPageSchema,
  },
  /** The agent's answer about sessions left over within the same login. */
  answerLeftover: {
    request: z.object({ answer: z.enum(['keep', 'sign-off']) }),
    reply: z.void(),
  },
  /** The agent's answer when not everything could be ended before quitting. */
  answerLeaving: {
    request: z.object({ answer: z.enum(['try-again', 'quit']) }),
    reply: z.void(),
  },
} as const satisfies Record<string, { request: z.ZodType; reply: z.ZodType }>;

/** Every event that the main process sends to the window. */
export const events = {
  state: stateSchema,
  receipt: receiptSchema,
} as const satisfies Record<string, z.ZodType>;

export type CallName = keyof typeof calls;
export type EventName = keyof typeof events;
export type Request<N extends CallName> = z.infer<(typeof calls)[N]['request']>;
export type Reply<N extends CallName> = z.infer<(typeof calls)[N]['reply']>;
export type EventPayload<N extends EventName> = z.infer<(typeof events)[N]>;

// `Object.keys` gives no more than text, by design; here its type is known.
// oxlint-disable-next-line typescript/no-unsafe-type-assertion
export const callNames = Object.keys(calls) as readonly CallName[];

/** The channel names on Electron's wire. */
export const callChannel = (name: CallName): string => `signoff:call:${name}`;
export const eventChannel = (name: EventName): string => `signoff:event:${name}`;

type BridgeCall<N extends CallName> =
  Request<N> extends undefined
    ? () => Promise<Reply<N>>
    : (request: Request<N>) => Promise<Reply<N>>;

/** What the preload puts on the window as `signoff`. */
export type Bridge = { readonly [N in CallName]: BridgeCall<N> } & {
  /** Calls the listener at each event until the returned function is called. */
  on<N extends EventName>(name: N, listener: (payload: EventPayload<N>) => void): () => void;
};
