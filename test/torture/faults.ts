import fc, { type Arbitrary } from 'fast-check';
import type { Fault } from '../../simulator/faults.ts';

/** Stands in a planned fault for the session id that it is played for. */
export const SESSION = '{session}';
/** Stands in a planned fault for the origin of another server. */
export const ELSEWHERE = '{elsewhere}';

type OfKind<K extends Fault['kind']> = Extract<Fault, { kind: K }>;

/** A server that repeats the secret: it must not get any further. */
const INDISCREET = `Session ${SESSION} cannot be ended now.`;

/**
 * Each kind of fault, as often as the other, but for the one that denies a session. None of them lies: a session is said to be over
 * (success without an error, or a 403 that is not about access) only where it is over.
 */
const BY_KIND: {
  readonly [K in Exclude<Fault['kind'], 'unknown-session'>]: Arbitrary<OfKind<K>>;
} = {
  delay: fc.record({ kind: fc.constant('delay'), ms: fc.integer({ min: 50, max: 3_000 }) }),
  hang: fc.record({ kind: fc.constant('hang'), processed: fc.boolean() }),
  reset: fc.record({ kind: fc.constant('reset'), when: fc.constantFrom('before', 'after') }),
  drip: fc.record({
    kind: fc.constant('drip'),
    bytesPerSecond: fc.constantFrom(20, 150, 1_000),
  }),
  status: fc.record({
    kind: fc.constant('status'),
    status: fc.constantFrom(200, 400, 404, 429, 500, 502, 503),
    body: fc.constantFrom('Later', INDISCREET),
  }),
  error: fc.constantFrom<OfKind<'error'>>(
    { kind: 'error', status: 400, code: 'BAD_REQUEST', message: INDISCREET },
    { kind: 'error', status: 403, code: 'ACCESS_DENIED' },
    { kind: 'error', status: 404, code: 'NOT_FOUND', message: INDISCREET },
    { kind: 'error', status: 500, code: 'INTERNAL_SERVER_ERROR' },
    { kind: 'error', status: 500, code: 'UNKNOWN_EXCEPTION', message: INDISCREET },
    { kind: 'error', status: 200, code: 'INTERNAL_SERVER_ERROR' },
  ),
  html: fc.record({ kind: fc.constant('html'), status: fc.constantFrom(200, 403, 502) }),
  empty: fc.record({ kind: fc.constant('empty'), status: fc.constantFrom(200, 204, 404, 503) }),
  oversized: fc.record({
    kind: fc.constant('oversized'),
    bytes: fc.constantFrom(2 ** 20 + 1, 2 ** 24),
  }),
  redirect: fc.record({
    kind: fc.constant('redirect'),
    location: fc.constant(`${ELSEWHERE}/engagement/${SESSION}`),
    status: fc.constantFrom(301, 302, 307, 308),
  }),
  malformed: fc.record({ kind: fc.constant('malformed') }),
  'system-error': fc.record({
    kind: fc.constant('system-error'),
    errorCondition: fc.constantFrom('BUSY', INDISCREET),
    text: fc.constant(INDISCREET),
  }),
  'refuse-unless-forced': fc.record({ kind: fc.constant('refuse-unless-forced') }),
  case: fc.record({
    kind: fc.constant('case'),
    name: fc.constantFrom(
      'A1-gateway',
      'A1-empty',
      'A1-html',
      'A2-sign-in',
      'A2-empty',
      'A2-204',
      'A6-conflict',
      'A11-429',
    ),
  }),
};

export const anyFault: Arbitrary<Fault> = fc.oneof(...Object.values(BY_KIND));
