import * as z from 'zod';
import { signInEndSchemas } from '../../signin/sign-in-end-schema.ts';

/** A command's request to the running app: one line of JSON each way over a local socket. */
export const controlRequestSchema = z.discriminatedUnion('command', [
  /** Whether it answers at all. */
  z.object({ command: z.literal('ping') }),
  z.object({ command: z.literal('status') }),
  z.object({ command: z.literal('policy') }),
  /** Takes as long as its connection checks, about ten seconds at most. */
  z.object({ command: z.literal('diagnostics') }),
  /** `text` is the session's JSON as it was read: the running app validates it. */
  z.object({ command: z.literal('hold'), text: z.string() }),
  /** Null if not given; an empty password means the remembered one. */
  z.object({
    command: z.literal('sign-in'),
    site: z.string().nullable(),
    userName: z.string().nullable(),
    accountId: z.string().nullable(),
    password: z.string(),
    available: z.boolean(),
    takeOver: z.boolean(),
    remember: z.boolean(),
  }),
  z.object({
    command: z.literal('set-activity'),
    available: z.boolean(),
    reason: z.number().int().nullable(),
  }),
  z.object({
    command: z.literal('sign-off'),
    ids: z.union([z.literal('all'), z.array(z.string())]),
    force: z.boolean(),
    budgetMs: z.number().positive().nullable(),
  }),
  z.object({ command: z.literal('login-item'), on: z.boolean() }),
  z.object({ command: z.literal('quit') }),
  /** An installer of ours is about to close the app; with `close`, the app goes by itself. */
  z.object({ command: z.literal('prepare-update'), close: z.boolean() }),
]);
export type ControlRequest = z.infer<typeof controlRequestSchema>;
/** What is carried out. */
export type AppRequest = Exclude<ControlRequest, { command: 'ping' }>;
export type SignOffCommand = Extract<ControlRequest, { command: 'sign-off' }>;

/** What a command asks and the app answers first, where the app has to prove whose it is. */
export const nonceSchema = z.object({ nonce: z.string() });
export const proofSchema = z.object({ proof: z.string() });

export const controlReplySchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), result: z.unknown() }),
  /** `problems` are for people; `exitCode` is the command's. */
  z.object({ ok: z.literal(false), exitCode: z.number().int(), problems: z.array(z.string()) }),
]);
export type ControlReply = z.infer<typeof controlReplySchema>;

/** How a sign-in ended; bad input is an error reply instead. */
export const signInReplySchema = z.union(signInEndSchemas);
export type SignInReply = z.infer<typeof signInReplySchema>;

/** In milliseconds, how long an app that is well takes at most: what has a budget takes that, and a little. */
export function answersWithin(request: ControlRequest): number {
  switch (request.command) {
    case 'sign-off':
      return (request.budgetMs ?? LONGEST_BUDGET_MS) + 2_000;
    case 'quit':
      return LONGEST_BUDGET_MS + 15_000;
    case 'sign-in':
      return 120_000;
    case 'diagnostics':
    case 'set-activity':
      return 30_000;
    default:
      return ANSWER_WITHIN_MS;
  }
}
/** Of an app that has nothing to wait for, on a busy machine. */
export const ANSWER_WITHIN_MS = 10_000;
/** The most that IT may set. */
const LONGEST_BUDGET_MS = 60_000;

/** The commands' exit codes. */
export const EXIT = { done: 0, failed: 1, misused: 2, wrongPerson: 3, notRunning: 4 } as const;

/** In bytes. The largest valid request, a session, is a fraction of it. */
export const REQUEST_LIMIT = 64 * 1024;
