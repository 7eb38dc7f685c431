// @vitest-environment happy-dom
import { cleanup, fireEvent, screen } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { fakeBridge } from '../../support/fake-bridge.ts';
import { openWindow } from '../../support/open-window.tsx';
import { windowState } from '../../support/window-state.ts';

const SESSION_ID = 'node01h8m13tljpm7ns8nayp0pid91';
const SESSION = {
  server: 'https://chat.example.com',
  fqSiteName: 'day001_221100_sql_001h',
  pool: '297:1',
  accountId: '12',
  sessionId: SESSION_ID,
};
const LABELS = {
  server: 'Server address',
  fqSiteName: 'Site name',
  pool: 'Pool',
  accountId: 'Account id',
  sessionId: 'Session id',
};
type Name = keyof typeof SESSION;
const NAMES = Object.keys(SESSION).filter((name): name is Name => name in SESSION);

beforeEach(() => {
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});
afterEach(cleanup);

const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(20);
const field = (name: Name): HTMLInputElement => {
  const found = document.querySelector<HTMLInputElement>(`dialog input[name="${name}"]`);
  if (found === null) throw new Error(`There is no field ${name}.`);
  return found;
};
async function type(name: Name, value: string): Promise<void> {
  fireEvent.input(field(name), { target: { value } });
  await settle();
}
async function submit(): Promise<void> {
  const form = document.querySelector('dialog form');
  if (form === null) throw new Error('There is no form.');
  fireEvent.submit(form);
  await settle();
}
const notice = (): string | null => screen.queryByText(/copied along/)?.textContent ?? null;

/** The form that hands a session in, filled in with one that is right but for this. */
async function fillIn(changed: Partial<typeof SESSION> = {}) {
  const fake = fakeBridge(windowState());
  await openWindow(fake.bridge);
  await settle();
  fireEvent.keyDown(document.body, { key: 'n', ctrlKey: true });
  await settle();
  for (const name of NAMES) await type(name, { ...SESSION, ...changed }[name]);
  return fake.calls.hold;
}

describe('what comes along when a value is copied', () => {
  test.each<[string, Name, string]>([
    ['D1: quotes around the session id', 'sessionId', `"${SESSION_ID}"`],
    ['D1: the name of its cookie', 'sessionId', `JSESSIONID=${SESSION_ID}`],
    ['D1: a comma behind it', 'sessionId', `${SESSION_ID},`],
    ['D2: a pool as it stands in an address', 'pool', '297%3A1'],
    ['D2: the name of the pool', 'pool', 'pool=297:1'],
    ['D3: a space that nobody sees', 'fqSiteName', `\u200b${SESSION.fqSiteName}\u200b`],
  ])('is shown left out before the session is held: %s', async (_, name, value) => {
    const hold = await fillIn({ [name]: value });
    await submit();
    expect(hold).not.toHaveBeenCalled();
    expect(field(name).value).toBe(SESSION[name]);
    expect(notice()).toBe(`Without what was copied along: ${LABELS[name]}. Please check.`);
    await submit();
    expect(hold).toHaveBeenCalledExactlyOnceWith({ session: { kind: 'agent', ...SESSION } });
  });

  test('is left out as soon as the field is left, and what is held then was seen', async () => {
    const hold = await fillIn({ sessionId: `'${SESSION_ID}'` });
    fireEvent.change(field('sessionId'));
    await settle();
    expect(field('sessionId').value).toBe(SESSION_ID);
    await submit();
    expect(hold).toHaveBeenCalledOnce();
  });

  test('is not told of any more once the field is typed in anew', async () => {
    await fillIn({ pool: 'pool=297:1' });
    fireEvent.change(field('pool'));
    await settle();
    expect(notice()).not.toBeNull();
    await type('pool', '298:1');
    expect(notice()).toBeNull();
  });

  test('is nothing where there are only blanks: the session is held at once', async () => {
    const hold = await fillIn({ sessionId: ` ${SESSION_ID}\t` });
    await submit();
    expect(notice()).toBeNull();
    expect(hold).toHaveBeenCalledOnce();
  });

  test('is left out of a whole session that is pasted, and told of (D1)', async () => {
    await fillIn();
    const text = JSON.stringify({ ...SESSION, sessionId: `JSESSIONID=${SESSION_ID}` });
    fireEvent.paste(field('server'), { clipboardData: { getData: () => text } });
    await settle();
    expect(field('sessionId').value).toBe(SESSION_ID);
    expect(notice()).toContain('Session id');
  });
});

test('a sign-in shows the account id that it sends (D1)', async () => {
  const { bridge, calls } = fakeBridge(windowState());
  calls.signIn.mockReturnValue(new Promise(() => undefined));
  await openWindow(bridge);
  await settle();
  fireEvent.keyDown(document.body, { key: 'i', ctrlKey: true });
  await settle();
  await type('accountId', '"12",');
  await submit();
  expect(field('accountId').value).toBe('12');
  expect(calls.signIn).toHaveBeenCalledWith(expect.objectContaining({ accountId: '12' }));
});
