// Apart from the contract, so that the preload script carries no schemas: it runs before the window's
// first paint, and what passes is checked in the main process.

/** Every call that the window may make of the main process. */
export const callNames = [
  'getState',
  'hold',
  'signIn',
  'cancelSignIn',
  'forgetPassword',
  'setActivity',
  'answerOrigin',
  'copyBrowserToken',
  'signOff',
  'checkAddress',
  'getResults',
  'getTimings',
  'exportResults',
  'cancelExport',
  'showExport',
  'setSetting',
  'answerLeftover',
  'answerLeaving',
] as const;
export type CallName = (typeof callNames)[number];

/** Every event that the main process sends to the window. */
export type EventName = 'state' | 'receipt' | 'export' | 'show';

/** The channel names on Electron's wire. */
export const callChannel = (name: CallName): string => `signoff:call:${name}`;
export const eventChannel = (name: EventName): string => `signoff:event:${name}`;
