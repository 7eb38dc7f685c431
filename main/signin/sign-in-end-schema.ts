import * as z from 'zod';

/** What a sign-in goes through, in this order. */
export const signInStepSchema = z.enum(['settings', 'token', 'session', 'status']);

/** Every way a sign-in can end once its input is right. */
export const signInEndSchemas = [
  /** `statusProblem` is why the status could not be set, in words. */
  z.object({ ok: z.literal(true), id: z.string(), statusProblem: z.string().nullable() }),
  /** The server has a session for the agent already. */
  z.object({
    ok: z.literal(false),
    why: z.literal('conflict'),
    message: z.string(),
    /** The session may be of a try just before, whose answer was lost. */
    perhapsOurs: z.boolean(),
  }),
  z.object({ ok: z.literal(false), why: z.literal('cancelled') }),
  z.object({
    ok: z.literal(false),
    why: z.literal('failed'),
    step: signInStepSchema,
    code: z.string(),
    /** The server's own words, or what was in the way. */
    message: z.string(),
    /** What the person can do about it. */
    advice: z.enum(['password', 'account', 'site', 'network', 'try-again', 'ask-it', 'disk']),
  }),
] as const;
