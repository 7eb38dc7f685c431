import { METADATA } from './metadata.ts';

/** A proxy's address may contain a user name and password. */
const USER_INFO = /^(https?:\/\/)[^@/]*@/;

/** Whether this value of a setting must not be shown or copied. */
export function holdsSecret(name: string, value: unknown): boolean {
  if (METADATA.get(name)?.isSecret === true) return value !== '';
  return typeof value === 'string' && USER_INFO.test(value);
}

/** The value with its secret part redacted; it still shows that there is one. */
export function redactSecret<T>(name: string, value: T): T | string {
  if (!holdsSecret(name, value) || typeof value !== 'string') return value;
  return METADATA.get(name)?.isSecret === true ? '…' : value.replace(USER_INFO, '$1…@');
}
