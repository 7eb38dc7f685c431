import type { Problem, Reply, Request, State } from '../../preload/contract.ts';
import { problemWords } from '../sessions/draft.ts';
import { type Reason, reasonOf } from '../text/reasons.ts';
import { words } from '../text/language.ts';

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
export type SignInDefaults = State['signIn']['defaults'];
export type Conflict = Extract<Reply<'signIn'>, { why: 'conflict' }>;
type Failed = Extract<Reply<'signIn'>, { why: 'failed' }>;

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
export function toSignIn(draft: SignInDraft, mayRemember: boolean): Omit<Asked, 'takeOver'> {
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
type Asked = Request<'signIn'>;

/** Why a sign-in came to nothing: which step, what stood in the way, and what to do. */
export interface Failure {
  readonly title: string;
  readonly reason: Reason | null;
  readonly advice: string;
}

/** What is wrong, in words. */
export interface SignInWrongs {
  /** The fields to look at; with a sentence where there is more to say than the failure does. */
  readonly byField: ReadonlyMap<SignInField, string | null>;
  readonly whole: readonly string[];
  readonly failure: Failure | null;
}

export const nothingWrongYet: SignInWrongs = { byField: new Map(), whole: [], failure: null };

/**
 * What is left of them once this is changed. How the last try failed stays to be read, unless it is about
 * what is changed.
 */
export function mendedSignIn(wrongs: SignInWrongs, changed: Partial<SignInDraft>): SignInWrongs {
  const { byField, failure } = wrongs;
  const fields = SIGN_IN_FIELDS.filter((field) => field in changed);
  if (fields.length === 0) return wrongs;
  return {
    byField: new Map([...byField].filter(([name]) => !fields.includes(name))),
    whole: [],
    failure: fields.some((field) => byField.has(field)) ? null : failure,
  };
}

/** The problems of what was typed; those of no field belong to the whole. */
export function inputWrongs(problems: readonly Problem[]): SignInWrongs {
  const { fieldProblem, unknownFieldProblem } = words.value.sessions;
  const { fields } = words.value.signIn;
  const byField = new Map<SignInField, string>();
  const whole: string[] = [];
  for (const problem of problems) {
    const message = wholeProblem(problem) ?? problemWords(problem);
    const field = SIGN_IN_FIELDS.find((shown) => shown === problem.field);
    if (field === undefined) {
      whole.push(problem.field === '' ? message : unknownFieldProblem(problem.field, message));
      continue;
    }
    const before = byField.get(field);
    const text =
      before === undefined ? fieldProblem(fields[field], message) : `${before}; ${message}`;
    byField.set(field, text);
  }
  return { byField, whole, failure: null };
}

function wholeProblem({ code }: Problem): string | undefined {
  return Object.entries(words.value.signIn.problems).find(([name]) => name === code)?.[1];
}

/** The field that an advice is about. */
const ADVISED: Partial<Record<Failed['advice'], SignInField>> = {
  password: 'password',
  account: 'accountId',
  site: 'site',
};

export function failedWrongs(failed: Failed): SignInWrongs {
  const say = words.value.signIn;
  const field = ADVISED[failed.advice];
  return {
    byField: new Map(field === undefined ? [] : [[field, null]]),
    whole: [],
    failure: {
      title: say.failed[failed.step],
      reason: faultOf(failed.code) ?? reasonOf(failed),
      advice: say.advice[failed.advice],
    },
  };
}

/** What Signoff itself says of it; null where that is the server's to say. */
function faultOf(code: string): Reason | null {
  const text = Object.entries(words.value.signIn.faults).find(([name]) => name === code)?.[1];
  return text === undefined ? null : { by: 'signoff', text };
}

export function wholeWrong(message: string): SignInWrongs {
  return { byField: new Map(), whole: [message], failure: null };
}
