import * as z from 'zod';
import {
  accountId,
  FIELD_LIMIT,
  FIELD_PROBLEMS,
  ONE_LINE,
  required,
  safeOrigin,
} from '../common/fields.ts';
import { cleaned } from '../common/typed.ts';
import { type Problem, problemsOf } from '../sessions/hand-in.ts';
import type { Remembered } from './remembered.ts';

/** The validated input of a sign-in. */
export interface SignInDetails {
  /** The site's origin. */
  readonly site: string;
  readonly userName: string;
  readonly password: string;
  readonly accountId: string;
  readonly available: boolean;
  /** Whether to take over the session that the server already has for the agent. */
  readonly takeOver: boolean;
  readonly remember: boolean;
}

type ReadSignIn =
  | { readonly ok: true; readonly details: SignInDetails }
  | { readonly ok: false; readonly problems: readonly Problem[] };

const detailsSchema = z.object({
  site: safeOrigin('https://support.example.com'),
  userName: required('ann')
    .max(FIELD_LIMIT, FIELD_PROBLEMS['too-long'])
    // Basic authentication separates it from the password by a colon.
    .regex(/^[^:]*$/, FIELD_PROBLEMS.colon)
    .regex(ONE_LINE, FIELD_PROBLEMS['control-characters']),
  // Not trimmed: blanks may belong to it.
  password: z
    .string({ error: FIELD_PROBLEMS.missing })
    .max(FIELD_LIMIT, FIELD_PROBLEMS['too-long']),
  accountId,
  available: z.boolean(),
  takeOver: z.boolean(),
  remember: z.boolean(),
});

/**
 * Validates the input of a sign-in. Returns every problem at once; no message repeats the input. An empty
 * password stands for the one remembered for this site and user name.
 */
export function readSignIn(
  input: unknown,
  remembered: Pick<Remembered, 'defaults' | 'password'>,
): ReadSignIn {
  const parsed = detailsSchema.safeParse(cleanedDetails(input));
  if (!parsed.success) {
    const problems = parsed.error.issues.flatMap(problemsOf);
    const lacksPassword = isEmptyPassword(input) && !remembered.defaults().hasPassword;
    return { ok: false, problems: lacksPassword ? [...problems, NO_PASSWORD] : problems };
  }
  const { site, userName } = parsed.data;
  const password = parsed.data.password || remembered.password(site, userName);
  if (password === null) return { ok: false, problems: [NO_PASSWORD] };
  return { ok: true, details: { ...parsed.data, password } };
}

/** Only the site and the account id are copied from somewhere. */
function cleanedDetails(input: unknown): unknown {
  if (typeof input !== 'object' || input === null) return input;
  return Object.fromEntries(
    Object.entries(input).map(([field, value]: [string, unknown]) => [
      field,
      typeof value === 'string' ? cleaned(field, value) : value,
    ]),
  );
}

const NO_PASSWORD: Problem = {
  field: 'password',
  message: FIELD_PROBLEMS.missing,
  code: 'missing',
};

function isEmptyPassword(input: unknown): boolean {
  return (
    typeof input === 'object' && input !== null && 'password' in input && input.password === ''
  );
}
