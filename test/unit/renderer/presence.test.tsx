// @vitest-environment happy-dom
import { cleanup, fireEvent, screen } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { HeldView, State } from '../../../preload/contract.ts';
import { fakeBridge } from '../../support/fake-bridge.ts';
import { openWindow } from '../../support/open-window.tsx';
import { heldView, windowState } from '../../support/window-state.ts';

const NOW = 1_000_000;

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
  return () => vi.useRealTimers();
});
afterEach(cleanup);

const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(20);
const available = { value: 'available', reason: null, changing: false, problem: null } as const;
const REASONS = [
  { id: 2, name: 'Lunch' },
  { id: 3, name: 'Meeting' },
];

/** The window with one session that was started here. */
async function open(
  differences: Partial<HeldView> = {},
  unavailableReasons: State['unavailableReasons'] = [],
) {
  const started = heldView({
    presence: { state: 'present', dropsAt: null },
    activity: available,
    ...differences,
  });
  const state = windowState({ held: [started], unavailableReasons });
  const fake = fakeBridge(state);
  await openWindow(fake.bridge);
  await settle();
  const become = async (next: Partial<HeldView>): Promise<void> => {
    fake.emitState({ ...state, held: [{ ...started, ...next }] });
    await settle();
  };
  return { ...fake, become };
}

const button = (name: string): HTMLElement => screen.getByRole('button', { name });
async function press(name: string): Promise<void> {
  fireEvent.click(button(name));
  await settle();
}
const pressed = (): (string | null)[] =>
  screen.queryAllByRole('button', { pressed: true }).map(({ textContent }) => textContent);

describe('presence', () => {
  test.each([
    [{ state: 'present', dropsAt: null }, 'Present'],
    [{ state: 'reconnecting', dropsAt: null }, 'Reconnecting'],
    [{ state: 'reconnecting', dropsAt: NOW + 192_000 }, 'Reconnecting — dropped in 3:12'],
    [{ state: 'dropped', dropsAt: NOW }, 'Dropped by the server'],
  ] as const)('is shown (%#)', async (presence, text) => {
    await open({ presence });
    screen.getByText(text);
  });

  test('runs out as it is looked at', async () => {
    await open({ presence: { state: 'reconnecting', dropsAt: NOW + 192_000 } });
    await vi.advanceTimersByTimeAsync(12_000);
    screen.getByText('Reconnecting — dropped in 3:00');
  });

  test('tells of a chat that is offered, also beside a failure', async () => {
    const presence = { state: 'present', dropsAt: null, chatOfferedAt: NOW } as const;
    const lastFailure = {
      outcome: 'refused',
      code: 'BUSY',
      message: '',
      answeredBy: null,
    } as const;
    const { become } = await open({ presence, lastFailure });
    expect(screen.getByRole('alert').textContent).toContain('A chat was offered to you at ');
    await become({ presence: { state: 'present', dropsAt: null } });
    expect(screen.queryByRole('alert')).toBeNull();
  });

  test('is not shown of a session that a console elsewhere keeps', async () => {
    await open({ presence: null, activity: null });
    expect(screen.queryByText('Present')).toBeNull();
    expect(screen.queryByRole('group', { name: /^Status of/ })).toBeNull();
  });

  test('gives way to why the session could not be ended', async () => {
    const lastFailure = {
      outcome: 'refused',
      code: 'BUSY',
      message: 'Busy.',
      answeredBy: null,
    } as const;
    await open({ lastFailure });
    screen.getByText('Refused by the server');
    expect(screen.queryByText('Present')).toBeNull();
  });

  test.each([
    ['reconnecting', '1 reconnecting'],
    ['dropped', '1 dropped'],
  ] as const)('that is %s is counted in the header', async (state, text) => {
    await open({ presence: { state, dropsAt: null } });
    screen.getByText(text);
  });

  test('that is lost is seen among many, too', async () => {
    const held = Array.from({ length: 7 }, (_, n) =>
      heldView({
        id: `${n}`,
        presence: { state: n === 3 ? 'dropped' : 'present', dropsAt: null },
      }),
    );
    const fake = await open();
    fake.emitState(windowState({ held }));
    await settle();
    expect(screen.getAllByText('Dropped by the server')).toHaveLength(1);
    expect(screen.queryByText('Present')).toBeNull();
  });
});

describe('the status', () => {
  test('is the one that is pressed', async () => {
    const { become } = await open();
    expect(pressed()).toEqual(['Available']);
    await become({ activity: { ...available, value: 'unavailable' } });
    expect(pressed()).toEqual(['Unavailable']);
  });

  test('is neither while it is not known, and that is said', async () => {
    await open({ activity: { ...available, value: 'unknown' } });
    expect(pressed()).toEqual([]);
    screen.getByText('Status not known');
  });

  test('is set by a press', async () => {
    const { calls } = await open();
    await press('Unavailable');
    expect(calls.setActivity.mock.calls).toEqual([
      [{ id: 'a', value: 'unavailable', reason: null }],
    ]);
  });

  test('is one of the kinds of being available, where there are several', async () => {
    const kinds = [
      { id: 4, name: 'Chats only' },
      { id: 5, name: 'All' },
    ];
    const { calls, emitState } = await open({ activity: { ...available, value: 'unavailable' } });
    const held = [heldView({ id: 'a', activity: { ...available, value: 'unavailable' } })];
    emitState(windowState({ held, availableKinds: kinds }));
    await settle();
    await press('Available');
    screen.getByText('How you are available');
    expect(calls.setActivity).not.toHaveBeenCalled();
    await press('All');
    expect(calls.setActivity.mock.calls).toEqual([[{ id: 'a', value: 'available', reason: 5 }]]);
    emitState(
      windowState({
        held: [heldView({ id: 'a', activity: { ...available, reason: 5 } })],
        availableKinds: kinds,
      }),
    );
    await settle();
    expect(pressed()).toEqual(['Available', 'All']);
  });

  test('is not set to what it is', async () => {
    const { calls } = await open();
    await press('Available');
    expect(calls.setActivity).not.toHaveBeenCalled();
  });

  test('is not pressed until it is what was asked for', async () => {
    const { calls, become } = await open();
    const answer = Promise.withResolvers<{ problem: null }>();
    calls.setActivity.mockReturnValue(answer.promise);
    await press('Unavailable');
    expect(pressed()).toEqual(['Available']);
    screen.getByText('Changing…');
    await become({ activity: { ...available, value: 'unavailable' } });
    answer.resolve({ problem: null });
    await settle();
    expect(pressed()).toEqual(['Unavailable']);
  });

  test.each([
    ['it is being changed', { activity: { ...available, changing: true } }],
    [
      'the session is being ended',
      {
        ending: { cause: 'asked', forced: false, attempt: 1, deadline: NOW + 5000, budgetMs: 5000 },
      },
    ],
  ] as const)('cannot be set while %s', async (_, differences) => {
    const { calls } = await open(differences);
    await press('Unavailable');
    expect(calls.setActivity).not.toHaveBeenCalled();
  });

  test('is not to be set of a session that was dropped', async () => {
    await open({ presence: { state: 'dropped', dropsAt: NOW } });
    expect(screen.queryByRole('group', { name: /^Status of/ })).toBeNull();
  });

  test('that could not be set says why, in a place that is read out', async () => {
    const { become } = await open();
    const place = screen.getByRole('group', { name: 'Status of Front desk' });
    const status = place.querySelector('[role="status"]');
    await become({ activity: { ...available, problem: 'Chats are open.' } });
    expect(place.querySelector('[role="status"]')).toBe(status);
    expect(status?.textContent).toBe('Chats are open.');
  });

  test('says why also where only the answer does', async () => {
    const { calls } = await open();
    calls.setActivity.mockResolvedValueOnce({ problem: 'No session is held.' });
    await press('Unavailable');
    screen.getByText('No session is held.');
  });
});

test('why the status was not changed here is no longer said once it was, be it elsewhere', async () => {
  const { calls, become } = await open();
  calls.setActivity.mockResolvedValueOnce({ problem: 'Not allowed.' });
  await press('Unavailable');
  screen.getByText('Not allowed.');
  await become({ activity: { ...available, value: 'unavailable' } });
  expect(screen.queryByText('Not allowed.')).toBeNull();
});

describe('where there are reasons to be unavailable', () => {
  test('one of them is chosen, and until then nothing changes', async () => {
    const { calls } = await open({}, REASONS);
    await press('Unavailable');
    expect(calls.setActivity).not.toHaveBeenCalled();
    expect(document.activeElement).toBe(button('Lunch'));
    screen.getByText('Why you are unavailable');
    await press('Meeting');
    expect(calls.setActivity.mock.calls).toEqual([[{ id: 'a', value: 'unavailable', reason: 3 }]]);
  });

  test('Escape leaves it as it is', async () => {
    const { calls } = await open({}, REASONS);
    await press('Unavailable');
    fireEvent.keyDown(button('Lunch'), { key: 'Escape' });
    await settle();
    expect(screen.queryByRole('button', { name: 'Lunch' })).toBeNull();
    expect(document.activeElement).toBe(button('Unavailable'));
    expect(calls.setActivity).not.toHaveBeenCalled();
  });

  test('it can be seen which one holds, and another one chosen', async () => {
    const activity = { ...available, value: 'unavailable', reason: 2 } as const;
    const { calls } = await open({ activity }, REASONS);
    expect(pressed()).toEqual(['Unavailable', 'Lunch']);
    await press('Meeting');
    expect(calls.setActivity.mock.lastCall?.[0].reason).toBe(3);
  });

  test('they stay, to choose another one, where the first did not come about', async () => {
    const { calls } = await open({}, REASONS);
    calls.setActivity.mockResolvedValueOnce({ problem: 'Not allowed.' });
    await press('Unavailable');
    await press('Lunch');
    screen.getByText('Not allowed.');
    button('Meeting');
  });

  test('they are gone once the agent is available again', async () => {
    const activity = { ...available, value: 'unavailable', reason: 2 } as const;
    const { become } = await open({ activity }, REASONS);
    await become({ activity: available });
    expect(screen.queryByRole('button', { name: 'Lunch' })).toBeNull();
  });
});
