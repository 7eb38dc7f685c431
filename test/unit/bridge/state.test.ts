import { describe, expect, test } from 'vitest';
import { createStateReader, durability } from '../../../main/bridge/state.ts';
import type { HeldSession } from '../../../main/sessions/session.ts';
import { settingsSchema } from '../../../main/settings/schema.ts';
import { failedReceipt } from '../../support/receipts.ts';
import { answer } from '../../support/scripted-server.ts';
import { agentSession, engagement } from '../../support/sessions.ts';
import { createSignOffWorld } from '../../support/sign-off-world.ts';
import { windowState } from '../../support/window-state.ts';

const leaving = { phase: 'asking', cause: 'quit', deadline: 13, budgetMs: 17 } as const;
const settings = settingsSchema.parse({ idleMinutes: 7 });

const KNOWN = {
  site: 'https://site.example.com',
  userName: 'Ann',
  accountId: '12',
  hasPassword: true,
};
const ended: HeldSession = {
  ...agentSession('Ann'),
  id: 'ended-1',
  heldSince: 0,
  lastSequenceNumber: 3,
  login: null,
  startedHere: true,
};

/** What the state's parts tell of the app, each unlike what it tells by default. */
const told = windowState({
  version: '1.2.3',
  runningSince: 7,
  language: 'fr',
  settings: { values: settings, managed: ['onLock'], startAtLoginBy: 'desktop' },
  handInDefaults: { server: 'https://chat.example.com', fqSiteName: 'site', pool: '297:1' },
  availableKinds: [{ id: 4, name: 'Chats only' }],
  unavailableReasons: [{ id: 3, name: 'Lunch' }],
  browser: { port: 5, problem: null },
  originQuestion: { origin: 'https://console.example.com', deadline: 9 },
  online: false,
  elsewhere: [{ host: 'FRONT-07', since: 3, held: null }],
  vault: { durable: true, keyPending: false, folderUnusable: false, setAside: 'vault.unreadable' },
  leftoverQuestion: { ids: ['left'], deadline: 11 },
  leaving,
  calledOff: [
    {
      id: 'ended-1',
      kind: 'agent',
      accountId: '12',
      maskedSessionId: 'agen…',
      label: 'Ann',
      signIn: KNOWN,
    },
  ],
});

type Parts = Parameters<typeof createStateReader>[0];

/** The state of real sessions and sign-offs; everything else is as told. */
function createWorld(differences: Partial<Parts> = {}) {
  const world = createSignOffWorld();
  const readState = createStateReader({
    version: told.version,
    runningSince: told.runningSince,
    vault: world.vault,
    key: { isSaved: () => true },
    elsewhere: {
      machines: { machines: () => [{ host: 'FRONT-07', since: 3, held: null }] },
      coordinator: world.coordinator,
    },
    setAside: told.vault.setAside,
    isFolderUnusable: told.vault.folderUnusable,
    coordinator: world.coordinator,
    leftoverQuestion: { state: () => told.leftoverQuestion },
    leaving: { state: () => leaving },
    calledOff: { ended: () => [ended] },
    signInAgain: () => KNOWN,
    retries: { nextTryAt: () => null },
    settings: {
      values: () => settings,
      managed: () => told.settings.managed,
      sourceOf: () => 'desktop',
    },
    language: () => told.language,
    handInDefaults: () => told.handInDefaults,
    signIn: () => told.signIn,
    presence: { of: () => null },
    activity: { of: () => null },
    availableKinds: () => told.availableKinds,
    unavailableReasons: () => told.unavailableReasons,
    browser: () => told.browser,
    originQuestion: { state: () => told.originQuestion },
    isOnline: () => told.online,
    clock: world.clock,
    ...differences,
  });
  return { ...world, readState };
}

test('is what every part tells of itself', () => {
  expect(createWorld().readState()).toEqual(told);
});

describe('a held session', () => {
  test('is told with what keeps it, and without its secret', () => {
    const { hold, readState, clock } = createWorld({
      retries: { nextTryAt: (id) => (id === 'held-1' ? 19 : null) },
      presence: {
        of: (id) => (id === 'held-1' ? { state: 'reconnecting', dropsAt: 23 } : null),
      },
      activity: { of: () => null },
    });
    hold(agentSession('Ann'));
    expect(readState().held).toEqual([
      {
        id: 'held-1',
        kind: 'agent',
        server: 'https://chat.example.com',
        fqSiteName: 'day001_221100_sql_001h',
        pool: '297:1',
        accountId: '12',
        maskedSessionId: 'agen…',
        label: 'Ann',
        heldSince: clock.now(),
        ending: null,
        lastFailure: null,
        nextTryAt: 19,
        presence: { state: 'reconnecting', dropsAt: 23 },
        activity: null,
      },
    ]);
  });

  test('that is an engagement has no account', () => {
    const { hold, readState } = createWorld();
    hold(engagement());
    expect(readState().held).toMatchObject([{ kind: 'engagement', accountId: null }]);
  });

  test('that is being ended says until when, by the clock on the wall', async () => {
    const { hold, readState, clock, coordinator, server } = createWorld();
    hold(agentSession());
    server.answerWith(() => 'never');
    await clock.advance(1_000);
    const signedOff = coordinator.signOff({ cause: 'quit', ids: 'all', budgetMs: 5_000 });
    const deadline = clock.now() + 5_000;
    await clock.advance(2_000);
    expect(readState().held).toMatchObject([
      { ending: { cause: 'quit', forced: true, attempt: 1, deadline, budgetMs: 5_000 } },
    ]);
    await clock.until(signedOff, 60_000);
  });

  test('that could not be ended says why', async () => {
    const { hold, readState, clock, coordinator, server } = createWorld();
    hold(agentSession());
    server.answerWith(() => answer('refused'));
    await clock.until(coordinator.signOff({ cause: 'asked', ids: 'all' }), 60_000);
    expect(readState().held).toMatchObject([
      {
        ending: null,
        lastFailure: { outcome: 'refused', code: 'BUSY', message: 'There are chats.' },
      },
    ]);
  });

  test('that could not be ended, without a reason, says so without words', () => {
    const { hold, readState } = createWorld({
      coordinator: {
        underWay: () => undefined,
        lastFailure: () => failedReceipt({ error: null }),
      },
    });
    hold(agentSession());
    expect(readState().held).toMatchObject([
      { lastFailure: { outcome: 'refused', code: '', message: '' } },
    ]);
  });
});

describe('a session that was ended for a shutdown that did not come', () => {
  const signInOf = (session: HeldSession, known: typeof KNOWN | null = KNOWN) => {
    const { readState } = createWorld({
      calledOff: { ended: () => [session] },
      signInAgain: () => known,
    });
    return readState().calledOff.map(({ signIn }) => signIn);
  };

  test('and did not begin here is signed in to elsewhere', () => {
    expect(signInOf({ ...ended, startedHere: false })).toEqual([null]);
    expect(signInOf({ ...ended, ...engagement() })).toEqual([null]);
  });

  test('is signed in to elsewhere where IT does not offer it here', () => {
    expect(signInOf(ended, null)).toEqual([null]);
  });
});

test.for([
  { durable: true, isSaved: true, told: { durable: true, keyPending: false } },
  { durable: true, isSaved: false, told: { durable: false, keyPending: true } },
  { durable: false, isSaved: true, told: { durable: false, keyPending: false } },
  { durable: false, isSaved: false, told: { durable: false, keyPending: false } },
])(
  'a vault on the disk ($durable) whose key is saved ($isSaved) outlasts the app only with both',
  ({ durable, isSaved, told: expected }) => {
    const parts = { vault: { durable }, key: { isSaved: () => isSaved } };
    expect(durability(parts)).toEqual(expected);
  },
);

describe('what another machine holds', () => {
  const KEPT_HERE: Partial<Parts> = {
    retries: { nextTryAt: () => 19 },
    presence: { of: () => ({ state: 'reconnecting', dropsAt: 23 }) },
  };
  /** The state beside a machine that holds a session under this id. */
  function beside(id: string, lastFailure: Parts['coordinator']['lastFailure']) {
    const held = [{ ...ended, id }];
    return createWorld({
      ...KEPT_HERE,
      elsewhere: {
        machines: { machines: () => [{ host: 'FRONT-07', since: 3, held }] },
        coordinator: { underWay: () => undefined, lastFailure },
      },
    });
  }

  test('is told as what is held there, which nothing here keeps or tries again to end', () => {
    const { readState } = beside('held-1', () => undefined);
    expect(readState().elsewhere).toMatchObject([
      {
        host: 'FRONT-07',
        since: 3,
        held: [
          {
            id: 'held-1',
            label: 'Ann',
            maskedSessionId: 'agen…',
            ending: null,
            lastFailure: null,
            nextTryAt: null,
            presence: null,
            activity: null,
          },
        ],
      },
    ]);
  });

  test('and could not be ended from here says why, and what is held here under its id does not', () => {
    const { hold, readState } = beside('held-1', () => failedReceipt());
    hold(agentSession());
    const { held, elsewhere } = readState();
    const failures = [held, elsewhere[0]?.held].map((all) =>
      all?.map((one) => one.lastFailure?.code),
    );
    expect(failures).toEqual([[undefined], ['BUSY']]);
  });
});
