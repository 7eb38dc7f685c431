// @vitest-environment happy-dom
import { cleanup, fireEvent, screen } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { EndedView, Reply, State } from '../../../preload/contract.ts';
import { fakeBridge } from '../../support/fake-bridge.ts';
import { openWindow } from '../../support/open-window.tsx';
import { endedView, windowState } from '../../support/window-state.ts';

beforeEach(() => {
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});
afterEach(cleanup);

const SITE = { site: 'https://service.example.com', userName: 'ann', accountId: '12' };
const REMEMBERED = { ...SITE, hasPassword: true };
const UNKNOWN = { ...SITE, userName: 'bob', hasPassword: false };
const ann = endedView({ label: 'ann', signIn: REMEMBERED });
const bob = endedView({ id: 'bob', label: 'bob', signIn: UNKNOWN });
const carl = endedView({ id: 'carl', kind: 'engagement', label: 'Carl', signIn: null });

const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(20);
const field = (label: string): HTMLInputElement => screen.getByLabelText(label);
async function press(name: string): Promise<void> {
  fireEvent.click(screen.getByRole('button', { name }));
  await settle();
}

/** The window after a shutdown that ended these and did not come; ann is remembered. */
async function open(calledOff: EndedView[], differences: Partial<State> = {}) {
  const { signIn } = windowState();
  const state = windowState({
    calledOff,
    signIn: { ...signIn, defaults: REMEMBERED },
    ...differences,
  });
  const fake = fakeBridge(state);
  await openWindow(fake.bridge);
  await settle();
  return { ...fake, state };
}

const notice = (): HTMLElement | null =>
  screen.queryByRole('region', { name: 'The shutdown was called off' });

describe('the notice', () => {
  test('is not there where no shutdown was called off', async () => {
    await open([]);
    expect(notice()).toBeNull();
  });

  test('says what was ended, and offers to sign in again to what began here', async () => {
    await open([ann, bob, carl]);
    expect(notice()?.textContent).toBe(
      'The shutdown was called offSignoff had already ended 3 sessions. Sign in again to go on.annSign in againbobSign in againCarl',
    );
  });

  test('asks nobody to sign in again for the sake of an engagement', async () => {
    await open([carl]);
    expect(notice()?.textContent).toBe(
      'The shutdown was called offSignoff had already ended 1 session.Carl',
    );
  });

  test('can be put away, and leaves the focus in the window', async () => {
    const { calls, state, emitState } = await open([ann]);
    screen.getByRole('button', { name: 'Dismiss' }).focus();
    await press('Dismiss');
    expect(calls.dismissCalledOff).toHaveBeenCalledOnce();
    emitState({ ...state, calledOff: [] });
    await settle();
    expect(notice()).toBeNull();
    expect(document.activeElement?.textContent).toBe('Held sessions');
  });
});

describe('signing in again', () => {
  test('takes one click where the password is remembered', async () => {
    const { calls } = await open([ann, bob]);
    await press('Sign in again: ann');
    expect(calls.signIn.mock.calls).toEqual([
      [{ ...SITE, password: '', available: true, takeOver: false, remember: true }],
    ]);
    expect(document.querySelector('dialog')).toBeNull();
  });

  test('shows how it goes on, and can be cancelled', async () => {
    const { calls } = await open([ann]);
    calls.signIn.mockReturnValue(Promise.withResolvers<Reply<'signIn'>>().promise);
    await press('Sign in again: ann');
    screen.getByText('Signing in…');
    await press('Cancel');
    expect(calls.cancelSignIn).toHaveBeenCalledOnce();
  });

  test('that does not succeed leaves the form to try again', async () => {
    const { calls } = await open([ann]);
    calls.signIn.mockResolvedValueOnce({
      ok: false,
      why: 'failed',
      step: 'token',
      code: 'ACCESS_DENIED',
      message: 'No.',
      advice: 'password',
    });
    await press('Sign in again: ann');
    expect(document.activeElement).toBe(field('Password'));
    expect(calls.signIn).toHaveBeenCalledOnce();
  });

  test('opens the form with what is known where the password is not', async () => {
    const { calls } = await open([ann, bob]);
    await press('Sign in again: bob');
    expect(calls.signIn).not.toHaveBeenCalled();
    const shown = ['Site address', 'User name', 'Account id'].map((label) => field(label).value);
    expect(shown).toEqual([SITE.site, 'bob', '12']);
  });

  test('is not for whoever opens the form by themselves afterwards', async () => {
    const { calls } = await open([ann]);
    await press('Sign in again: ann');
    fireEvent.keyDown(document.body, { key: 'i', ctrlKey: true });
    await settle();
    expect(document.querySelector('dialog')).not.toBeNull();
    expect(calls.signIn).toHaveBeenCalledOnce();
  });
});

describe('signing in again from the tray', () => {
  test('is the same, whatever is open in the window', async () => {
    const { calls, emitShow } = await open([ann]);
    fireEvent.keyDown(document.body, { key: 'F1' });
    await settle();
    emitShow({ view: 'sign-in', id: ann.id });
    await settle();
    expect(calls.signIn).toHaveBeenCalledOnce();
    expect(document.querySelector('dialog')).toBeNull();
  });

  test('does not disturb a form that is open', async () => {
    const { calls, emitShow } = await open([ann]);
    fireEvent.keyDown(document.body, { key: 'i', ctrlKey: true });
    await settle();
    fireEvent.input(field('User name'), { target: { value: 'dora' } });
    emitShow({ view: 'sign-in', id: ann.id });
    await settle();
    expect(field('User name').value).toBe('dora');
    expect(calls.signIn).not.toHaveBeenCalled();
  });

  test('is nothing to do for one who is back by then', async () => {
    const { calls, emitShow } = await open([]);
    emitShow({ view: 'sign-in', id: ann.id });
    await settle();
    expect(calls.signIn).not.toHaveBeenCalled();
    expect(document.querySelector('dialog')).toBeNull();
  });
});
