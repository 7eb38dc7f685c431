import type { HeldView } from '../../preload/contract.ts';
import { lookUp, words } from './language.ts';

/** What a server or the network reported. */
type Report = Pick<NonNullable<HeldView['lastFailure']>, 'code' | 'message'> &
  Partial<Pick<NonNullable<HeldView['lastFailure']>, 'answeredBy'>>;

/** Why a session is still held, in Signoff's words or in the server's own. */
export type Reason =
  | { readonly by: 'signoff'; readonly text: string }
  | { readonly by: 'server'; readonly text: string; readonly code: string };

/** Null if only the outcome is known. */
export function reasonOf({ code, message, answeredBy = null }: Report): Reason | null {
  const { faults, faultStatus, faultWithoutReason } = words.value.sessions;
  if (answeredBy !== null) return { by: 'signoff', text: answererText(answeredBy, message) };
  const fault = lookUp(faults, code);
  if (fault !== undefined) return { by: 'signoff', text: fault };
  const status = /^HTTP_(\d+)$/.exec(code)?.[1];
  // Without a message in the body, the main process writes this one.
  if (status !== undefined && message === `The server answered ${status} without saying why.`) {
    return { by: 'signoff', text: faultStatus(status) };
  }
  if (message === 'The chat server refused without giving a reason.') {
    return { by: 'signoff', text: faultWithoutReason };
  }
  return message === '' ? null : { by: 'server', text: message, code };
}

/** Who seems to have answered in the chat server's place, and what they said. */
function answererText({ kind, name }: NonNullable<Report['answeredBy']>, message: string): string {
  const say = words.value.sessions;
  // Where nothing is said, the main process writes this one.
  const isOwn = /^The answer \d+ does not say that the session is over\.$/.test(message);
  return [
    say.answeredBy[kind],
    ...(name === null ? [] : [say.answererCalled(name)]),
    ...(message === '' || isOwn ? [] : [say.answererSaid(message)]),
  ].join(' ');
}
