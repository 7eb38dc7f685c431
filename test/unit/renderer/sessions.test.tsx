// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { HeldView, State } from '../../../preload/contract.ts';
import { App } from '../../../renderer/App.tsx';
import { createResultsStore } from '../../../renderer/stores/results-store.ts';
import { createStore } from '../../../renderer/stores/store.ts';
import { language } from '../../../renderer/text/language.ts';
import { fakeBridge } from '../../support/fake-bridge.ts';
import { openWindow } from '../../support/open-window.tsx';
import { receipt } from '../../support/receipts.ts';
import { heldView, windowState } from '../../support/window-state.ts';

const NOW = 1_000_000;

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
  return () => {
    vi.useRealTimers();
    language.value = 'en';
  };
});
afterEach(cleanup);

/** The window as the app's state has it, with a receipt or none from before. */
async function open(differences: Partial<State> = {}, { usedBefore = true } = {}) {
  const state = windowState(differences);
  const fake = fakeBridge(state);
  fake.calls.getResults.mockResolvedValue({
    receipts: usedBefore ? [receipt()] : [],
    next: null,
    unreadable: 0,
  });
  await openWindow(fake.bridge);
  await settle();
  return { ...fake, state };
}

/** What was changed is shown. */
const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(20);

const button = (name: string | RegExp): HTMLElement => screen.getByRole('button', { name });
const press = async (name: string | RegExp): Promise<void> => {
  fireEvent.click(button(name));
  await settle();
};

test('what this is for is said only once it is known that nothing was signed off before', async () => {
  const fake = fakeBridge(windowState());
  const page = Promise.withResolvers<Awaited<ReturnType<typeof fake.bridge.getResults>>>();
  fake.calls.getResults.mockReturnValue(page.promise);
  const store = createStore(fake.bridge);
  const results = createResultsStore(fake.bridge);
  render(<App store={store} results={results} />);
  const started = results.start();
  await store.start();
  await settle();
  expect(screen.queryByText('Signed off, whatever happens')).toBeNull();
  page.resolve({ receipts: [], next: null, unreadable: 0 });
  await started;
  await settle();
  screen.getByText('Signed off, whatever happens');
});

test('results that cannot be read do not make it the first run', async () => {
  const fake = fakeBridge(windowState());
  fake.calls.getResults.mockRejectedValue(new Error('no'));
  await openWindow(fake.bridge);
  await settle();
  expect(screen.queryByText('Signed off, whatever happens')).toBeNull();
  screen.getByRole('heading', { name: 'No session is held' });
});

const refused: HeldView['lastFailure'] = {
  outcome: 'refused',
  code: 'BUSY',
  message: 'There are open chats.',
  answeredBy: null,
};
const unreachable: HeldView['lastFailure'] = {
  outcome: 'unreachable',
  code: 'CONNECTION_REFUSED',
  message: 'Nothing accepts connections at chat.example.com.',
  answeredBy: null,
};

describe('what is held', () => {
  test('with nothing ever held, it is said what Signoff is for', async () => {
    await open({}, { usedBefore: false });
    screen.getByRole('heading', { name: 'Signed off, whatever happens' });
  });

  test('with nothing held any more, the next one is waited for', async () => {
    await open();
    screen.getByRole('heading', { name: 'No session is held' });
  });

  test('of a few, each shows where it lives', async () => {
    await open({ held: [heldView({ pool: '297:1' })] });
    screen.getByText('297:1');
  });

  test('of fifty, each can be signed off', async () => {
    const held = Array.from({ length: 50 }, (_, n) => heldView({ id: `${n}`, label: `Desk ${n}` }));
    await open({ held });
    expect(screen.getAllByRole('button', { name: /^Sign off: Desk/ })).toHaveLength(50);
  });

  test('of fifty, one shows where it lives when it is asked for', async () => {
    const held = Array.from({ length: 50 }, (_, n) =>
      heldView({ id: `${n}`, label: `Desk ${n}`, pool: `pool ${n}` }),
    );
    await open({ held });
    expect(screen.queryByText('pool 31')).toBeNull();
    await press('Details: Desk 31');
    screen.getByText('pool 31');
  });

  test('what needs the agent is counted', async () => {
    const held = [
      heldView({ id: 'a', lastFailure: refused }),
      heldView({ id: 'b', lastFailure: unreachable }),
      heldView({ id: 'c' }),
    ];
    await open({ held });
    screen.getByText('1 needs you');
    screen.getByText('1 could not be ended');
  });
});

describe('while a session is being ended', () => {
  const ending = {
    cause: 'asked',
    forced: false,
    attempt: 2,
    deadline: NOW + 8_000,
    budgetMs: 10_000,
  } as const;

  test('the attempt and the time left are shown', async () => {
    await open({ held: [heldView({ ending })] });
    screen.getByText('Signing off · attempt 2');
    screen.getByText('8 s left');
  });

  test('the bar shows what is left of the whole from its first frame on', async () => {
    await open({ held: [heldView({ ending })] });
    expect(document.querySelector('progress')?.position).toBe(0.8);
  });

  test('the time left runs', async () => {
    await open({ held: [heldView({ ending })] });
    await vi.advanceTimersByTimeAsync(3_000);
    screen.getByText('5 s left');
  });

  test('it cannot be asked for again', async () => {
    const { calls } = await open({ held: [heldView({ ending })] });
    await press('Sign off: Front desk');
    expect(calls.signOff).not.toHaveBeenCalled();
  });

  test('once it is over, that is said with the times', async () => {
    const { state, emitState, emitReceipt } = await open({ held: [heldView({ ending })] });
    emitReceipt(receipt({ id: 'new', label: 'Front desk' }));
    emitState({ ...state, held: [] });
    await settle();
    screen.getByRole('listitem', { name: 'Ended Front desk' });
    screen.getByText('The server took 40 ms of 120 ms');
  });
});

test('a server’s time that cannot be is not said of what has just been ended', async () => {
  const { emitReceipt } = await open({ held: [heldView()] });
  const { server } = receipt();
  emitReceipt(receipt({ id: 'new', server: { ...server, processingMs: -2_400 } }));
  await settle();
  screen.getByText('Took 120 ms');
});

describe('a session that could not be ended', () => {
  test('shows the server’s own words as the server’s', async () => {
    await open({ held: [heldView({ lastFailure: refused })] });
    expect(screen.getByText('There are open chats.').closest('figure')?.textContent).toBe(
      'The server saysThere are open chats.Code BUSY',
    );
  });

  test('shows a fault of the network in the agent’s language', async () => {
    await open({ language: 'fr', held: [heldView({ lastFailure: unreachable })] });
    screen.getByText('Rien n’accepte de connexion à l’adresse du serveur.');
  });

  test('shows a bare status in the agent’s language', async () => {
    const lastFailure: HeldView['lastFailure'] = {
      outcome: 'server-error',
      code: 'HTTP_503',
      message: 'The server answered 503 without saying why.',
      answeredBy: null,
    };
    await open({ language: 'es', held: [heldView({ lastFailure })] });
    screen.getByText('El servidor respondió con el estado de error 503.');
  });

  test.each([
    [
      { kind: 'gateway', name: 'edge' },
      'Forbidden',
      'A gateway or firewall seems to have answered in the server’s place. It calls itself “edge”. It says: “Forbidden”',
    ],
    [
      { kind: 'sign-in', name: null },
      'Who are you?',
      'A sign-in page seems to have answered in the server’s place. It says: “Who are you?”',
    ],
    [
      { kind: 'nobody', name: null },
      'The answer 204 does not say that the session is over.',
      'The answer was empty, so it does not tell that the session is over.',
    ],
    [{ kind: 'unknown', name: null }, '', 'What answered does not speak as the chat server does.'],
  ] as const)(
    'tells who seems to have answered in the server’s place: %j',
    async (answeredBy, message, text) => {
      const lastFailure = {
        outcome: 'unconfirmed',
        code: 'NOT_CONFIRMED',
        message,
        answeredBy,
      } as const;
      await open({ held: [heldView({ lastFailure, nextTryAt: NOW + 42_000 })] });
      screen.getByText('Not confirmed');
      screen.getByText(text);
      screen.getByText('Tries again in 42 s');
      expect(screen.queryByText('Force')).toBeNull();
    },
  );

  test.each([
    [{ lastFailure: unreachable, nextTryAt: NOW + 42_000 }, true, 'Tries again in 42 s'],
    [{ lastFailure: unreachable, nextTryAt: NOW + 42_000 }, false, /once there is a network/],
    [{ lastFailure: unreachable }, true, /tries again when you leave/],
    [{ lastFailure: refused }, true, /^Needs you: force it/],
    [{ lastFailure: refused, kind: 'engagement' }, true, /tries again when you leave/],
    [{ lastFailure: { ...refused, outcome: 'not-found' } }, true, /address may be wrong/],
  ] as const)('says what happens next (%#)', async (differences, online, text) => {
    await open({ online, held: [heldView(differences)] });
    screen.getByText(text);
  });

  test('is forced only after a second word', async () => {
    const { calls } = await open({ held: [heldView({ lastFailure: refused })] });
    await press('Force: Front desk');
    expect(calls.signOff).not.toHaveBeenCalled();
    await press('Force sign-off');
    expect(calls.signOff.mock.calls).toEqual([[{ ids: ['a'], force: true }]]);
  });

  test('is not forced when the agent thinks better of it', async () => {
    const { calls } = await open({ held: [heldView({ lastFailure: refused })] });
    await press('Force: Front desk');
    await press('Cancel');
    expect(calls.signOff).not.toHaveBeenCalled();
    expect(document.activeElement).toBe(button('Force: Front desk'));
  });
});

describe('the question before a logoff is forced', () => {
  const ending = {
    cause: 'asked',
    forced: false,
    attempt: 1,
    deadline: NOW + 8_000,
    budgetMs: 10_000,
  } as const;
  const isAsked = (): boolean => screen.queryByText(/^End it although/) !== null;

  test.each([
    ['it is tried again', { lastFailure: refused, ending }],
    ['it fails in another way', { lastFailure: unreachable }],
  ])('goes once %s, and does not come back by itself', async (_, next) => {
    const { state, emitState } = await open({ held: [heldView({ lastFailure: refused })] });
    await press('Force: Front desk');
    expect(isAsked()).toBe(true);
    emitState({ ...state, held: [heldView(next)] });
    await settle();
    expect(isAsked()).toBe(false);
    emitState(state);
    await settle();
    expect(isAsked()).toBe(false);
  });
});

describe('all results', () => {
  test('are all, whatever was shown of them before', async () => {
    const { emitReceipt, calls } = await open({ held: [heldView()] });
    emitReceipt(receipt({ id: 'new', label: 'Billing' }));
    await settle();
    await press('Results');
    fireEvent.input(screen.getByRole('searchbox'), { target: { value: 'billing' } });
    await settle();
    await press(/^Billing/);
    screen.getByRole('article', { name: 'Billing' });
    await press('Sessions');
    await press('All results');
    expect(screen.queryByRole('article')).toBeNull();
    expect(calls.getResults.mock.lastCall?.[0].filter.text).toBe('');
    screen.getByRole('list', { name: 'Results, the newest first' });
  });
});

describe('the address of a session that is added', () => {
  async function adding() {
    const fake = await open({ held: [heldView()] });
    await press('Add session');
    return fake;
  }
  const field = (label: string): HTMLInputElement => screen.getByLabelText(label);
  async function type(label: string, value: string): Promise<void> {
    fireEvent.input(field(label), { target: { value } });
    await settle();
  }

  test('is known to be right, with the time that took', async () => {
    await adding();
    await press('Check the address');
    screen.getByText(/^The address is right\. The server answered in 120 ms/);
    expect(document.querySelector('.check-result .icon-done')).not.toBeNull();
  });

  test.each([
    ['host', 'Server address', 'No chat server answers at this address.'],
    ['site', 'Site name', 'The server does not know this site.'],
  ] as const)('is wrong in its %s: that stands beside its field', async (wrong, label, text) => {
    const { calls } = await adding();
    calls.checkAddress.mockResolvedValue({ ok: false, wrong, code: '', message: '' });
    await press('Check the address');
    const described = field(label).getAttribute('aria-describedby') ?? '';
    expect(document.getElementById(described)?.textContent).toBe(text);
    expect(document.activeElement).toBe(field(label));
  });

  test('is no longer wrong once it is changed, and the typing goes on where it is', async () => {
    const { calls } = await adding();
    const check = { ok: false, wrong: 'host', code: '', message: '' } as const;
    calls.checkAddress.mockResolvedValue(check);
    await press('Check the address');
    field('Site name').focus();
    await type('Site name', 'another');
    screen.getByText('No chat server answers at this address.');
    expect(document.activeElement).toBe(field('Site name'));
    await type('Server address', 'https://chat.example.com');
    expect(screen.queryByText('No chat server answers at this address.')).toBeNull();
    expect(field('Server address').getAttribute('aria-invalid')).toBeNull();
    expect(document.activeElement).toBe(field('Site name'));
  });

  test('is asked about without a session being handed in or ended', async () => {
    const { calls } = await adding();
    await type('Server address', 'https://chat.example.com');
    await press('Check the address');
    expect(calls.checkAddress.mock.lastCall?.[0].session['server']).toBe(
      'https://chat.example.com',
    );
    expect(calls.hold).not.toHaveBeenCalled();
    expect(calls.signOff).not.toHaveBeenCalled();
  });

  test('is not known any more once it is changed', async () => {
    await adding();
    await press('Check the address');
    await type('Site name', 'another');
    expect(screen.queryByText(/^The address is right/)).toBeNull();
  });

  test('is not taken for what it was while the server was asked', async () => {
    const { calls } = await adding();
    const answer = Promise.withResolvers<{ ok: true; roundTripMs: number }>();
    calls.checkAddress.mockReturnValue(answer.promise);
    await press('Check the address');
    await type('Site name', 'another');
    answer.resolve({ ok: true, roundTripMs: 120 });
    await settle();
    expect(screen.queryByText(/^The address is right/)).toBeNull();
  });
});

describe('what is pasted into the form', () => {
  const field = (label: string): HTMLInputElement => screen.getByLabelText(label);
  async function paste(text: string): Promise<void> {
    await open({ held: [heldView()] });
    await press('Add session');
    const form = screen.getByRole('dialog').querySelector('form') ?? document.body;
    fireEvent.paste(form, { clipboardData: { getData: () => text } });
    await settle();
  }
  const SESSION = {
    server: 'https://chat.example.com',
    fqSiteName: 'day001_221100_sql_001h',
    accountId: 12,
    sessionId: 'node0secret',
  };

  test('fills the fields', async () => {
    await paste(JSON.stringify(SESSION));
    const filled = ['Server address', 'Site name', 'Account id', 'Session id'].map(
      (label) => field(label).value,
    );
    expect(filled).toEqual(Object.values(SESSION).map(String));
  });

  test('keeps the session id hidden', async () => {
    await paste(JSON.stringify(SESSION));
    expect(field('Session id').type).toBe('password');
  });

  test('names what it did not take', async () => {
    await paste(JSON.stringify({ ...SESSION, colour: 'red', size: 3 }));
    screen.getByText('Not taken from what you pasted: colour, size');
  });

  test('says where it breaks, and no longer once the typing goes on', async () => {
    await paste('{ "server": oops }');
    const said = screen.getByRole('alert');
    expect(said.textContent).toBe(
      'What you pasted is no whole JSON: it breaks in line 1, at character 13.',
    );
    expect(document.activeElement).toBe(said);
    fireEvent.input(field('Server address'), { target: { value: 'https://chat.example.com' } });
    await settle();
    expect(screen.queryByRole('alert')).toBeNull();
  });
});

test('a notice that is dismissed leaves the focus in the window', async () => {
  const { calls } = await open({ held: [heldView()] });
  calls.signOff.mockRejectedValueOnce(new Error('no'));
  await press('Sign off: Front desk');
  button('Dismiss').focus();
  await press('Dismiss');
  expect(document.activeElement?.textContent).toBe('Held sessions');
});

describe('what another machine holds', () => {
  const far = heldView({ id: 'far', label: 'Far away' });
  const at = (held: HeldView[] | null): State['elsewhere'] => [
    { host: 'FRONT-07', since: NOW, held },
  ];
  const time = new Intl.DateTimeFormat('en', { timeStyle: 'short' }).format(NOW);

  test('is told with the machine and since when, and signed off by its button alone', async () => {
    const { calls } = await open({ held: [heldView()], elsewhere: at([far]) });
    screen.getByRole('heading', { name: `Held by FRONT-07 since ${time}` });
    await press('Sign off all');
    expect(calls.signOff).toHaveBeenLastCalledWith({ ids: 'all', force: false });
    await press('Sign off: Far away');
    expect(calls.signOff).toHaveBeenLastCalledWith({ ids: ['far'], force: false });
  });

  test('has a day where that was not today', async () => {
    await open({ elsewhere: [{ host: 'FRONT-07', since: NOW - 7 * 86_400_000, held: [far] }] });
    screen.getByRole('heading', { name: /^Held by FRONT-07 since .*196\d/ });
  });

  test('that the server refuses to end is not said to be tried again', async () => {
    const lastFailure = {
      outcome: 'refused',
      code: '',
      message: 'A chat is open.',
      answeredBy: null,
    } as const;
    const { calls } = await open({ elsewhere: at([{ ...far, lastFailure }]) });
    screen.getByText('A chat is open.');
    expect(screen.queryByText(/Signoff tries again|finish your chats/)).toBeNull();
    await press('Force: Far away');
    await press('Force sign-off');
    expect(calls.signOff).toHaveBeenLastCalledWith({ ids: ['far'], force: true });
  });

  test('that cannot be decrypted here is told without a button', async () => {
    await open({ elsewhere: at(null) });
    screen.getByText(/can be read on that computer alone/);
    expect(screen.queryByRole('button', { name: /^Sign off/ })).toBeNull();
  });
});

describe('around the sessions', () => {
  test.each([
    [{ online: false }, 'No network'],
    [
      { vault: { durable: false, keyPending: false, folderUnusable: false, setAside: null } },
      'Kept in memory only',
    ],
    [
      { vault: { durable: false, keyPending: true, folderUnusable: false, setAside: null } },
      'Not saved safely yet',
    ],
    [
      { vault: { durable: false, keyPending: false, folderUnusable: true, setAside: null } },
      /^Signoff’s folder on this computer can’t be written to/,
    ],
    [
      { vault: { durable: true, keyPending: false, folderUnusable: false, setAside: 'vault.old' } },
      'Sessions from before could not be read',
    ],
  ])('it is said what holds for all of them (%#)', async (differences, title) => {
    await open(differences);
    screen.getByText(title);
  });

  test('the page says which language it is in', async () => {
    await open({ language: 'pt-BR' });
    expect(document.documentElement.lang).toBe('pt-BR');
  });
});
