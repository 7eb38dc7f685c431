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
  signOffAll: 'Sign off all',
  open: 'Open Signoff',
  quit: 'Quit and sign off',

  inTrayTitle: 'Signoff is still running',
  inTrayBody:
    'It stays in the tray to sign you off when you leave. To end it, choose “Quit and sign off” there.',
  leftoverTitle: 'Are you still at work?',
  leftoverBody: (held: number) =>
    count(held, {
      one: 'Signoff stopped while # session was held. Without an answer within a minute, Signoff signs off.',
      other:
        'Signoff stopped while # sessions were held. Without an answer within a minute, Signoff signs off.',
    }),

  /** `outcome` is how it ended, as a sentence's beginning. */
  notEnded: (name: string, outcome: string) => ({
    title: `${name} could not be signed off`,
    body: `${outcome}. It is still held.`,
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
};
