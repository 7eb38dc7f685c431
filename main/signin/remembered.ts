import * as z from 'zod';
import type { Cipher } from '../common/sealed.ts';
import { createSealedFile } from '../common/sealed-file.ts';

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
  const kept = createSealedFile({ file, cipher, schema: loginSchema, onWriteFault });

  const forgetPassword = (): void => {
    const last = kept.content();
    if (last !== null && last.password !== null) kept.keep({ ...last, password: null });
  };
  const mayKeepPassword = (): boolean => cipher !== null && terms().mayRemember;

  return {
    defaults() {
      const { site, userName, accountId, password } = kept.content() ?? NOBODY;
      const hasPassword = password !== null && mayKeepPassword();
      return { site: site || terms().site, userName, accountId, hasPassword };
    },
    password(site, userName) {
      const last = kept.content();
      const isTheirs = last?.site === site && last.userName === userName;
      return isTheirs && mayKeepPassword() ? last.password : null;
    },
    keep({ password, ...who }) {
      kept.keep({ ...who, password: mayKeepPassword() ? password : null });
    },
    forgetPassword,
    changed() {
      if (!terms().mayRemember) forgetPassword();
    },
  };
}

const NOBODY: RememberedLogin = { site: '', userName: '', accountId: '', password: null };
