// @vitest-environment happy-dom
import { cleanup, fireEvent, render } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { NO_PHASES } from '../../../main/chat/call-end.ts';
import { readTimings } from '../../../main/results/over-time.ts';
import { causeSchema, outcomeSchema, type Receipt } from '../../../main/results/receipt.ts';
import type { Bridge, Reply, State } from '../../../preload/contract.ts';
import { App } from '../../../renderer/App.tsx';
import { LANGUAGE_NAMES } from '../../../renderer/settings/settings.ts';
import { createResultsStore } from '../../../renderer/stores/results-store.ts';
import { createStore } from '../../../renderer/stores/store.ts';
import { en } from '../../../words/en/index.ts';
import { endedByServer } from '../../support/ended-by-server.ts';
import { fakeBridge } from '../../support/fake-bridge.ts';
import { receipt } from '../../support/receipts.ts';
import { endedView, heldView, windowState } from '../../support/window-state.ts';

vi.mock('../../../words/words.ts', async () => {
  const { pseudoLocale } = await import('../../support/pseudo-locale.ts');
  return { wordsFor: pseudoLocale };
});

beforeEach(() => {
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});
afterEach(cleanup);

// These are the main process's own words, which the window says in its own.
const NO_WHY = 'The server answered 503 without saying why.';
const NO_REASON = 'The chat server refused without giving a reason.';
/** What people and servers call things, and what is the same in every language. */
const DATA = [
  'Signoff',
  'Front desk',
  'FRONT-07',
  'FRONT-08',
  'chat.example.com',
  'https://chat.example.com',
  'site',
  'node…',
  'There are open chats.',
  'signoff hold < session.json',
  'signoff sign-in',
  'console.example.com',
  'https://console.example.com',
  'Lunch',
  'Ann is gone.',
  'server-2.example.com',
  'proxy.example.com',
  'day001_221100_sql_001h',
  'results.csv',
  'http://127.0.0.1:47823/hold',
  'The agent session identifier is unknown.',
  'Its own technical words.',
  NO_WHY,
  NO_REASON,
  ...Object.keys(en.sessions.faults),
  'BUSY',
  'ODD',
  'EIO',
  'HTTP_403',
  'HTTP_503',
  'CSV',
  'JSON',
  // What the settings call a language is in that language.
  ...Object.values(LANGUAGE_NAMES),
  // The longer first: some are part of others.
].toSorted((a, b) => b.length - a.length);

/** What stands on keys, wherever they are. */
const KEYS = /\b(?:[A-Z]|F1)\b/g;

const SAID = 'There are open chats.';
const failed = {
  outcome: 'refused',
  code: 'BUSY',
  message: 'There are open chats.',
  answeredBy: null,
} as const;
const ending = {
  cause: 'quit',
  forced: true,
  attempt: 1,
  deadline: 9_000,
  budgetMs: 10_000,
} as const;

const { signIn } = windowState();
const activity = { value: 'unavailable', reason: 2, changing: false, problem: null } as const;
const originQuestion = { origin: 'https://console.example.com', deadline: 9_000 };

const states: Record<string, Partial<State>> = {
  empty: {},
  'empty, sign-in only': { signIn: { ...signIn, offers: { signIn: true, handIn: false } } },
  'empty, hand-in only': { signIn: { ...signIn, offers: { signIn: false, handIn: true } } },
  present: { held: [heldView({ presence: { state: 'present', dropsAt: null }, activity })] },
  reconnecting: { held: [heldView({ presence: { state: 'reconnecting', dropsAt: 9_000 } })] },
  dropped: { held: [heldView({ presence: { state: 'dropped', dropsAt: 0 } })] },
  unavailable: {
    held: [heldView({ activity: { ...activity, problem: 'Ann is gone.' } })],
    unavailableReasons: [{ id: 2, name: 'Lunch' }],
  },
  'status not known': { held: [heldView({ activity: { ...activity, value: 'unknown' } })] },
  'status changing': { held: [heldView({ activity: { ...activity, changing: true } })] },
  'a console asks': { originQuestion },
  held: { held: [heldView()] },
  ending: { held: [heldView({ ending })] },
  refused: { held: [heldView({ lastFailure: failed })] },
  'a shutdown called off': {
    calledOff: [
      endedView({ label: 'Front desk' }),
      endedView({ signIn: null, id: 'b', label: '' }),
    ],
  },
  offline: { online: false, held: [heldView({ lastFailure: failed, nextTryAt: 9_000 })] },
  'no encryption': {
    vault: { durable: false, keyPending: false, folderUnusable: false, setAside: 'Front desk' },
  },
  'folder unusable': {
    vault: { durable: false, keyPending: false, folderUnusable: true, setAside: null },
  },
  'key not on the disk': {
    vault: { durable: false, keyPending: true, folderUnusable: false, setAside: null },
  },
  'held elsewhere': {
    elsewhere: [
      { host: 'FRONT-07', since: 0, held: [heldView({ lastFailure: failed })] },
      { host: 'FRONT-08', since: null, held: null },
    ],
  },
  'left over': { held: [heldView()], leftoverQuestion: { ids: ['a'], deadline: 9_000 } },
  leaving: {
    held: [heldView()],
    leaving: { phase: 'ending', cause: 'quit', deadline: 9_000, budgetMs: 10_000 },
  },
  'could not leave': {
    held: [heldView({ lastFailure: failed })],
    leaving: { phase: 'asking', cause: 'quit', deadline: 9_000, budgetMs: 10_000 },
  },
  'may not leave': {
    held: [heldView({ lastFailure: failed })],
    leaving: { phase: 'refused', cause: 'quit', deadline: 9_000, budgetMs: 10_000 },
  },
};

test.each(Object.entries(states))(
  'all that the window says comes from the catalogue: %s',
  async (_, state) => {
    await show(state);
    expect(saidElsewhere()).toEqual([]);
  },
);

test('so does all that the sign-in form says', async () => {
  const { defaults } = signIn;
  await show({ signIn: { ...signIn, defaults: { ...defaults, hasPassword: true } } });
  fireEvent.click(document.querySelector('.button-main') ?? document.body);
  await vi.advanceTimersByTimeAsync(20);
  expect(document.querySelectorAll('dialog input')).toHaveLength(6);
  expect(saidElsewhere()).toEqual([]);
});

test.each<Awaited<ReturnType<Bridge['signIn']>>>([
  {
    ok: false,
    why: 'failed',
    step: 'token',
    code: 'BUSY',
    message: 'There are open chats.',
    advice: 'ask-it',
  },
  { ok: false, why: 'failed', step: 'session', code: 'NOT_SAVED', message: 'No.', advice: 'disk' },
  { ok: false, why: 'input', problems: [{ field: '', message: 'No.', code: 'under-way' }] },
  { ok: false, why: 'input', problems: [{ field: 'userName', message: 'No.', code: 'colon' }] },
  { ok: false, why: 'conflict', message: 'There are open chats.', perhapsOurs: false },
  { ok: false, why: 'conflict', message: '', perhapsOurs: true },
  { ok: false, why: 'cancelled' },
])('so does all that is said of how a sign-in ended (%#)', async (end) => {
  const { calls } = await show({});
  calls.signIn.mockResolvedValue(end);
  fireEvent.click(document.querySelector('.button-main') ?? document.body);
  await vi.advanceTimersByTimeAsync(20);
  fireEvent.submit(document.querySelector('dialog form') ?? document.body);
  await vi.advanceTimersByTimeAsync(20);
  expect(calls.signIn).toHaveBeenCalledOnce();
  expect(saidElsewhere()).toEqual([]);
});

test('so does all that the form says', async () => {
  await show(states['empty, hand-in only'] ?? {});
  fireEvent.click(document.querySelector('.button-main') ?? document.body);
  await vi.advanceTimersByTimeAsync(20);
  expect(document.querySelectorAll('input[type="text"]').length).toBeGreaterThan(3);
  expect(saidElsewhere()).toEqual([]);
});

type Fake = ReturnType<typeof fakeBridge>;

async function show(state: Partial<State>, prepare?: (calls: Fake['calls']) => void) {
  const fake = fakeBridge(windowState({ language: 'ja', ...state }));
  const { bridge, calls } = fake;
  prepare?.(calls);
  const store = createStore(bridge);
  const results = createResultsStore(bridge);
  render(<App store={store} results={results} />);
  await Promise.all([store.start(), results.start()]);
  await vi.advanceTimersByTimeAsync(20);
  return fake;
}

describe('all that the results say comes from the catalogue', () => {
  const error = (code: string, message: string, status: number | null): Receipt['error'] => ({
    code,
    message,
    status,
  });
  const TECHNICAL = 'Its own technical words.';
  const RECEIPT = receipt({ label: 'Front desk' });
  const result = (differences: Partial<Receipt>): Receipt => ({ ...RECEIPT, ...differences });

  /** One for each thing that is said of a receipt. */
  const receipts: readonly Receipt[] = [
    ...outcomeSchema.options.map((outcome, index) =>
      result({ outcome, cause: causeSchema.options[index] ?? 'asked', attempts: 2 }),
    ),
    ...Object.keys(en.sessions.faults).map((code) =>
      result({ outcome: 'unreachable', error: error(code, TECHNICAL, null), roundTripMs: null }),
    ),
    result({ outcome: 'refused', error: error('BUSY', SAID, 400) }),
    result({ outcome: 'server-error', error: error('HTTP_503', NO_WHY, 503) }),
    result({
      outcome: 'refused',
      error: error('ODD', NO_REASON, 200),
      kind: 'engagement',
    }),
    result({
      server: { ...RECEIPT.server, processingMs: 400 },
      clockOffsetMs: 10 ** 9,
      implausible: ['It took longer.', 'Its clock is off.'],
      reply: { status: 200, body: 'node…', cut: true },
    }),
    result({ implausible: ['Something new.'], reply: { status: 204, body: '', cut: false } }),
    result({ proxy: 'proxy.example.com:3128', phases: { ...NO_PHASES }, roundTripMs: null }),
    endedByServer({ label: 'Front desk', address: RECEIPT.address }),
  ].map((one, index) => ({ ...one, id: `r${index}` }));

  /** The window at its results, of two servers. */
  async function showResults(from: readonly Receipt[]) {
    const fake = await show({}, (calls) => {
      calls.getResults.mockResolvedValue({ receipts: from, next: null, unreadable: 2 });
      calls.getTimings.mockImplementation(async ({ filter, per }) =>
        readTimings(
          { page: async () => ({ receipts: from, next: null, unreadable: 0 }) },
          { filter, per },
        ),
      );
    });
    press(en.sessions.viewResults);
    await settle();
    return fake;
  }

  test.each(receipts.map((one) => [one.id, one] as const))('of one result (%s)', async (_, one) => {
    await showResults([one]);
    fireEvent.click(document.querySelector('[data-receipt]') ?? document.body);
    await settle();
    expect(document.querySelectorAll('article')).toHaveLength(1);
    expect(saidElsewhere()).toEqual([]);
    const copied: string[] = [];
    document.execCommand = () => copied.push(document.querySelector('textarea')?.value ?? '') > 0;
    press(en.results.receipt.copyText);
    expect(copied.flatMap((text) => text.split('\n')).filter(isElsewhere)).toEqual([]);
  });

  test('in the list, with every filter open and set', async () => {
    await showResults(receipts);
    press(en.results.filter.show);
    await settle();
    for (const box of document.querySelectorAll<HTMLInputElement>('.choice-group input')) {
      fireEvent.click(box);
    }
    fireEvent.input(document.querySelector('input[type="search"]') ?? document.body, {
      target: { value: 'Front desk' },
    });
    for (const day of document.querySelectorAll('input[type="date"]')) {
      fireEvent.change(day, { target: { value: '2026-07-01' } });
    }
    await settle();
    expect(document.querySelectorAll('.chip-active').length).toBeGreaterThan(12);
    expect(saidElsewhere()).toEqual([]);
  });

  test('over time', async () => {
    const slow = Array.from({ length: 12 }, (_, index) =>
      result({ id: `s${index}`, roundTripMs: index === 5 ? 9_000 : 120 }),
    );
    await showResults(slow);
    press(en.results.views.times);
    await settle();
    expect(document.querySelectorAll('.chart')).toHaveLength(2);
    expect(document.querySelectorAll('.outlier').length).toBeGreaterThan(0);
    expect(saidElsewhere()).toEqual([]);
  });

  test('over time, while there is none', async () => {
    await showResults([]);
    press(en.results.views.times);
    await settle();
    expect(document.querySelectorAll('.empty')).toHaveLength(1);
    expect(saidElsewhere()).toEqual([]);
  });

  test.each<Reply<'exportResults'>>([
    { end: 'saved', count: 3, fileName: 'results.csv' },
    { end: 'cancelled' },
    ...(['disk-full', 'not-allowed', 'in-use', 'folder-gone', 'other'] as const).map(
      (why) => ({ end: 'failed', why, code: 'EIO' }) as const,
    ),
  ])('of an export that came to its end (%#)', async (end) => {
    const { calls } = await showResults(receipts);
    calls.exportResults.mockResolvedValue(end);
    press(en.results.export.as('CSV'));
    await settle();
    expect(document.querySelector('[data-phase="over"]')).not.toBeNull();
    expect(saidElsewhere()).toEqual([]);
  });

  test('of an export under way', async () => {
    const { calls, emitExport } = await showResults(receipts);
    calls.exportResults.mockReturnValue(Promise.withResolvers<Reply<'exportResults'>>().promise);
    press(en.results.export.as('CSV'));
    emitExport({ written: 4_000 });
    await settle();
    expect(document.querySelector('[data-phase="running"]')).not.toBeNull();
    expect(saidElsewhere()).toEqual([]);
  });
});

test('so does all that the settings say', async () => {
  const { settings } = windowState();
  await show({
    settings: {
      values: { ...settings.values, browserHandIn: true, onIdle: 'sign-off' },
      managed: ['leftover'],
      startAtLoginBy: 'desktop',
    },
  });
  press(en.settings.title);
  await settle();
  expect(document.querySelectorAll('dialog .setting').length).toBeGreaterThan(10);
  expect(saidElsewhere()).toEqual([]);
});

test('so does all that the help says', async () => {
  await show({});
  fireEvent.keyDown(document.body, { key: 'F1' });
  await settle();
  expect(document.querySelectorAll('dialog kbd').length).toBeGreaterThan(10);
  expect(saidElsewhere()).toEqual([]);
});

test.each<Reply<'checkAddress'>>([
  { ok: true, roundTripMs: 120 },
  { ok: false, wrong: 'host', code: 'CERTIFICATE_REJECTED', message: 'It is not trusted.' },
  { ok: false, wrong: 'site', code: 'ODD', message: SAID },
  { ok: false, wrong: 'unclear', code: '', message: '' },
])('so does all that is said of an address that was checked (%#)', async (found) => {
  const { calls } = await show(states['empty, hand-in only'] ?? {});
  calls.checkAddress.mockResolvedValue(found);
  fireEvent.click(document.querySelector('.button-main') ?? document.body);
  await settle();
  press(en.sessions.checkAddress);
  await settle();
  expect(calls.checkAddress).toHaveBeenCalledOnce();
  expect(saidElsewhere()).toEqual([]);
});

const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(200);

/** Clicks the button that is called this in English. */
function press(name: string): void {
  const said = `[${name} ${name}]`;
  const found = [...document.querySelectorAll('button')].find(
    (button) => button.getAttribute('aria-label') === said || button.textContent.trim() === said,
  );
  if (found === undefined) throw new Error(`There is no button “${name}”.`);
  fireEvent.click(found);
}

/** What is written or read out that is neither data nor out of the catalogue. */
function saidElsewhere(): string[] {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const said: string[] = [];
  while (walker.nextNode()) said.push(walker.currentNode.textContent ?? '');
  for (const element of document.querySelectorAll('*')) {
    for (const name of ['aria-label', 'title', 'placeholder', 'alt']) {
      said.push(element.getAttribute(name) ?? '');
    }
  }
  return said.map((text) => text.trim()).filter(isElsewhere);
}

/**
 * Whether there are Latin letters outside of the brackets that all of the catalogue stands in. Dates and
 * numbers are Japanese here, so that they have none.
 */
function isElsewhere(text: string): boolean {
  let rest = text;
  for (const data of DATA) rest = rest.replaceAll(data, '');
  for (let before = ''; before !== rest;) {
    before = rest;
    rest = rest.replaceAll(/\[[^[\]]*\]/g, '');
  }
  return /\p{Script=Latin}/u.test(rest.replaceAll(KEYS, ''));
}
