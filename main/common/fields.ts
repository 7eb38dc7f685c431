import * as z from 'zod';
import { isLoopback } from './loopback.ts';

/**
 * The values by which a session is addressed, each with the one schema that it has wherever it comes in: handed in, from
 * a site or chat server, or out of the vault. What passes can be sent as it is. No message repeats a value.
 */

export const FIELD_LIMIT = 512;
export const LABEL_LIMIT = 100;
/** A header has to carry it. */
const TOKEN_LIMIT = 16_384;
/** Text without line breaks and other control characters. */
export const ONE_LINE = /^[^\p{Cc}\p{Zl}\p{Zp}]*$/u;

/** Each follows the field's name; the last one is a sentence about the whole. */
export const FIELD_PROBLEMS = {
  missing: 'is missing',
  'too-long': `is longer than ${FIELD_LIMIT} characters`,
  'label-too-long': `is longer than ${LABEL_LIMIT} characters`,
  'not-ascii': 'may only have letters, digits and signs of plain ASCII, and no spaces',
  'control-characters': 'may not have line breaks or other control characters',
  'invisible-characters': 'may not have invisible characters, such as come along with copied text',
  'stray-signs': 'may not have quotes, commas or other signs that do not belong to it',
  colon: 'may not have a colon',
  'not-a-site': 'is not a site name',
  'whole-address': 'must be the name alone, not a whole address',
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

const codes: ReadonlyMap<string, FieldProblem> = new Map(
  Object.entries(FIELD_PROBLEMS).map(([code, message]) => [
    message,
    // They are its keys.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    code as FieldProblem,
  ]),
);

/** The name of what is wrong; undefined where the words are none of these. */
export function fieldProblemOf(message: string): FieldProblem | undefined {
  return codes.get(message);
}

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

/** Visible ASCII, which an HTTP header carries unchanged. */
const headerText = (example: string, limit = FIELD_LIMIT) =>
  required(example)
    .max(limit, FIELD_PROBLEMS['too-long'])
    .regex(/^[\x21-\x7e]*$/, FIELD_PROBLEMS['not-ascii']);

export const pool = headerText('297:1');
export const accountId = headerText('12');
export const sessionId = headerText('node01h8m13tljpm7ns8nayp0pid91');
/** What a site issues to create an agent session with. */
export const token = headerText('head.body.signature', TOKEN_LIMIT);

/** A fully qualified site name: one segment of a path. */
export const fqSiteName = required('day001_221100_sql_001h')
  .max(FIELD_LIMIT, FIELD_PROBLEMS['too-long'])
  .regex(ONE_LINE, FIELD_PROBLEMS['control-characters'])
  // URLs resolve a segment of dots, however encoded, and cannot encode a lone surrogate.
  .refine((value) => !/^\.{1,2}$/.test(value) && value.isWellFormed(), FIELD_PROBLEMS['not-a-site'])
  // Such as a zero-width space.
  .regex(/^\P{Cf}*$/u, FIELD_PROBLEMS['invisible-characters'])
  .refine((value) => !value.includes('://'), FIELD_PROBLEMS['whole-address']);

/** The origin of an address that secrets may be sent to: `https`, or `http` on this machine. */
export const safeOrigin = (example: string) =>
  required(example).transform((value, context) => {
    const problem = originProblem(value);
    if (problem === null) return new URL(value).origin;
    context.addIssue(problem);
    return z.NEVER;
  });

/** Whether secrets may be sent to this origin. */
export function isSafeOrigin(origin: string): boolean {
  return originProblem(origin) === null;
}

/** A host as a site names its chat server: no more of an address than that. */
export const domain = required('chat.example.com')
  .max(FIELD_LIMIT, FIELD_PROBLEMS['too-long'])
  // A URL would be read without some of these.
  .regex(/^[^\s\p{C}/?#@\\]*$/u, FIELD_PROBLEMS['not-an-address'])
  .refine((value) => URL.canParse(`https://${value}`), FIELD_PROBLEMS['not-an-address']);

/** A port, as a number or as text. */
export const port = z.coerce.number().int().min(1).max(65_535);

function originProblem(value: string): string | null {
  // A URL would be read without some of these.
  if (/[\s\p{C}]/u.test(value) || !URL.canParse(value)) return FIELD_PROBLEMS['not-an-address'];
  const url = new URL(value);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return FIELD_PROBLEMS['not-https'];
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) return FIELD_PROBLEMS['plain-http'];
  if (url.username !== '' || url.password !== '') return FIELD_PROBLEMS.credentials;
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '') {
    return FIELD_PROBLEMS['more-than-host'];
  }
  return null;
}

/** A value from outside that is not used: which one, by its field's name, and what is wrong with it. */
export interface RefusedValue {
  readonly field: string;
  readonly problem: FieldProblem;
}

/** What a schema has refused of an object's fields, as far as they came and were text. */
export function refusedBy({ issues }: z.ZodError): RefusedValue[] {
  return issues.flatMap(({ path, message }) => {
    const problem = fieldProblemOf(message);
    return problem === undefined || problem === 'missing'
      ? []
      : [{ field: path.join('.'), problem }];
  });
}
