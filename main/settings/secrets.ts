import { FACTS } from './facts.ts';

/** A proxy's address may have a user name and password in it. */
const USER_INFO = /^(https?:\/\/)[^@/]*@/;

/** Whether this value of a setting is not to be shown, or kept elsewhere. */
export function holdsSecret(name: string, value: unknown): boolean {
  if (FACTS.get(name)?.isSecret === true) return value !== '';
  return typeof value === 'string' && USER_INFO.test(value);
}

/** The value with whatever is secret about it struck out, so that it only shows that there is something. */
export function withoutSecret<T>(name: string, value: T): T | string {
  if (!holdsSecret(name, value) || typeof value !== 'string') return value;
  return FACTS.get(name)?.isSecret === true ? '…' : value.replace(USER_INFO, '$1…@');
}
