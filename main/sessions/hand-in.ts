import { z } from 'zod';
import type { Session } from './session.ts';

/** What is wrong with a hand-in, in words; `field` is empty when it is about the whole. */
export interface Problem {
  readonly field: string;
  readonly message: string;
}

export type HandIn =
  | { readonly ok: true; readonly session: Session }
  | { readonly ok: false; readonly problems: readonly Problem[] };

const FIELD_LIMIT = 512;
const LABEL_LIMIT = 100;

/** Visible ASCII: what may stand in an HTTP header without being changed on the way. */
const headerText = (example: string) =>
  required(example)
    .max(FIELD_LIMIT, `is longer than ${FIELD_LIMIT} characters`)
    .regex(
      /^[\x21-\x7e]*$/,
      'may only have letters, digits and signs of plain ASCII, and no spaces',
    );

function required(example: string) {
  return z
    .string({
      error: ({ input }) =>
        input === undefined ? 'is missing' : `must be text, such as "${example}"`,
    })
    .trim()
    .min(1, 'is missing');
}

const server = required('https://chat.example.com').transform((value, context) => {
  const problem = serverProblem(value);
  if (problem === null) return new URL(value).origin;
  context.addIssue({ code: 'custom', message: problem });
  return z.NEVER;
});

const fqSiteName = required('day001_221100_sql_001h')
  .max(FIELD_LIMIT, `is longer than ${FIELD_LIMIT} characters`)
  // A URL takes a segment of dots as a way up, however it is encoded; half a character has no encoding.
  .refine((value) => !/^\.{1,2}$/.test(value) && value.isWellFormed(), 'is not a site name');

const pool = headerText('297:1');

const label = z
  .string({ error: 'must be text' })
  .trim()
  .max(LABEL_LIMIT, `is longer than ${LABEL_LIMIT} characters`)
  .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]*$/u, 'may not have line breaks or other control characters')
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
const kind = z.enum(['agent', 'engagement'], { error: 'must be "agent" or "engagement"' });
/** For a hand-in of no known kind: names what can be named without it. */
const sessionOfNoKind = z.looseObject({ kind, ...common });

/**
 * Reads a session as it is handed in, by whatever way. Every problem is named at once; no message
 * repeats what was handed in.
 */
export function readHandIn(input: unknown): HandIn {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    return { ok: false, problems: [{ field: '', message: 'A session is one JSON object.' }] };
  }
  const hasKind = 'kind' in input && kind.safeParse(input.kind).success;
  const parsed = session.safeParse(input);
  if (parsed.success) return { ok: true, session: parsed.data };
  const { error } = hasKind ? parsed : sessionOfNoKind.safeParse(input);
  return { ok: false, problems: (error?.issues ?? []).flatMap(problemsOf) };
}

/** Reads a session from JSON text, as the command line gets it. */
export function readHandInText(text: string): HandIn {
  let input: unknown;
  try {
    input = JSON.parse(text);
  } catch {
    // The parser's own message quotes its input, and with it the session id.
    const message =
      text.trim() === '' ? 'No session was given: nothing came in.' : 'This is not valid JSON.';
    return { ok: false, problems: [{ field: '', message }] };
  }
  return readHandIn(input);
}

function problemsOf(issue: z.core.$ZodIssue): Problem[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      field: key.slice(0, 40),
      message: 'is not a field of a session',
    }));
  }
  return [{ field: issue.path.join('.'), message: issue.message }];
}

function serverProblem(value: string): string | null {
  if (!URL.canParse(value)) return 'must be an address such as "https://chat.example.com"';
  const url = new URL(value);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'must begin with "https://"';
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    return 'must begin with "https://"; plain "http://" is only for this machine itself';
  }
  if (url.username !== '' || url.password !== '') return 'may not hold a user name or password';
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '') {
    return 'must be the address alone, without anything behind the host and port';
  }
  return null;
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}
