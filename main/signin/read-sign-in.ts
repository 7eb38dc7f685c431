import * as z from 'zod';
import {
  FIELD_LIMIT,
  FIELD_PROBLEMS,
  headerText,
  ONE_LINE,
  type Problem,
  problemsOf,
  required,
  safeOrigin,
} from '../sessions/hand-in.ts';
import type { Remembered } from './remembered.ts';

/** All that a sign-in needs to know, checked. */
export interface SignInDetails {
  /** The site's origin. */
  readonly site: string;
  readonly userName: string;
  readonly password: string;
  readonly accountId: string;
  readonly available: boolean;
  /** Whether the agent's session that the server has already is to be taken over. */
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
    // It goes out before a colon, with the password behind it.
    .regex(/^[^:]*$/, FIELD_PROBLEMS.colon)
    .regex(ONE_LINE, FIELD_PROBLEMS['control-characters']),
  // Not trimmed: blanks may be part of it.
  password: z
    .string({ error: FIELD_PROBLEMS.missing })
    .max(FIELD_LIMIT, FIELD_PROBLEMS['too-long']),
  accountId: headerText('12'),
  available: z.boolean(),
  takeOver: z.boolean(),
  remember: z.boolean(),
});

/**
 * Reads what somebody signs in with. Every problem is named at once, and none repeats what was typed.
 * An empty password stands for the remembered one, where there is one for this site and user name.
 */
export function readSignIn(
  input: unknown,
  remembered: Pick<Remembered, 'defaults' | 'password'>,
): ReadSignIn {
  const parsed = detailsSchema.safeParse(input);
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
