// @vitest-environment happy-dom
import { cleanup, fireEvent, screen } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Reply, State } from '../../../preload/contract.ts';
import { language } from '../../../renderer/text/language.ts';
import { fakeBridge } from '../../support/fake-bridge.ts';
import { openWindow } from '../../support/open-window.tsx';
import { windowState } from '../../support/window-state.ts';

type End = Reply<'signIn'>;

beforeEach(() => {
  vi.useFakeTimers();
  return () => {
    vi.useRealTimers();
    language.value = 'en';
  };
});
afterEach(cleanup);

const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(20);
const KNOWN = { site: 'https://service.example.com', userName: 'ann', accountId: '12' };

/** The window where this is laid down for signing in, and known of it. */
async function open(
  differences: Partial<State['signIn']> = {},
  defaults: Partial<State['signIn']['defaults']> = {},
) {
  const usual = windowState().signIn;
  const signIn = { ...usual, defaults: { ...usual.defaults, ...defaults }, ...differences };
  const state = windowState({ signIn });
  const fake = fakeBridge(state);
  await openWindow(fake.bridge);
  await settle();
  const say = (step: State['signIn']['step']): void =>
    fake.emitState({ ...state, signIn: { ...signIn, step } });
  return { ...fake, state, say };
}

/** The same with the form open. */
async function openForm(...given: Parameters<typeof open>) {
  const fake = await open(...given);
  fireEvent.keyDown(document.body, { key: 'i', ctrlKey: true });
  await settle();
  return fake;
}

const dialog = (): HTMLDialogElement | null => document.querySelector('dialog');
const field = (label: string): HTMLInputElement => screen.getByLabelText(label);
async function type(label: string, value: string): Promise<void> {
  fireEvent.input(field(label), { target: { value } });
  await settle();
}
async function press(name: string): Promise<void> {
  fireEvent.click(screen.getByRole('button', { name }));
  await settle();
}
async function submit(): Promise<void> {
  const form = dialog()?.querySelector('form');
  if (!form) throw new Error('There is no form.');
  fireEvent.submit(form);
  await settle();
}

/** The form after a try that ended so. */
async function endedWith(end: End) {
  const fake = await openForm({}, KNOWN);
  fake.calls.signIn.mockResolvedValueOnce(end);
  await type('Password', 'secret');
  await submit();
  return fake;
}

const rejected: End = {
  ok: false,
  why: 'failed',
  step: 'token',
  code: 'ACCESS_DENIED',
  message: 'User name or password is invalid.',
  advice: 'password',
};
const noSuchSite: End = {
  ...rejected,
  step: 'settings',
  code: 'NAME_NOT_FOUND',
  message: 'Not found.',
  advice: 'site',
};
const conflict: End = {
  ok: false,
  why: 'conflict',
  message: 'The agent has a session.',
  perhapsOurs: false,
};

describe('the ways to a session', () => {
  const waysIn = (): (string | null)[] =>
    ['Sign in', 'Add session'].filter(
      (name) => screen.queryAllByRole('button', { name }).length > 0,
    );

  test.each([
    [true, true, ['Sign in', 'Add session']],
    [true, false, ['Sign in']],
    [false, true, ['Add session']],
  ])('are those that IT offers: signing in %s, handing in %s', async (signIn, handIn, names) => {
    await open({ offers: { signIn, handIn } });
    expect(waysIn()).toEqual(names);
  });

  test('do not open by their shortcut where they are not offered', async () => {
    await openForm({ offers: { signIn: false, handIn: true } });
    expect(dialog()).toBeNull();
  });

  test('of two, signing in comes first', async () => {
    await open();
    const main = document.querySelector('.button-main');
    expect(main?.textContent).toBe('Sign in');
  });
});

describe('the form', () => {
  test('begins with what is known', async () => {
    await openForm({}, KNOWN);
    const shown = ['Site address', 'User name', 'Account id', 'Password'].map(
      (label) => field(label).value,
    );
    expect(shown).toEqual(['https://service.example.com', 'ann', '12', '']);
  });

  test('sends what was typed, trimmed but for the password', async () => {
    const { calls } = await openForm();
    await type('Site address', ' https://service.example.com ');
    await type('User name', ' ann');
    await type('Account id', '12 ');
    await type('Password', ' se cret ');
    fireEvent.click(field('Available for chats at once'));
    fireEvent.click(field('Remember me'));
    await submit();
    expect(calls.signIn.mock.calls).toEqual([
      [{ ...KNOWN, password: ' se cret ', available: false, takeOver: false, remember: true }],
    ]);
  });

  test('hides the password until it is to be shown', async () => {
    await openForm();
    expect(field('Password').type).toBe('password');
    await press('Show password');
    expect(field('Password').type).toBe('text');
  });

  test('does not offer to remember where IT forbids it, and does not ask for it', async () => {
    const { calls } = await openForm({ mayRemember: false }, { ...KNOWN, hasPassword: true });
    expect(screen.queryByLabelText('Remember me')).toBeNull();
    await submit();
    expect(calls.signIn.mock.lastCall?.[0].remember).toBe(false);
  });

  test('says that a password is remembered, as long as it is this agent’s', async () => {
    await openForm({}, { ...KNOWN, hasPassword: true });
    expect(field('Password').placeholder).toBe('Remembered; may stay empty');
    await type('User name', 'bob');
    expect(field('Password').placeholder).toBe('');
  });

  test('has a remembered password forgotten, and goes on in its field', async () => {
    const { calls } = await openForm({}, { ...KNOWN, hasPassword: true });
    await press('Forget the remembered password');
    expect(calls.forgetPassword).toHaveBeenCalledOnce();
    expect(field('Remember me').checked).toBe(false);
    expect(document.activeElement).toBe(field('Password'));
  });

  test('is gone once the agent is signed in', async () => {
    await endedWith({ ok: true, id: 'a', statusProblem: null });
    expect(dialog()).toBeNull();
  });

  test('keeps what was typed when it is closed, but not the password', async () => {
    await openForm();
    await type('User name', 'ann');
    await type('Password', 'secret');
    await press('Cancel');
    fireEvent.keyDown(document.body, { key: 'i', ctrlKey: true });
    await settle();
    expect([field('User name').value, field('Password').value]).toEqual(['ann', '']);
  });
});

describe('while a sign-in is under way', () => {
  async function underWay() {
    const fake = await openForm({}, KNOWN);
    const end = Promise.withResolvers<End>();
    fake.calls.signIn.mockReturnValue(end.promise);
    await type('Password', 'secret');
    await submit();
    return { ...fake, end };
  }

  test.each([
    ['settings', 'Finding the chat server…'],
    ['token', 'Confirming who you are…'],
    ['session', 'Starting the session…'],
    ['status', 'Setting your status…'],
    [null, 'Signing in…'],
  ] as const)('the step %s is said as it goes on', async (step, text) => {
    const { say } = await underWay();
    say(step);
    await settle();
    expect(screen.getByText(text).closest('[role="status"]')).not.toBeNull();
  });

  test('it is not asked for again', async () => {
    const { calls } = await underWay();
    await submit();
    expect(calls.signIn).toHaveBeenCalledOnce();
  });

  test('nothing is typed into the form', async () => {
    await underWay();
    expect(field('User name').readOnly).toBe(true);
  });

  test('it is given up by Cancel, and the form stays', async () => {
    const { calls, end } = await underWay();
    await press('Cancel');
    expect(calls.cancelSignIn).toHaveBeenCalledOnce();
    end.resolve({ ok: false, why: 'cancelled' });
    await settle();
    screen.getByText('Cancelled. You are not signed in.');
  });

  test('it is given up when the form is closed', async () => {
    const { calls } = await underWay();
    dialog()?.close();
    await settle();
    expect(calls.cancelSignIn).toHaveBeenCalledOnce();
  });
});

describe('a sign-in that came to nothing', () => {
  test('says which step, what the server said, and what to do', async () => {
    await endedWith(rejected);
    expect(screen.getByRole('alert').textContent).toBe(
      'The site did not confirm who you are' +
        'The server saysUser name or password is invalid.Code ACCESS_DENIED' +
        'Check the user name and the password.',
    );
  });

  test('says so in the agent’s language', async () => {
    const { calls, state, emitState } = await endedWith(rejected);
    calls.signIn.mockResolvedValueOnce(rejected);
    emitState({ ...state, language: 'de' });
    await settle();
    await submit();
    expect(screen.getByRole('alert').textContent).toMatch(
      /^Die Site hat Ihre Anmeldung nicht bestätigt/,
    );
  });

  test.each([
    ['password', 'Password'],
    ['account', 'Account id'],
    ['site', 'Site address'],
  ] as const)('for its %s has the agent look there', async (advice, label) => {
    await endedWith({ ...rejected, advice });
    expect(field(label).getAttribute('aria-invalid')).toBe('true');
    expect(document.activeElement).toBe(field(label));
  });

  test('for anything else has the agent read why', async () => {
    await endedWith({ ...rejected, advice: 'network' });
    expect(document.activeElement).toBe(screen.getByRole('alert'));
  });

  test('for a fault of Signoff’s own does not put it into the server’s mouth', async () => {
    await endedWith({ ...rejected, code: 'NOT_SAVED', message: 'No space.', advice: 'disk' });
    screen.getByText(/^The session could not be saved on this computer/);
    expect(screen.queryByText('The server says')).toBeNull();
  });

  test('for what was typed says so beside each field', async () => {
    await endedWith({
      ok: false,
      why: 'input',
      problems: [
        { field: 'userName', message: 'may not have a colon', code: 'colon' },
        { field: 'accountId', message: 'is missing', code: 'missing' },
        { field: '', message: 'A sign-in is under way already.' },
      ],
    });
    const note = document.getElementById(field('User name').getAttribute('aria-describedby') ?? '');
    expect(note?.textContent).toBe('User name may not have a colon');
    expect(document.activeElement).toBe(field('User name'));
    expect(screen.getByRole('alert').textContent).toBe('A sign-in is under way already.');
  });

  test('for want of an answer says so', async () => {
    const { calls } = await openForm({}, KNOWN);
    calls.signIn.mockRejectedValueOnce(new Error('no'));
    await submit();
    expect(screen.getByRole('alert').textContent).toMatch(/^Signoff did not answer/);
  });
});

describe('a session that the server has already', () => {
  test('is asked about, with the focus on the harmless answer', async () => {
    await endedWith(conflict);
    screen.getByRole('heading', { name: 'You are already signed in elsewhere' });
    screen.getByText('The agent has a session.');
    expect(document.activeElement?.textContent).toBe('Cancel');
  });

  test('that may be of the try just before is asked about in other words', async () => {
    await endedWith({ ...conflict, perhapsOurs: true });
    screen.getByRole('heading', { name: 'You may already be signed in' });
  });

  test('is taken over when the agent says so, with the same password', async () => {
    const { calls } = await endedWith(conflict);
    await press('Take over');
    expect(calls.signIn.mock.lastCall?.[0]).toMatchObject({ takeOver: true, password: 'secret' });
  });

  test('is left alone when the agent thinks better of it, and the form is there again', async () => {
    const { calls } = await endedWith(conflict);
    await press('Cancel');
    expect(calls.signIn).toHaveBeenCalledOnce();
    expect(field('User name').value).toBe('ann');
    expect(document.activeElement?.textContent).toBe('Cancel');
  });
});

describe('what was wrong', () => {
  const failure = (): Element | null => document.querySelector('.failed-sign-in');
  const isMarked = (label: string): boolean => field(label).getAttribute('aria-invalid') === 'true';

  test('with a field is no longer said once it is changed, and the typing goes on there', async () => {
    await endedWith(noSuchSite);
    expect(isMarked('Site address')).toBe(true);
    await type('Site address', 'https://other.example.com');
    expect(isMarked('Site address')).toBe(false);
    expect(failure()).toBeNull();
    expect(document.activeElement).toBe(field('Site address'));
  });

  test('stays to be read while another field is changed', async () => {
    await endedWith(rejected);
    await type('Account id', '13');
    expect(failure()).not.toBeNull();
    expect(isMarked('Password')).toBe(true);
  });
});
