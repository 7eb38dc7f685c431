import * as z from 'zod';

/** The steps of a sign-in, in their order. */
export const signInStepSchema = z.enum(['settings', 'token', 'session', 'status']);

/** The possible ends of a sign-in with valid input. */
export const signInEndSchemas = [
  /** `statusProblem`: why the status could not be set, in words. */
  z.object({ ok: z.literal(true), id: z.string(), statusProblem: z.string().nullable() }),
  /** The server already has a session for the agent. */
  z.object({
    ok: z.literal(false),
    why: z.literal('conflict'),
    message: z.string(),
    /** The session may come from an earlier try whose answer was lost. */
    perhapsOurs: z.boolean(),
  }),
  z.object({ ok: z.literal(false), why: z.literal('cancelled') }),
  z.object({
    ok: z.literal(false),
    why: z.literal('failed'),
    step: signInStepSchema,
    code: z.string(),
    /** The server's own words, or what prevented the call. */
    message: z.string(),
    /** What the person can do about it. */
    advice: z.enum(['password', 'account', 'site', 'network', 'try-again', 'ask-it', 'disk']),
  }),
] as const;
