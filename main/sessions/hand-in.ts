import * as z from 'zod';
import {
  accountId,
  FIELD_PROBLEMS,
  fieldProblemOf,
  fqSiteName,
  LABEL_LIMIT,
  ONE_LINE,
  pool,
  safeOrigin,
  sessionId,
} from '../common/fields.ts';
import { cleaned, plainJson } from '../common/typed.ts';
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

/** Signs that come along when a value is copied, and mean something else where it is sent. */
const inPool = pool.regex(/^[^"'`%=&?#/\\,;<>]*$/, FIELD_PROBLEMS['stray-signs']);
const inAccountId = accountId.regex(/^[^"'`=\\,;<>]*$/, FIELD_PROBLEMS['stray-signs']);
/** A cookie's value; an equals sign is base64's, at its end. */
const inSessionId = sessionId.regex(/^[^"'`=\\,;<>]*={0,2}$/, FIELD_PROBLEMS['stray-signs']);

const label = z
  .string({ error: 'must be text' })
  .trim()
  .max(LABEL_LIMIT, FIELD_PROBLEMS['label-too-long'])
  .regex(ONE_LINE, FIELD_PROBLEMS['control-characters'])
  .default('');

const common = {
  server: safeOrigin('https://chat.example.com'),
  fqSiteName,
  sessionId: inSessionId,
  label,
};

const session = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('agent'),
    ...common,
    pool: inPool.optional().transform((value) => value ?? null),
    accountId: inAccountId,
  }),
  z.strictObject({ kind: z.literal('engagement'), ...common, pool: inPool }),
]);
const kind = z.enum(['agent', 'engagement'], { error: FIELD_PROBLEMS['not-a-kind'] });
/** For a hand-in of unknown kind: finds the problems that do not depend on it. */
const sessionOfNoKind = z.looseObject({ kind, ...common });

/** Validates a handed-in session, cleaned as of `typed.ts`. Returns every problem at once; no message repeats the input. */
export function readHandIn(input: unknown, rules: HandInRules): HandIn {
  if (!rules.isOffered) {
    return { ok: false, problems: [namedProblem('', FIELD_PROBLEMS['not-offered'])] };
  }
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    return { ok: false, problems: [{ field: '', message: 'A session is one JSON object.' }] };
  }
  const whole = { ...withoutEmpty(rules.defaults), ...cleanedFields(input) };
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

function cleanedFields(input: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(input).map(([field, value]: [string, unknown]) => [
      field,
      typeof value === 'string' ? cleaned(field, value) : value,
    ]),
  );
}

/** The same for JSON text. */
export function readHandInText(text: string, rules: HandInRules): HandIn {
  let input: unknown;
  try {
    input = JSON.parse(plainJson(text));
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
  const code = fieldProblemOf(message);
  return code === undefined ? { field, message } : { field, message, code };
}
