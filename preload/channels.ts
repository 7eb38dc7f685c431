import type { CallName, EventName } from './contract.ts';

/** The channel of a call on Electron's wire. */
export const callChannel = (name: CallName): string => `signoff:call:${name}`;
/** The channel of an event on Electron's wire. */
export const eventChannel = (name: EventName): string => `signoff:event:${name}`;
