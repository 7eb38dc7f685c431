import * as z from 'zod';
import type { ChatRequest } from './chat-request.ts';
import { FIELD_CASES } from './field-cases.ts';
import { CHAT_CALLS } from './routes.ts';

/** Node's timers fire at once for longer delays. */
const MAX_TIMER_MS = 2 ** 31 - 1;
const MAX_BODY_BYTES = 2 ** 30;

/** Final statuses only: a 1xx is followed by another response. */
const status = z.int().min(200).max(599);
const headerValue = z.string().regex(/^[\x20-\x7e]+$/, 'must be one line of printable ASCII');

const faults = [
  z.strictObject({ kind: z.literal('delay'), ms: z.int().min(0).max(MAX_TIMER_MS) }),
  z.strictObject({ kind: z.literal('hang'), processed: z.boolean().exactOptional() }),
  z.strictObject({ kind: z.literal('reset'), when: z.enum(['before', 'after']) }),
  z.strictObject({ kind: z.literal('drip'), bytesPerSecond: z.number().min(0.001).max(1e9) }),
  z.strictObject({
    kind: z.literal('status'),
    status,
    body: z.string().exactOptional(),
    contentType: headerValue.exactOptional(),
  }),
  z.strictObject({
    kind: z.literal('error'),
    status,
    code: z.string(),
    message: z.string().exactOptional(),
  }),
  z.strictObject({ kind: z.literal('html'), status }),
  z.strictObject({ kind: z.literal('empty'), status }),
  z.strictObject({ kind: z.literal('oversized'), bytes: z.int().min(14).max(MAX_BODY_BYTES) }),
  z.strictObject({
    kind: z.literal('redirect'),
    location: headerValue,
    status: z.int().min(300).max(399).exactOptional(),
  }),
  z.strictObject({ kind: z.literal('malformed') }),
  z.strictObject({
    kind: z.literal('system-error'),
    errorCondition: z.string(),
    text: z.string(),
  }),
  z.strictObject({ kind: z.literal('refuse-unless-forced') }),
  z.strictObject({ kind: z.literal('unknown-session') }),
  z.strictObject({ kind: z.literal('case'), name: z.enum(FIELD_CASES) }),
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
 * When to play which fault. Without `sessionId` or `call` it matches any, without `times` always. The first
 * matching rule is played, until its `times` are used up.
 */
export type FaultRule = z.infer<typeof faultRuleSchema>;

/**
 * What the practice server does instead of answering as the API pages say.
 *
 * - `delay`: the correct answer after `ms`; the call is processed then.
 * - `hang`: never answers; with `processed` the call is processed all the same.
 * - `reset`: a TCP reset, `before` or `after` the call is processed.
 * - `drip`: the correct answer, its body at `bytesPerSecond`.
 * - `status`, `error`, `html`: that answer; the call is not processed, whatever the status.
 * - `empty`: no body; with a 2xx status the call is processed.
 * - `oversized`: 200 with a JSON object of that many bytes; `malformed`: 200 with truncated JSON;
 *   `redirect` (302 by default): the call is not processed.
 * - `system-error`: if the call would have worked, a 200 with that `chatSystemError`; it is not processed.
 * - `refuse-unless-forced`: the same for a logoff with `forceLogoff` false; with true the rule does not match.
 * - `unknown-session`: the 403 that denies a session, whatever is known of it; the call is not processed.
 * - `case`: what was seen in the field, see `field-cases.ts`; the call is not processed.
 */
export type Fault = FaultRule['fault'];

/** The fault rules in force. */
export class FaultRules {
  #rules: { rule: FaultRule; left: number }[] = [];

  /** Adds a rule; returns a function that removes it. Throws on an invalid rule. */
  add(rule: FaultRule): () => void {
    const added = { rule: faultRuleSchema.parse(rule), left: rule.times ?? Infinity };
    this.#rules.push(added);
    return () => {
      this.#rules = this.#rules.filter((other) => other !== added);
    };
  }

  clear(): void {
    this.#rules = [];
  }

  /** The fault to play for a request, counted as played; null for a correct answer. */
  next(request: ChatRequest): Fault | null {
    const found = this.#rules.find(({ rule, left }) => left > 0 && matches(rule, request));
    if (found === undefined) return null;
    found.left -= 1;
    return found.rule.fault;
  }
}

function matches({ fault, call, sessionId }: FaultRule, request: ChatRequest): boolean {
  if (request.call === null) return false;
  if (call !== undefined && call !== request.call) return false;
  if (sessionId !== undefined && sessionId !== request.sessionId) return false;
  return fault.kind !== 'refuse-unless-forced' || request.forced === false;
}
