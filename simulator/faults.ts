import * as z from 'zod';
import { CHAT_CALLS } from './routes.ts';

/** Node's timers fire at once when asked to wait longer than this. */
const MAX_TIMER_MS = 2 ** 31 - 1;
const MAX_BODY_BYTES = 2 ** 30;

/** Only statuses that end an exchange: a 1xx is followed by another answer. */
const status = z.int().min(200).max(599);
const headerValue = z.string().regex(/^[\x20-\x7e]+$/, 'must be one line of printable ASCII');

const delay = z.strictObject({
  kind: z.literal('delay'),
  ms: z.int().min(0).max(MAX_TIMER_MS),
});
const hang = z.strictObject({ kind: z.literal('hang'), processed: z.boolean().exactOptional() });
const reset = z.strictObject({ kind: z.literal('reset'), when: z.enum(['before', 'after']) });
const drip = z.strictObject({
  kind: z.literal('drip'),
  bytesPerSecond: z.number().min(0.001).max(1e9),
});
const statusOnly = z.strictObject({
  kind: z.literal('status'),
  status,
  body: z.string().exactOptional(),
  contentType: headerValue.exactOptional(),
});
const error = z.strictObject({
  kind: z.literal('error'),
  status,
  code: z.string(),
  message: z.string().exactOptional(),
});
const html = z.strictObject({ kind: z.literal('html'), status });
const empty = z.strictObject({ kind: z.literal('empty'), status });
const oversized = z.strictObject({
  kind: z.literal('oversized'),
  bytes: z.int().min(14).max(MAX_BODY_BYTES),
});
const redirect = z.strictObject({
  kind: z.literal('redirect'),
  location: headerValue,
  status: z.int().min(300).max(399).exactOptional(),
});
const malformed = z.strictObject({ kind: z.literal('malformed') });
const systemError = z.strictObject({
  kind: z.literal('system-error'),
  errorCondition: z.string(),
  text: z.string(),
});
const refuseUnlessForced = z.strictObject({ kind: z.literal('refuse-unless-forced') });

const faults = [
  delay,
  hang,
  reset,
  drip,
  statusOnly,
  error,
  html,
  empty,
  oversized,
  redirect,
  malformed,
  systemError,
  refuseUnlessForced,
] as const;

const kinds = faults.map((fault) => fault.shape.kind.value);

/** Reads a fault rule from outside. */
export const faultRuleSchema = z.strictObject({
  fault: z.discriminatedUnion('kind', faults, {
    error: (issue) =>
      issue.code === 'invalid_union' ? `must be one of ${kinds.join(', ')}` : undefined,
  }),
  sessionId: z.string().exactOptional(),
  call: z.enum(CHAT_CALLS).exactOptional(),
  times: z.int().min(1).exactOptional(),
});

/**
 * When to play which fault. Without `sessionId` or `call`: for any. Without `times`: always.
 * Of several rules that fit a request, the one that was added first is played, until its `times` are used up.
 */
export type FaultRule = z.infer<typeof faultRuleSchema>;

/**
 * What the practice server does instead of answering as the API pages have it.
 *
 * What a call does (ending, creating or polling a session, setting a status) is done, or not, as said here.
 *
 * - `delay`: the right answer after `ms`; the call is acted on when it is given.
 * - `hang`: never answers; with `processed` the call is acted on all the same.
 * - `reset`: a TCP reset, `before` or `after` the call was acted on.
 * - `drip`: the right answer, its body at `bytesPerSecond`.
 * - `status`, `error`, `html`: that answer; nothing is acted on, whatever the status.
 * - `empty`: no body; with a 2xx status the call is acted on.
 * - `oversized`: 200 with a JSON object of that many bytes; `malformed`: 200 with cut-off JSON;
 *   `redirect` (302 if not told): nothing is acted on.
 * - `system-error`: where the call would have worked, a 200 with that `chatSystemError`, at once; nothing is done.
 * - `refuse-unless-forced`: the same for a logoff with `forceLogoff` false; with true the rule does not apply.
 */
export type Fault = FaultRule['fault'];
