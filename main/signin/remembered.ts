import * as z from 'zod';
import type { Cipher } from '../common/sealed.ts';
import { createSealedFile } from '../common/sealed-file.ts';
import type { AgentSession } from '../sessions/session.ts';

/** The login of the last sign-in, to fill in the form. */
export interface Remembered {
  /** The form's first values; `hasPassword` where one is remembered for this site and user name. */
  defaults(): SignInDefaults;
  /** The same for signing in to this session again, which a sign-in created. */
  defaultsFor(session: Pick<AgentSession, 'label' | 'accountId'>): SignInDefaults;
  /** The password remembered for exactly this site and user name, if any. */
  password(site: string, userName: string): string | null;
  /** Remembers a login; its password only where IT allows that. */
  keep(login: RememberedLogin): void;
  forgetPassword(): void;
  /** The settings may have changed: forgets a password that IT no longer allows to be kept. */
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

/** Its file in the data folder. */
export const REMEMBERED_FILE = 'sign-in.sealed';

/** Where the system has no encryption (`cipher` is null), nothing is written and no password remembered. */
export function createRemembered(parts: {
  file: string;
  cipher: Cipher | null;
  /** IT's default site, and whether a password may be remembered. */
  rules: () => { readonly site: string; readonly mayRemember: boolean };
  /** A change could not be written; it lasts until the app ends. */
  onWriteFault: (error: unknown) => void;
}): Remembered {
  const { file, cipher, rules, onWriteFault } = parts;
  const kept = createSealedFile({ file, cipher, schema: loginSchema, onWriteFault });

  const forgetPassword = (): void => {
    const last = kept.content();
    if (last !== null && last.password !== null) kept.keep({ ...last, password: null });
  };
  const mayKeepPassword = (): boolean => cipher !== null && rules().mayRemember;

  const defaults = (): SignInDefaults => {
    const { site, userName, accountId, password } = kept.content() ?? NOBODY;
    const hasPassword = password !== null && mayKeepPassword();
    return { site: site || rules().site, userName, accountId, hasPassword };
  };

  return {
    defaults,
    defaultsFor({ label, accountId }) {
      const last = defaults();
      const isTheirs = labelOf(last.userName) === label && last.accountId === accountId;
      return isTheirs ? last : { ...last, userName: label, accountId, hasPassword: false };
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
      if (!rules().mayRemember) forgetPassword();
    },
  };
}

/** How much of a label the window shows. */
const LABEL_LIMIT = 100;

/** What a session is called that this user signs in to. */
export function labelOf(userName: string): string {
  return userName.slice(0, LABEL_LIMIT);
}

const NOBODY: RememberedLogin = { site: '', userName: '', accountId: '', password: null };
