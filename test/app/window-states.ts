import type { Page } from 'playwright';
import type { EventPayload, HeldView, State } from '../../preload/contract.ts';
import { receipt } from '../support/receipts.ts';

type Receipt = EventPayload<'receipt'>;

/** Everything that the window is shown, in place of what a main process would say. */
export interface WindowState {
  readonly state: State;
  readonly receipts: readonly Receipt[];
  /** What an agent does to come there. */
  readonly open?: (page: Page) => Promise<void>;
}

/** The moment at which the window is looked at: dates and spans in it do not move. */
export const NOW = Date.UTC(2026, 10, 20, 14, 30);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const SETTINGS: State['settings'] = {
  values: {
    startAtLogin: true,
    notifyOutcomes: true,
    notifyHandIns: true,
    appearance: 'system',
    language: 'system',
    receiptDays: 90,
    leftover: 'ask',
    signOffOnSuspend: true,
    signOffOnLock: false,
    signOffOnIdle: false,
    idleMinutes: 15,
  },
  managed: [],
};

function held(differences: Partial<HeldView> = {}): HeldView {
  return {
    id: 'ann',
    kind: 'agent',
    server: 'https://chat.example.com',
    fqSiteName: 'day001_221100_sql_001h',
    pool: '297:1',
    accountId: '12',
    maskedSessionId: 'node…',
    label: 'Front desk',
    heldSince: NOW - 3 * HOUR,
    ending: null,
    lastFailure: null,
    nextTryAt: null,
    ...differences,
  };
}

const engagement: Partial<HeldView> = { kind: 'engagement', accountId: null };
const carl = held({ ...engagement, id: 'carl', label: 'Carl', heldSince: NOW - 4 * MINUTE });

function state(differences: Partial<State> = {}): State {
  return {
    version: '1.0.0',
    language: 'en',
    settings: SETTINGS,
    handInDefaults: { server: '', fqSiteName: '', pool: '' },
    online: true,
    held: [held(), carl],
    vault: { durable: true, setAside: null },
    leftoverQuestion: null,
    leaving: null,
    ...differences,
  };
}

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
const add = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'Add session' }).first().click();
  await page.getByRole('button', { name: 'Hold session' }).click();
};
const settingsDialog = (page: Page): Promise<void> =>
  page.getByRole('button', { name: 'Settings' }).click();
const help = (page: Page): Promise<void> => page.keyboard.press('F1');

const refusal = { outcome: 'refused', code: 'BUSY', message: 'There are open chats.' } as const;
const LONG =
  'Second-line support for business customers in the north-western region, early shift, desk 4';

/** Every state that the window was designed for, by the name of its pictures. */
export const WINDOW_STATES: Readonly<Record<string, WindowState>> = {
  'first-run': { state: state({ held: [] }), receipts: [] },
  holding: { state: state(), receipts: someReceipts(40) },
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
          ending: { cause: 'asked', forced: false, attempt: 2, deadline: NOW + 6_000 },
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
  unreachable: {
    state: state({
      held: [
        held({
          lastFailure: {
            outcome: 'unreachable',
            code: 'CONNECTION_REFUSED',
            message: 'chat.example.com refused the connection.',
          },
          nextTryAt: NOW + 42_000,
        }),
      ],
    }),
    receipts: someReceipts(4),
  },
  offline: { state: state({ online: false }), receipts: [] },
  'no-encryption': {
    state: state({ vault: { durable: false, setAside: null } }),
    receipts: [],
  },
  'vault-set-aside': {
    state: state({
      held: [],
      vault: { durable: true, setAside: 'vault.unreadable-2026-11-20T14-00-00.000Z.sealed' },
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
        held({ ending: { cause: 'quit', forced: true, attempt: 1, deadline: NOW + 4_000 } }),
        carl,
      ],
      leaving: { phase: 'ending', cause: 'quit', deadline: NOW + 4_000 },
    }),
    receipts: [],
  },
  'could-not-leave': {
    state: state({
      held: [held({ lastFailure: refusal })],
      leaving: { phase: 'asking', cause: 'quit', deadline: NOW + 55_000 },
    }),
    receipts: [],
  },
  'may-not-leave': {
    state: state({
      held: [held({ lastFailure: refusal })],
      leaving: { phase: 'refused', cause: 'quit', deadline: NOW + 55_000 },
    }),
    receipts: [],
  },
  'no-results': { state: state(), receipts: [], open: results },
  results: { state: state(), receipts: someReceipts(40), open: results },
  'over-time': { state: state(), receipts: someReceipts(80), open: overTime },
  receipt: { state: state(), receipts: someReceipts(3), open: firstReceipt },
  adding: { state: state({ held: [] }), receipts: [], open: add },
  settings: {
    state: state({ settings: { ...SETTINGS, managed: ['leftover', 'startAtLogin'] } }),
    receipts: [],
    open: settingsDialog,
  },
  help: { state: state(), receipts: [], open: help },
};
