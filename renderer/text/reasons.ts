import type { HeldView } from '../../preload/contract.ts';
import { words } from './language.ts';

/** What a server or the network said. */
type Said = Pick<NonNullable<HeldView['lastFailure']>, 'code' | 'message'>;
type Fault = keyof (typeof words.value)['sessions']['faults'];

/** Why a session is still held, in Signoff's words or in the server's own. */
export type Reason =
  | { readonly by: 'signoff'; readonly text: string }
  | { readonly by: 'server'; readonly text: string; readonly code: string };

/** Null where nothing is known but the outcome. */
export function reasonOf({ code, message }: Said): Reason | null {
  const { faults, faultStatus, faultWithoutReason } = words.value.sessions;
  if (isFault(code)) return { by: 'signoff', text: faults[code] };
  const status = /^HTTP_(\d+)$/.exec(code)?.[1];
  // With a status alone, the message is the main process's own; else the body had one.
  if (status !== undefined && message === `The server answered ${status} without saying why.`) {
    return { by: 'signoff', text: faultStatus(status) };
  }
  if (message === 'The chat server refused without giving a reason.') {
    return { by: 'signoff', text: faultWithoutReason };
  }
  return message === '' ? null : { by: 'server', text: message, code };
}

function isFault(code: string): code is Fault {
  return Object.hasOwn(words.value.sessions.faults, code);
}
