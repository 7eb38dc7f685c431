import { cleaned } from '../../main/common/typed.ts';
import type { Request, State } from '../../preload/contract.ts';

/** In display order. */
export const SIGN_IN_FIELDS = ['site', 'userName', 'accountId', 'password'] as const;
export type SignInField = (typeof SIGN_IN_FIELDS)[number];
type SignInDefaults = State['signIn']['defaults'];

/** The input of the form. */
export interface SignInDraft extends Readonly<Record<SignInField, string>> {
  readonly available: boolean;
  readonly remember: boolean;
}

export const emptySignIn: SignInDraft = {
  site: '',
  userName: '',
  accountId: '',
  password: '',
  available: true,
  remember: false,
};

/** The draft, or if nothing was typed yet, what is known from earlier sign-ins and from IT. */
export function prefilledSignIn(draft: SignInDraft, defaults: SignInDefaults): SignInDraft {
  if (SIGN_IN_FIELDS.some((field) => draft[field] !== '')) return draft;
  const { site, userName, accountId, hasPassword } = defaults;
  return { ...draft, site, userName, accountId, remember: hasPassword };
}

/** Whether the remembered password is this agent's. */
export function isRemembered(draft: SignInDraft, defaults: SignInDefaults): boolean {
  const { site, userName, hasPassword } = defaults;
  return hasPassword && draft.site.trim() === site && draft.userName.trim() === userName;
}

/** The draft with the site and the account id without what comes along when they are copied. */
export function cleanedSignIn(draft: SignInDraft): SignInDraft {
  const { site, accountId } = draft;
  return { ...draft, site: cleaned('site', site), accountId: cleaned('accountId', accountId) };
}

/** The request, with everything trimmed but the password. */
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
