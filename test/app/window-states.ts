import type { Page } from 'playwright';
import { ALL_RESULTS, type ResultsFilter } from '../../main/results/filter.ts';
import type { EventPayload, HeldView, Reply, State } from '../../preload/contract.ts';
import { endedByServer } from '../support/ended-by-server.ts';
import { receipt } from '../support/receipts.ts';
import { wordsFor } from '../../words/words.ts';
import { endedView, heldView, windowState } from '../support/window-state.ts';

export type Receipt = EventPayload<'receipt'>;

/** The calls that are answered in a main process's place. */
export const REPLIED = [
  'getState',
  'getResults',
  'getTimings',
  'signIn',
  'checkAddress',
  'exportResults',
  'setSetting',
  'signOff',
] as const;
export type Replied = (typeof REPLIED)[number];

/** Everything that the window is shown, in place of what a main process would say. */
export interface WindowState {
  readonly state: State;
  readonly receipts: readonly Receipt[];
  /** Come in once the window is there. */
  readonly arriving?: readonly Receipt[];
  /** What is searched for; nothing else is. */
  readonly search?: ResultsFilter;
  /** How these end; without it, they do not. */
  readonly signIn?: Reply<'signIn'>;
  readonly checkAddress?: Reply<'checkAddress'>;
  readonly exportResults?: Reply<'exportResults'>;
  /** Calls that come to nothing, and those that are never answered. */
  readonly failing?: readonly Replied[];
  readonly unanswered?: readonly Replied[];
  /** Receipts that the export under way has written. */
  readonly exported?: number;
  /** Where it is not as wide as usual, in pixels. */
  readonly width?: number;
  /** What an agent does to come there. */
  readonly open?: (page: Page) => Promise<void>;
}

/** The moment at which the window is looked at: dates and spans in it do not move. */
export const NOW = Date.UTC(2026, 10, 20, 14, 30);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

function held(differences: Partial<HeldView> = {}): HeldView {
  return heldView({
    id: 'ann',
    fqSiteName: 'day001_221100_sql_001h',
    pool: '297:1',
    heldSince: NOW - 3 * HOUR,
    ...differences,
  });
}

/** One that was started here, so that its presence and status are known. */
function started(differences: Partial<HeldView> = {}): HeldView {
  return held({
    presence: { state: 'present', dropsAt: null },
    activity: { value: 'available', reason: null, changing: false, problem: null },
    ...differences,
  });
}

const engagement: Partial<HeldView> = { kind: 'engagement', accountId: null };
const carl = held({ ...engagement, id: 'carl', label: 'Carl', heldSince: NOW - 4 * MINUTE });

function state(differences: Partial<State> = {}): State {
  const usual = windowState({ held: [held(), carl] });
  const { values } = usual.settings;
  return {
    ...usual,
    settings: { ...usual.settings, values: { ...values, startAtLogin: true } },
    ...differences,
  };
}

const SITE = { site: 'https://service.example.com', userName: 'ann.miller', accountId: '12' };
/** The form as it begins where this is known. */
function signingIn(differences: Partial<State['signIn']> = {}): State {
  const { signIn } = windowState();
  return state({ held: [], signIn: { ...signIn, ...differences } });
}
const filledIn = signingIn({ defaults: { ...SITE, hasPassword: false } });

/** Receipts over two days, as they come out of an ordinary office. */
function someReceipts(count: number): Receipt[] {
  return Array.from({ length: count }, (_, index) => {
    const finished = NOW - index * 37 * MINUTE;
    const processing = 30 + ((index * 17) % 40);
    const tls = 60 + ((index * 29) % 90);
    const firstByte = processing + 40 + ((index * 13) % 30);
    const total = 2 + 12 + 20 + tls + 1 + firstByte + 4;
    const failed = index % 9 === 4;
    return receipt({
      id: `receipt-${index}`,
      kind: index % 3 === 2 ? 'engagement' : 'agent',
      label: ['Front desk', 'Billing', 'Carl'][index % 3] ?? '',
      cause: (['asked', 'quit', 'idle', 'shutdown'] as const)[index % 4] ?? 'asked',
      outcome: failed ? 'unreachable' : index % 7 === 3 ? 'already-over' : 'ended',
      error: failed
        ? {
            code: 'CONNECTION_REFUSED',
            message: 'chat.example.com refused the connection.',
            status: null,
          }
        : null,
      startedAt: new Date(finished - total).toISOString(),
      finishedAt: new Date(finished).toISOString(),
      roundTripMs: failed ? null : total,
      phases: { wait: 2, dns: 12, tcp: 20, tls, request: 1, firstByte, download: 4, total },
      server: {
        serviceStartTime: new Date(finished - firstByte + 20).toISOString(),
        serviceFinishTime: new Date(finished - firstByte + 20 + processing).toISOString(),
        processingMs: failed ? null : processing,
        clientId: '1',
        sequenceNumber: '1',
      },
      networkMs: failed ? null : total - processing,
      clockOffsetMs: failed ? null : 14,
      clockUncertaintyMs: failed ? null : 28,
      reply: failed ? null : { status: 200, body: '{ "chatLogoffResult" : { } }', cut: false },
    });
  });
}

const results = (page: Page): Promise<void> =>
  page.getByRole('button', { name: 'Results', exact: true }).click();
const overTime = async (page: Page): Promise<void> => {
  await results(page);
  await page.getByText('Over time', { exact: true }).click();
};
const firstReceipt = async (page: Page): Promise<void> => {
  await results(page);
  await page.locator('[data-receipt]').first().click();
};
const receiptByServer = async (page: Page): Promise<void> => {
  await results(page);
  await page.locator(`[data-receipt="${byServer.id}"]`).click();
};
const copyReceipt = async (page: Page): Promise<void> => {
  await firstReceipt(page);
  await page.getByRole('button', { name: 'Copy as JSON' }).click();
  await page.getByText('Copied.').waitFor();
};
const overTimeWithTables = async (page: Page): Promise<void> => {
  await overTime(page);
  for (const summary of await page.locator('summary').all()) await summary.click();
  await page.locator('summary').first().scrollIntoViewIfNeeded();
};
const focusOnOutlier = async (page: Page): Promise<void> => {
  await overTime(page);
  await page.locator('.segment', { hasText: 'Day' }).focus();
  await page.keyboard.press('Tab');
};
const openAll = async (page: Page): Promise<void> => {
  await firstReceipt(page);
  for (const summary of await page.locator('summary').all()) await summary.click();
  await page.locator('.waterfall summary').scrollIntoViewIfNeeded();
};
const rawReply = async (page: Page): Promise<void> => {
  await firstReceipt(page);
  await page.getByText('Raw reply').click();
  await page.locator('.reply').scrollIntoViewIfNeeded();
};
const filters = async (page: Page): Promise<void> => {
  await results(page);
  await page.getByRole('button', { name: 'Filters' }).click();
  await page.getByRole('checkbox', { name: 'Not found on the server' }).waitFor();
  await page.getByRole('checkbox', { name: 'Server not reached' }).click();
};
const search = async (page: Page): Promise<void> => {
  await results(page);
  await page.getByRole('searchbox').fill(NO_MATCH.text);
  await page.getByText('No result matches').waitFor();
};
const exportCsv = async (page: Page): Promise<void> => {
  await results(page);
  await page.getByRole('button', { name: 'Export as CSV' }).click();
  await page
    .locator('.export-progress[data-phase="running"], .export-progress[data-phase="over"]')
    .waitFor();
};
const force = (page: Page): Promise<void> =>
  page.getByRole('button', { name: 'Force: Front desk' }).click();
const checkAddress = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'Add session' }).first().click();
  await page.getByLabel('Server address').fill('https://chat.example.com');
  await page.getByLabel('Site name').fill('day001_221100_sql_001h');
  await page.getByLabel('Pool').fill('297:1');
  await page.getByRole('button', { name: 'Check the address' }).click();
  await page
    .locator('.check-result .outcome, [aria-invalid="true"], [role="alert"]')
    .first()
    .waitFor();
};
const pasted =
  (text: string) =>
  async (page: Page): Promise<void> => {
    await page.getByRole('button', { name: 'Add session' }).first().click();
    await page.locator('form').evaluate((form, content) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', content);
      form.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
    }, text);
    await page.locator('.form .notice').waitFor();
  };
const setWrongly = async (page: Page): Promise<void> => {
  await settingsDialog(page);
  await page.getByLabel('Days that results are kept').fill('1');
  await page.keyboard.press('Enter');
  await page.getByText('It can be a whole number').scrollIntoViewIfNeeded();
};
const settingsWhileAsked = async (page: Page): Promise<void> => {
  await settingsDialog(page);
  await answerable(page);
};
const signOffInVain = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'Sign off: Front desk' }).click();
  await page.getByRole('alert').waitFor();
};
const openOne = (page: Page): Promise<void> =>
  page.getByRole('button', { name: 'Details: Agent 4' }).click();
const lowerSettings = async (page: Page): Promise<void> => {
  await settingsDialog(page);
  await page.locator('.panel').evaluate((panel) => panel.scrollTo(0, panel.scrollHeight));
};
const add = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'Add session' }).first().click();
  await page.getByRole('button', { name: 'Hold session' }).click();
};
const signIn = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'Sign in' }).first().click();
};
const tryToSignIn = async (page: Page): Promise<void> => {
  await signIn(page);
  await page.getByLabel('Password', { exact: true }).fill('correct horse');
  await page.getByRole('dialog').getByRole('button', { name: 'Sign in' }).click();
};
const whyUnavailable = (page: Page): Promise<void> =>
  page.getByRole('button', { name: 'Unavailable' }).click();
/** Until then a click would come to nothing. */
const answerable = (page: Page): Promise<void> =>
  page.locator('.question [aria-disabled="false"]').first().waitFor();
const settingsDialog = (page: Page): Promise<void> =>
  page.getByRole('button', { name: 'Settings' }).click();
const help = (page: Page): Promise<void> => page.keyboard.press('F1');

const REASONS: State['unavailableReasons'] = [
  { id: 2, name: 'Lunch' },
  { id: 3, name: 'Meeting' },
  { id: 4, name: 'Training' },
  { id: 7, name: 'After-chat work' },
];
const byServer = endedByServer({
  id: 'by-server',
  label: 'Front desk',
  startedAt: new Date(NOW - MINUTE).toISOString(),
  finishedAt: new Date(NOW - MINUTE).toISOString(),
});
/** Slow ones among receipts of an ordinary office. */
function withOutliers(count: number): Receipt[] {
  return someReceipts(count).map((one, index) => {
    const roundTripMs = { 7: 2_400, 23: 900, 41: 1_300 }[index];
    return roundTripMs === undefined || one.roundTripMs === null ? one : { ...one, roundTripMs };
  });
}
const ofTwoServers = withOutliers(60).map((one, index) =>
  index % 3 === 1
    ? { ...one, address: { ...one.address, server: 'https://chat-emea.example.com' } }
    : one,
);
const implausible = someReceipts(3).map((one) => ({
  ...one,
  server: { ...one.server, processingMs: -2_400 },
  clockOffsetMs: 3 * 24 * HOUR + 5 * HOUR,
  implausible: [
    'The server says that it finished before it started.',
    "The server's clock and this computer's are more than a day apart.",
  ],
}));
const REFUSED_BODY = JSON.stringify({
  exceptionCode: 'BAD_REQUEST',
  message: 'The session has chats that are still open; force the logoff to end them.',
  detail: 'com.example.chat.AgentSessionException at LogoffHandler.java:118',
});
const refusedByServer = someReceipts(2).map((one) => ({
  ...one,
  outcome: 'refused' as const,
  attempts: 2,
  error: {
    code: 'BAD_REQUEST',
    message: 'The session has chats that are still open; force the logoff to end them.',
    status: 400,
  },
  reply: { status: 400, body: REFUSED_BODY, cut: false },
}));
const justEnded = [
  receipt({
    ...someReceipts(1)[0],
    id: 'just',
    label: 'Billing',
    finishedAt: new Date(NOW - 8_000).toISOString(),
  }),
  receipt({
    ...refusedByServer[0],
    id: 'refused',
    label: 'Carl',
    finishedAt: new Date(NOW - MINUTE).toISOString(),
  }),
].toReversed();
const NO_MATCH: ResultsFilter = { ...ALL_RESULTS, text: 'nowhere', outcomes: [] };
const ONLY_UNREACHABLE: ResultsFilter = { ...ALL_RESULTS, outcomes: ['unreachable'] };
const consoles = state({
  settings: {
    ...state().settings,
    values: {
      ...state().settings.values,
      startAtLogin: false,
      browserHandIn: true,
      browserOrigins: ['https://console.example.com'],
    },
    startAtLoginBy: 'desktop',
  },
  browser: { port: 47_823, problem: null },
});
const NARROW = 360;
const refusal = {
  outcome: 'refused',
  code: 'BUSY',
  message: 'There are open chats.',
  answeredBy: null,
} as const;
const LONG =
  'Second-line support for business customers in the north-western region, early shift, desk 4';

/** Every state that the window was designed for, by the name of its pictures. */
export const WINDOW_STATES: Readonly<Record<string, WindowState>> = {
  'first-run': { state: state({ held: [] }), receipts: [] },
  'first-run-sign-in-only': {
    state: signingIn({ offers: { signIn: true, handIn: false } }),
    receipts: [],
  },
  'first-run-hand-in-only': {
    state: signingIn({ offers: { signIn: false, handIn: true } }),
    receipts: [],
  },
  holding: { state: state(), receipts: someReceipts(40) },
  present: {
    state: state({ held: [started()] }),
    receipts: someReceipts(4),
  },
  reconnecting: {
    state: state({
      held: [started({ presence: { state: 'reconnecting', dropsAt: NOW + 192_000 } }), carl],
    }),
    receipts: [],
  },
  'chat-offered': {
    state: state({
      held: [started({ presence: { state: 'present', dropsAt: null, chatOfferedAt: NOW } }), carl],
    }),
    receipts: [],
  },
  dropped: {
    state: state({ held: [started({ presence: { state: 'dropped', dropsAt: NOW - MINUTE } })] }),
    receipts: [],
  },
  unavailable: {
    state: state({
      held: [
        started({
          activity: { value: 'unavailable', reason: 3, changing: false, problem: null },
        }),
      ],
      unavailableReasons: REASONS,
    }),
    receipts: [],
  },
  'why-unavailable': {
    state: state({
      held: [
        started({
          activity: {
            value: 'available',
            reason: null,
            changing: false,
            problem: wordsFor('en').sessions.activityProblems.conflict('Chats are still open.'),
          },
        }),
      ],
      unavailableReasons: REASONS,
    }),
    receipts: [],
    open: whyUnavailable,
  },
  'changing-status': {
    state: state({
      held: [
        started({ activity: { value: 'unknown', reason: null, changing: true, problem: null } }),
      ],
    }),
    receipts: [],
  },
  'ended-by-the-server': {
    state: state({ held: [] }),
    receipts: [byServer, ...someReceipts(3)],
    open: receiptByServer,
  },
  'called-off': {
    state: state({
      held: [],
      calledOff: [
        endedView({ label: SITE.userName, signIn: { ...SITE, hasPassword: true } }),
        endedView({ ...engagement, id: 'carl', label: 'Carl', signIn: null }),
      ],
    }),
    receipts: someReceipts(4),
  },
  'origin-question': {
    state: state({
      originQuestion: { origin: 'https://console.example.com:8443', deadline: NOW + 48_000 },
    }),
    receipts: [],
    open: answerable,
  },
  'signing-in': { state: signingIn(), receipts: [], open: signIn },
  'sign-in-remembered': {
    state: signingIn({ defaults: { ...SITE, hasPassword: true } }),
    receipts: [],
    open: signIn,
  },
  'sign-in-problems': {
    state: signingIn(),
    receipts: [],
    signIn: {
      ok: false,
      why: 'input',
      problems: [
        { field: 'site', message: 'is missing', code: 'missing' },
        { field: 'userName', message: 'is missing', code: 'missing' },
        { field: 'accountId', message: 'is missing', code: 'missing' },
      ],
    },
    open: tryToSignIn,
  },
  'sign-in-under-way': {
    state: { ...filledIn, signIn: { ...filledIn.signIn, step: 'session' } },
    receipts: [],
    open: tryToSignIn,
  },
  'sign-in-failed': {
    state: filledIn,
    receipts: [],
    signIn: {
      ok: false,
      why: 'failed',
      step: 'token',
      code: 'ACCESS_DENIED',
      message: 'User name or password is invalid.',
      advice: 'password',
    },
    open: tryToSignIn,
  },
  'sign-in-conflict': {
    state: filledIn,
    receipts: [],
    signIn: {
      ok: false,
      why: 'conflict',
      message: 'The agent already has an active session.',
      perhapsOurs: false,
    },
    open: tryToSignIn,
  },
  many: {
    state: state({
      held: Array.from({ length: 50 }, (_, index) =>
        held({ id: `held-${index}`, label: `Agent ${index + 1}`, heldSince: NOW - index * HOUR }),
      ),
    }),
    receipts: [],
  },
  'long-labels': {
    state: state({
      held: [
        held({
          label: LONG,
          fqSiteName: 'sdi_11_20_18_2022_21-3586727808788512-Fusion',
          server: 'https://chat-emea-production-cluster-04.customer-engagement.example.com:8443',
        }),
      ],
    }),
    receipts: someReceipts(3).map((one) => ({ ...one, label: LONG })),
  },
  ending: {
    state: state({
      held: [
        held({
          ending: {
            cause: 'asked',
            forced: false,
            attempt: 2,
            deadline: NOW + 6_000,
            budgetMs: 10_000,
          },
        }),
        carl,
      ],
    }),
    receipts: someReceipts(4),
  },
  refused: {
    state: state({ held: [held({ lastFailure: refusal }), carl] }),
    receipts: someReceipts(4),
  },
  unconfirmed: {
    state: state({
      held: [
        held({
          lastFailure: {
            outcome: 'unconfirmed',
            code: 'NOT_CONFIRMED',
            message: 'Forbidden',
            answeredBy: { kind: 'gateway', name: 'edge-gateway' },
          },
          nextTryAt: NOW + 42_000,
        }),
      ],
    }),
    receipts: someReceipts(4),
  },
  unreachable: {
    state: state({
      held: [
        held({
          lastFailure: {
            outcome: 'unreachable',
            code: 'CONNECTION_REFUSED',
            message: 'chat.example.com refused the connection.',
            answeredBy: null,
          },
          nextTryAt: NOW + 42_000,
        }),
      ],
    }),
    receipts: someReceipts(4),
  },
  offline: { state: state({ online: false }), receipts: [] },
  'no-encryption': {
    state: state({
      vault: { durable: false, keyPending: false, folderUnusable: false, setAside: null },
    }),
    receipts: [],
  },
  'vault-set-aside': {
    state: state({
      held: [],
      vault: {
        durable: true,
        keyPending: false,
        folderUnusable: false,
        setAside: 'vault.unreadable-2026-11-20T14-00-00.000Z.sealed',
      },
    }),
    receipts: [],
  },
  'held-elsewhere': {
    state: state({
      held: [held()],
      elsewhere: [
        { host: 'FRONT-07', since: NOW - 3 * HOUR, held: [{ ...carl, id: 'far' }] },
        { host: 'FRONT-08', since: NOW - 2 * HOUR, held: null },
      ],
    }),
    receipts: [],
  },
  'left-over': {
    state: state({ leftoverQuestion: { ids: ['ann', 'carl'], deadline: NOW + 48_000 } }),
    receipts: [],
  },
  leaving: {
    state: state({
      held: [
        held({
          ending: {
            cause: 'quit',
            forced: true,
            attempt: 1,
            deadline: NOW + 4_000,
            budgetMs: 5_000,
          },
        }),
        carl,
      ],
      leaving: { phase: 'ending', cause: 'quit', deadline: NOW + 4_000, budgetMs: 5_000 },
    }),
    receipts: [],
  },
  'could-not-leave': {
    state: state({
      held: [held({ lastFailure: refusal })],
      leaving: { phase: 'asking', cause: 'quit', deadline: NOW + 55_000, budgetMs: 60_000 },
    }),
    receipts: [],
  },
  'may-not-leave': {
    state: state({
      held: [held({ lastFailure: refusal })],
      leaving: { phase: 'refused', cause: 'quit', deadline: NOW + 55_000, budgetMs: 60_000 },
    }),
    receipts: [],
  },
  'no-results': { state: state(), receipts: [], open: results },
  results: { state: state(), receipts: [byServer, ...someReceipts(40)], open: results },
  'long-results': {
    state: state(),
    receipts: someReceipts(12).map((one) => ({ ...one, label: LONG })),
    open: results,
  },
  'over-time': { state: state(), receipts: someReceipts(80), open: overTime },
  receipt: { state: state(), receipts: someReceipts(3), open: firstReceipt },
  adding: { state: state({ held: [] }), receipts: [], open: add },
  settings: {
    state: state({
      settings: { ...state().settings, managed: ['leftover', 'startAtLogin'] },
    }),
    receipts: [],
    open: settingsDialog,
  },
  help: { state: state(), receipts: [], open: help },
  'asking-to-force': {
    state: state({ held: [held({ lastFailure: refusal }), carl] }),
    receipts: someReceipts(4),
    open: force,
  },
  'just-ended': { state: state(), receipts: someReceipts(4), arriving: justEnded },
  'empty-after-use': { state: state({ held: [] }), receipts: someReceipts(3) },
  filters: { state: state(), receipts: ofTwoServers, search: ONLY_UNREACHABLE, open: filters },
  'no-match': { state: state(), receipts: someReceipts(40), search: NO_MATCH, open: search },
  'export-running': {
    state: state(),
    receipts: someReceipts(40),
    open: exportCsv,
    exported: 48_200,
  },
  'export-over': {
    state: state(),
    receipts: someReceipts(40),
    exportResults: { end: 'saved', count: 40, fileName: 'signoff-results-2026-11-20.csv' },
    open: exportCsv,
  },
  'export-failed': {
    state: state(),
    receipts: someReceipts(40),
    exportResults: { end: 'failed', why: 'disk-full', code: 'ENOSPC' },
    open: exportCsv,
  },
  'implausible-times': { state: state(), receipts: implausible, open: firstReceipt },
  'raw-reply': { state: state(), receipts: refusedByServer, open: rawReply },
  'receipt-details': { state: state(), receipts: someReceipts(3), open: openAll },
  outliers: { state: state(), receipts: withOutliers(60), open: focusOnOutlier },
  'over-time-tables': { state: state(), receipts: withOutliers(60), open: overTimeWithTables },
  'several-servers': { state: state(), receipts: ofTwoServers, open: overTime },
  'address-right': {
    state: state({ held: [] }),
    receipts: [],
    checkAddress: { ok: true, roundTripMs: 184 },
    open: checkAddress,
  },
  'address-wrong': {
    state: state({ held: [] }),
    receipts: [],
    checkAddress: { ok: false, wrong: 'host', code: 'NAME_NOT_FOUND', message: 'Not found.' },
    open: checkAddress,
  },
  'settings-below': { state: consoles, receipts: [], open: lowerSettings },
  'address-wrong-site': {
    state: state({ held: [] }),
    receipts: [],
    checkAddress: { ok: false, wrong: 'site', code: 'NO_SITE', message: 'Unknown site.' },
    open: checkAddress,
  },
  'address-wrong-pool': {
    state: state({ held: [] }),
    receipts: [],
    checkAddress: { ok: false, wrong: 'pool', code: '', message: '' },
    open: checkAddress,
  },
  'address-unclear': {
    state: state({ held: [] }),
    receipts: [],
    checkAddress: {
      ok: false,
      wrong: 'unclear',
      code: 'HTTP_503',
      message: 'The server answered 503 without saying why.',
    },
    open: checkAddress,
  },
  'paste-broken': {
    state: state({ held: [] }),
    receipts: [],
    open: pasted('{\n  "server": "https://chat.example.com"\n  "pool": "297:1"\n}'),
  },
  'paste-partly-taken': {
    state: state({ held: [] }),
    receipts: [],
    open: pasted(
      JSON.stringify({
        server: 'https://chat.example.com',
        fqSiteName: 'day001_221100_sql_001h',
        accountId: '12',
        sessionId: 'node0secret',
        skill: 'billing',
        queue: 3,
      }),
    ),
  },
  'no-reply-yet': { state: state(), receipts: [], failing: ['getState'] },
  'no-reply': { state: state(), receipts: [], failing: ['signOff'], open: signOffInVain },
  'many-at-work': {
    state: state({
      held: Array.from({ length: 9 }, (_, index) =>
        held({
          id: `held-${index}`,
          label: `Agent ${index + 1}`,
          heldSince: NOW - index * HOUR,
          ending:
            index === 0
              ? {
                  cause: 'asked',
                  forced: false,
                  attempt: 2,
                  deadline: NOW + 6_000,
                  budgetMs: 10_000,
                }
              : null,
          lastFailure: index === 1 ? refusal : null,
        }),
      ),
    }),
    receipts: [],
    open: openOne,
  },
  'results-failed': { state: state(), receipts: [], failing: ['getResults'], open: results },
  'results-loading': { state: state(), receipts: [], unanswered: ['getResults'], open: results },
  'times-failed': {
    state: state(),
    receipts: someReceipts(40),
    failing: ['getTimings'],
    open: overTime,
  },
  'no-times': { state: state(), receipts: [], open: overTime },
  'receipt-copied': { state: state(), receipts: someReceipts(3), open: copyReceipt },
  'setting-problem': { state: state(), receipts: [], open: setWrongly },
  'asked-over-settings': {
    state: state({
      originQuestion: { origin: 'https://console.example.com:8443', deadline: NOW + 48_000 },
    }),
    receipts: [],
    open: settingsWhileAsked,
  },
  narrow: {
    state: state({ held: [held({ lastFailure: refusal }), carl] }),
    receipts: [],
    width: NARROW,
  },
  'narrow-results': { state: state(), receipts: someReceipts(40), open: results, width: NARROW },
  'narrow-receipt': {
    state: state(),
    receipts: refusedByServer,
    open: firstReceipt,
    width: NARROW,
  },
  'narrow-over-time': { state: state(), receipts: ofTwoServers, open: overTime, width: NARROW },
  'narrow-settings': { state: state(), receipts: [], open: settingsDialog, width: NARROW },
};
