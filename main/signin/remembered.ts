import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { writeAtomically } from '../common/write-atomically.ts';
import { type Cipher, seal, unseal } from '../common/sealed.ts';

/** Who signed in last, so that they need not type it all again. */
export interface Remembered {
  /** What a sign-in begins with; `hasPassword` where one is remembered for this site and user name. */
  defaults(): SignInDefaults;
  /** The password that is remembered for exactly this site and user name. */
  password(site: string, userName: string): string | null;
  /** Remembers who has signed in; a password that is null, or that IT does not let be kept, is forgotten. */
  keep(login: RememberedLogin): void;
  /** Forgets the password, and nothing else. */
  forgetPassword(): void;
  /** What IT has laid down may have changed: a password that may not be kept is forgotten. */
  changed(): void;
}

export interface SignInDefaults {
  readonly site: string;
  readonly userName: string;
  readonly accountId: string;
  readonly hasPassword: boolean;
}

const loginSchema = z.object({
  site: z.string(),
  userName: z.string(),
  accountId: z.string(),
  password: z.string().nullable(),
});
export type RememberedLogin = Readonly<z.infer<typeof loginSchema>>;

/** The file of who signed in last, in the data folder. */
export const REMEMBERED_FILE = 'sign-in.sealed';

/**
 * Remembers in `file`, encrypted. Where the system offers no encryption (`cipher` is null), nothing is
 * written and no password is remembered.
 */
export function createRemembered(parts: {
  file: string;
  cipher: Cipher | null;
  /** What IT has laid down: the site where none is remembered, and whether a password may be. */
  terms: () => { readonly site: string; readonly mayRemember: boolean };
  /** The disk did not take a change, which then lasts until the app ends. */
  onWriteFault: (error: unknown) => void;
}): Remembered {
  const { file, cipher, terms, onWriteFault } = parts;
  /** Undefined until it is first asked for: reading and decrypting would hold up the app's start. */
  let known: RememberedLogin | null | undefined;
  const login = (): RememberedLogin | null => {
    if (known === undefined) known = cipher === null ? null : read(file, cipher);
    return known;
  };

  const change = (next: RememberedLogin): void => {
    known = next;
    if (cipher === null) return;
    try {
      writeAtomically(file, seal(cipher, next));
    } catch (error) {
      onWriteFault(error);
    }
  };
  const forgetPassword = (): void => {
    const last = login();
    if (last !== null && last.password !== null) change({ ...last, password: null });
  };
  const mayKeepPassword = (): boolean => cipher !== null && terms().mayRemember;

  return {
    defaults() {
      const { site, userName, accountId, password } = login() ?? NOBODY;
      const hasPassword = password !== null && mayKeepPassword();
      return { site: site || terms().site, userName, accountId, hasPassword };
    },
    password(site, userName) {
      const last = login();
      const isTheirs = last?.site === site && last.userName === userName;
      return isTheirs && mayKeepPassword() ? last.password : null;
    },
    keep({ password, ...who }) {
      change({ ...who, password: mayKeepPassword() ? password : null });
    },
    forgetPassword,
    changed() {
      if (!terms().mayRemember) forgetPassword();
    },
  };
}

const NOBODY: RememberedLogin = { site: '', userName: '', accountId: '', password: null };

/** Null where there is none, or none that this person's encryption can read: then it is typed once more. */
function read(file: string, cipher: Cipher): RememberedLogin | null {
  try {
    return loginSchema.parse(unseal(cipher, readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
}
