import { createCounting } from '../counting.ts';

const count = createCounting('en');

/** What the main process says itself: tray and notifications. */
export const shell = {
  nothingHeld: 'Nothing held',
  held: (held: number) => count(held, { one: '# session held', other: '# sessions held' }),
  notEndedYet: (failed: number) => count(failed, { other: '# could not be ended' }),
  /** The tray icon's tooltip; `state` is one of the two above. */
  tooltip: (state: string) => `Signoff: ${state.toLowerCase()}`,
  stillAtWork: 'Signoff stopped unexpectedly. Are you still at work?',
  keepHolding: 'Keep holding',
  signOffNow: 'Sign off now',
  signOff: (name: string) => `Sign off ${name}`,
  signingOff: (name: string) => `Signing off ${name}…`,
  more: (more: number) => count(more, { other: 'and # more' }),
  /** Another machine that shares the agent’s files. */
  heldElsewhere: (host: string) => `Held by ${host}…`,
  signOffAll: 'Sign off all',
  open: 'Open Signoff',
  quit: 'Quit and sign off',

  /** Of a held session; `left` is how long it is at most until the server drops it, as minutes and seconds. */
  present: (name: string) => `${name}: present`,
  reconnecting: (name: string, left: string | null) =>
    left === null ? `${name}: reconnecting` : `${name}: reconnecting, dropped within ${left}`,
  dropped: (name: string) => `${name}: dropped by the server`,
  /** How many, for the tooltip. */
  reconnectingCount: (away: number) => count(away, { other: '# reconnecting' }),
  droppedCount: (away: number) => count(away, { other: '# dropped by the server' }),
  /** The way to a session's status, which is one of these. */
  activity: (name: string, value: string) => `${name}: ${value}`,
  activityValues: {
    available: 'Available',
    unavailable: 'Unavailable',
    unknown: 'Status not known',
  },
  availableAs: (kind: string) => `Available: ${kind}`,
  unavailableBecause: (reason: string) => `Unavailable: ${reason}`,
  originWants: (host: string) => `${host} wants to hand over sessions…`,
  /** In menu and tooltip, after a shutdown that did not come. */
  calledOff: (ended: number) =>
    count(ended, {
      one: 'Shutdown called off: # session ended',
      other: 'Shutdown called off: # sessions ended',
    }),

  inTrayTitle: 'Signoff is still running',
  inTrayBody:
    'It stays in the tray to sign you off when you leave. To end it, choose “Quit and sign off” there.',
  leftoverTitle: 'Are you still at work?',
  leftoverBody: (held: number) =>
    count(held, {
      one: 'Signoff stopped while # session was held. Without an answer, Signoff signs off soon.',
      other:
        'Signoff stopped while # sessions were held. Without an answer, Signoff signs off soon.',
    }),

  /** `outcome` is how it ended, as a sentence's beginning. */
  notEnded: (name: string, outcome: string) => ({
    title: `${name} could not be signed off`,
    body: `${outcome}. It is still held.`,
  }),
  replaced: (name: string) => ({
    title: `${name} was replaced`,
    body: 'A newer session of the same account was handed in. This one is held no more.',
  }),
  letGo: (name: string) => ({
    title: `${name} is held no more`,
    body: 'Its end was never confirmed, but the server keeps no agent who has been away for so long.',
  }),
  severalNotEnded: (held: number) => ({
    title: count(held, {
      one: '# session could not be signed off',
      other: '# sessions could not be signed off',
    }),
    body: 'They are still held.',
  }),
  leftoverEnded: (name: string) => ({
    title: `${name} was signed off`,
    body: 'It was left over from before Signoff was started.',
  }),
  leftoversEnded: (ended: number) => ({
    title: count(ended, {
      one: '# session was signed off',
      other: '# sessions were signed off',
    }),
    body: 'They were left over from before Signoff was started.',
  }),
  handedIn: (name: string) => ({
    title: `${name} is held`,
    body: 'It was handed in from outside the window, and ends when you leave.',
  }),
  severalHandedIn: (held: number) => ({
    title: count(held, { one: '# session is held', other: '# sessions are held' }),
    body: 'They were handed in from outside the window, and end when you leave.',
  }),

  activityNotChanged: (name: string) => `${name}: status not changed`,
  severalActivitiesNotChanged: (agents: number) =>
    count(agents, { other: 'Status of # agents not changed' }),
  /** `isSetUnavailable`: IT has the agent set unavailable then. */
  chatOffered: (name: string, isSetUnavailable: boolean) => ({
    title: `${name}: a chat is offered to you`,
    body: isSetUnavailable
      ? 'Signoff cannot take chats. Take it in your console, or the server gives it to somebody else. You were set unavailable.'
      : 'Signoff cannot take chats. Take it in your console, or the server gives it to somebody else.',
  }),
  endedByServer: (name: string) => ({
    title: `${name} was ended by the server`,
    body: 'You are signed out there, and chats no longer reach you. Sign in again to go on.',
  }),
  /** `origin` is the browser console's. */
  originAsks: (origin: string) => ({
    title: 'A browser console wants to hand over sessions',
    body: `${origin} asks for it. Open Signoff to allow it or not.`,
  }),
  unreachable: (name: string) => ({
    title: `${name}: the server cannot be reached`,
    body: 'Signoff keeps trying. If this goes on, the server drops the session, and chats no longer reach you.',
  }),
};
