import type { Request, State } from '../../preload/contract.ts';

/** What is typed into the form, and chosen in it. */
export interface SignInDraft {
  readonly site: string;
  readonly userName: string;
  readonly accountId: string;
  readonly password: string;
  readonly available: boolean;
  readonly remember: boolean;
}

export type SignInField = 'site' | 'userName' | 'accountId' | 'password';
type SignInDefaults = State['signIn']['defaults'];

/** In the order in which they are shown. */
export const SIGN_IN_FIELDS: readonly SignInField[] = ['site', 'userName', 'accountId', 'password'];

export const emptySignIn: SignInDraft = {
  site: '',
  userName: '',
  accountId: '',
  password: '',
  available: true,
  remember: false,
};

/** What the form shows: what is typed already, or else what is known from before and from IT. */
export function prefilledSignIn(draft: SignInDraft, defaults: SignInDefaults): SignInDraft {
  if (SIGN_IN_FIELDS.some((field) => draft[field] !== '')) return draft;
  const { site, userName, accountId, hasPassword } = defaults;
  return { ...draft, site, userName, accountId, remember: hasPassword };
}

/** Whether the password that is remembered is this agent's. */
export function isRemembered(draft: SignInDraft, defaults: SignInDefaults): boolean {
  const { site, userName, hasPassword } = defaults;
  return hasPassword && draft.site.trim() === site && draft.userName.trim() === userName;
}

/** As it is asked for: trimmed, all but the password. */
export function toSignIn(
  draft: SignInDraft,
  mayRemember: boolean,
): Omit<Request<'signIn'>, 'takeOver'> {
  const { site, userName, accountId, password, available, remember } = draft;
  return {
    site: site.trim(),
    userName: userName.trim(),
    accountId: accountId.trim(),
    password,
    available,
    remember: remember && mayRemember,
  };
}
