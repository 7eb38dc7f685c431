import * as z from 'zod';
import { isLoopback } from '../common/loopback.ts';
import type { Session } from './session.ts';

/** A problem of a hand-in, in words; `field` is empty when it is about the whole. */
export interface Problem {
  readonly field: string;
  readonly message: string;
  /** The `FieldProblem`, for translation. */
  readonly code?: string;
}

export type HandIn =
  | { readonly ok: true; readonly session: Session }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** IT's rules for hand-ins. */
export interface HandInRules {
  readonly isOffered: boolean;
  /** The values for fields left out; empty where there is none. */
  readonly defaults: Readonly<Record<'server' | 'fqSiteName' | 'pool', string>>;
  /** Whether sessions of this server, an origin, may be held. */
  readonly isAllowed: (server: string) => boolean;
}

export const FIELD_LIMIT = 512;
const LABEL_LIMIT = 100;
/** Text without line breaks and other control characters. */
export const ONE_LINE = /^[^\p{Cc}\p{Zl}\p{Zp}]*$/u;

/** Each follows the field's name; the last one is a sentence about the whole. */
export const FIELD_PROBLEMS = {
  missing: 'is missing',
  'too-long': `is longer than ${FIELD_LIMIT} characters`,
  'label-too-long': `is longer than ${LABEL_LIMIT} characters`,
  'not-ascii': 'may only have letters, digits and signs of plain ASCII, and no spaces',
  'control-characters': 'may not have line breaks or other control characters',
  colon: 'may not have a colon',
  'not-a-site': 'is not a site name',
  'not-a-kind': 'must be "agent" or "engagement"',
  'not-a-field': 'is not a field of a session',
  'not-an-address': 'must be an address such as "https://chat.example.com"',
  'not-https': 'must begin with "https://"',
  'plain-http': 'must begin with "https://"; plain "http://" is only for this machine itself',
  credentials: 'may not hold a user name or password',
  'more-than-host': 'must be the address alone, without anything behind the host and port',
  'not-allowed': 'is not among the servers that your organisation allows (allowedServers)',
  'not-offered': 'Your organisation does not offer handing sessions in (sessionsFrom).',
} as const;
export type FieldProblem = keyof typeof FIELD_PROBLEMS;

const codes: ReadonlyMap<string, string> = new Map(
  Object.entries(FIELD_PROBLEMS).map(([code, message]) => [message, code]),
);

/** Visible ASCII, which an HTTP header carries unchanged. */
export const headerText = (example: string) =>
  required(example)
    .max(FIELD_LIMIT, FIELD_PROBLEMS['too-long'])
    .regex(/^[\x21-\x7e]*$/, FIELD_PROBLEMS['not-ascii']);

/** Trimmed text that is not empty. */
export function required(example: string) {
  return z
    .string({
      error: ({ input }) =>
        input === undefined ? FIELD_PROBLEMS.missing : `must be text, such as "${example}"`,
    })
    .trim()
    .min(1, FIELD_PROBLEMS.missing);
}

/** The origin of an address that secrets may be sent to: `https`, or `http` on this machine. */
export const safeOrigin = (example: string) =>
  required(example).transform((value, context) => {
    const problem = serverProblem(value);
    if (problem === null) return new URL(value).origin;
    context.addIssue(problem);
    return z.NEVER;
  });

const server = safeOrigin('https://chat.example.com');

const fqSiteName = required('day001_221100_sql_001h')
  .max(FIELD_LIMIT, FIELD_PROBLEMS['too-long'])
  // URLs resolve a segment of dots, however encoded, and cannot encode a lone surrogate.
  .refine(
    (value) => !/^\.{1,2}$/.test(value) && value.isWellFormed(),
    FIELD_PROBLEMS['not-a-site'],
  );

const pool = headerText('297:1');

const label = z
  .string({ error: 'must be text' })
  .trim()
  .max(LABEL_LIMIT, FIELD_PROBLEMS['label-too-long'])
  .regex(ONE_LINE, FIELD_PROBLEMS['control-characters'])
  .default('');

const common = {
  server,
  fqSiteName,
  sessionId: headerText('node01h8m13tljpm7ns8nayp0pid91'),
  label,
};

const session = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('agent'),
    ...common,
    pool: pool.optional().transform((value) => value ?? null),
    accountId: headerText('12'),
  }),
  z.strictObject({ kind: z.literal('engagement'), ...common, pool }),
]);
const kind = z.enum(['agent', 'engagement'], { error: FIELD_PROBLEMS['not-a-kind'] });
/** For a hand-in of unknown kind: finds the problems that do not depend on it. */
const sessionOfNoKind = z.looseObject({ kind, ...common });

/** Validates a handed-in session. Returns every problem at once; no message repeats the input. */
export function readHandIn(input: unknown, rules: HandInRules): HandIn {
  if (!rules.isOffered) {
    return { ok: false, problems: [namedProblem('', FIELD_PROBLEMS['not-offered'])] };
  }
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    return { ok: false, problems: [{ field: '', message: 'A session is one JSON object.' }] };
  }
  const whole = { ...withoutEmpty(rules.defaults), ...input };
  const hasKind = 'kind' in whole && kind.safeParse(whole.kind).success;
  const parsed = session.safeParse(whole);
  if (parsed.success) {
    return rules.isAllowed(parsed.data.server)
      ? { ok: true, session: parsed.data }
      : { ok: false, problems: [namedProblem('server', FIELD_PROBLEMS['not-allowed'])] };
  }
  const { error } = hasKind ? parsed : sessionOfNoKind.safeParse(whole);
  return { ok: false, problems: (error?.issues ?? []).flatMap(problemsOf) };
}

function withoutEmpty(defaults: HandInRules['defaults']): Record<string, string> {
  return Object.fromEntries(Object.entries(defaults).filter(([, value]) => value !== ''));
}

/** The same for JSON text. */
export function readHandInText(text: string, rules: HandInRules): HandIn {
  let input: unknown;
  try {
    input = JSON.parse(text);
  } catch {
    // The parser's own message would quote the session id.
    const message =
      text.trim() === '' ? 'No session was given: nothing came in.' : 'This is not valid JSON.';
    return { ok: false, problems: [{ field: '', message }] };
  }
  return readHandIn(input, rules);
}

/** The problems of a validation issue, with their codes. */
export function problemsOf(issue: z.core.$ZodIssue): Problem[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => namedProblem(key.slice(0, 40), FIELD_PROBLEMS['not-a-field']));
  }
  return [namedProblem(issue.path.join('.'), issue.message)];
}

function namedProblem(field: string, message: string): Problem {
  const code = codes.get(message);
  return code === undefined ? { field, message } : { field, message, code };
}

/** Whether secrets may be sent to this origin. */
export function isSafeOrigin(origin: string): boolean {
  return serverProblem(origin) === null;
}

function serverProblem(value: string): string | null {
  if (!URL.canParse(value)) return FIELD_PROBLEMS['not-an-address'];
  const url = new URL(value);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return FIELD_PROBLEMS['not-https'];
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) return FIELD_PROBLEMS['plain-http'];
  if (url.username !== '' || url.password !== '') return FIELD_PROBLEMS.credentials;
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '') {
    return FIELD_PROBLEMS['more-than-host'];
  }
  return null;
}
