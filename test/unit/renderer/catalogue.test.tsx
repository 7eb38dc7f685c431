// @vitest-environment happy-dom
import { cleanup, fireEvent, render } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Bridge, State } from '../../../preload/contract.ts';
import { App } from '../../../renderer/components/App.tsx';
import { createResultsStore } from '../../../renderer/results-store.ts';
import { createStore } from '../../../renderer/store.ts';
import { fakeBridge } from '../../support/fake-bridge.ts';
import { heldView, windowState } from '../../support/window-state.ts';

vi.mock('../../../words/words.ts', async () => {
  const { pseudoLocale } = await import('../../support/pseudo-locale.ts');
  return { wordsFor: pseudoLocale };
});

beforeEach(() => {
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});
afterEach(cleanup);

/** What people and servers call things, and what is the same in every language. */
const DATA = new Set([
  'Signoff',
  'Front desk',
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
]);

const failed = { outcome: 'refused', code: 'BUSY', message: 'There are open chats.' } as const;
const ending = { cause: 'quit', forced: true, attempt: 1, deadline: 9_000 } as const;

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
  offline: { online: false, held: [heldView({ lastFailure: failed, nextTryAt: 9_000 })] },
  'no encryption': { vault: { durable: false, setAside: 'Front desk' } },
  'left over': { held: [heldView()], leftoverQuestion: { ids: ['a'], deadline: 9_000 } },
  leaving: { held: [heldView()], leaving: { phase: 'ending', cause: 'quit', deadline: 9_000 } },
  'could not leave': {
    held: [heldView({ lastFailure: failed })],
    leaving: { phase: 'asking', cause: 'quit', deadline: 9_000 },
  },
  'may not leave': {
    held: [heldView({ lastFailure: failed })],
    leaving: { phase: 'refused', cause: 'quit', deadline: 9_000 },
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

async function show(state: Partial<State>) {
  const { bridge, calls } = fakeBridge(windowState(state));
  const store = createStore(bridge);
  const results = createResultsStore(bridge);
  render(<App store={store} results={results} />);
  await Promise.all([store.start(), results.start()]);
  await vi.advanceTimersByTimeAsync(20);
  return { calls };
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
  return said
    .map((text) => text.trim())
    .filter((text) => /\p{L}/u.test(text) && !text.startsWith('[') && !DATA.has(text));
}
