import { agentSettingsSchema } from '../../main/settings/schema.ts';
import type { EndedView, HeldView, State } from '../../preload/contract.ts';

/** A held session as the window sees it. */
export function heldView(differences: Partial<HeldView> = {}): HeldView {
  return {
    id: 'a',
    kind: 'agent',
    server: 'https://chat.example.com',
    fqSiteName: 'site',
    pool: null,
    accountId: '12',
    maskedSessionId: 'node…',
    label: 'Front desk',
    heldSince: 0,
    ending: null,
    lastFailure: null,
    nextTryAt: null,
    presence: null,
    activity: null,
    ...differences,
  };
}

/** One that was ended for a shutdown that did not come, and can be signed in to again here. */
export function endedView(differences: Partial<EndedView> = {}): EndedView {
  return {
    id: 'ended',
    kind: 'agent',
    accountId: '12',
    maskedSessionId: 'node…',
    label: 'ann',
    signIn: {
      site: 'https://service.example.com',
      userName: 'ann',
      accountId: '12',
      hasPassword: true,
    },
    ...differences,
  };
}

/** What the window is told of the app: in English, with every setting as it is by default. */
export function windowState(differences: Partial<State> = {}): State {
  return {
    version: '1.0.0',
    // Later than any receipt of the tests, so that none of them is of this run.
    runningSince: Date.UTC(2027, 0),
    language: 'en',
    settings: { values: agentSettingsSchema.parse({}), managed: [], startAtLoginBy: null },
    handInDefaults: { server: '', fqSiteName: '', pool: '' },
    signIn: {
      offers: { signIn: true, handIn: true },
      defaults: { site: '', userName: '', accountId: '', hasPassword: false },
      mayRemember: true,
      step: null,
    },
    availableKinds: [],
    unavailableReasons: [],
    browser: { port: 47_823, problem: null },
    originQuestion: null,
    online: true,
    held: [],
    elsewhere: [],
    vault: { durable: true, keyPending: false, folderUnusable: false, setAside: null },
    leftoverQuestion: null,
    leaving: null,
    calledOff: [],
    ...differences,
  };
}
