// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/preact';
import { signal } from '@preact/signals';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { State } from '../../../preload/contract.ts';
import type { SetSetting, SettingName, Settings } from '../../../renderer/settings/settings.ts';
import { SettingsDialog } from '../../../renderer/settings/SettingsDialog.tsx';
import { createStore } from '../../../renderer/stores/store.ts';
import { fakeBridge } from '../../support/fake-bridge.ts';
import { windowState } from '../../support/window-state.ts';

const VALUES: Settings = {
  startAtLogin: false,
  notifyOutcomes: true,
  notifyHandIns: true,
  appearance: 'system',
  language: 'system',
  receiptDays: 90,
  leftover: 'ask',
  onSuspend: 'nothing',
  onLock: 'unavailable',
  onDisconnect: 'as-lock',
  onIdle: 'sign-off',
  idleMinutes: 15,
  browserHandIn: true,
  browserOrigins: ['https://console.example.com', 'http://localhost:8080'],
};

/** The settings on the screen, with an app behind them that takes what it is told, or says `problem`. */
function showSettings({
  values = {},
  managed = [],
  startAtLoginBy = null,
  problem = null,
  browser = { port: 47_823, problem: null },
  copies = true,
}: {
  values?: Partial<Settings>;
  managed?: SettingName[];
  startAtLoginBy?: State['settings']['startAtLoginBy'];
  problem?: string | null;
  browser?: State['browser'];
  /** Whether the token can be copied. */
  copies?: boolean;
} = {}) {
  const settings = signal({ values: { ...VALUES, ...values }, managed, startAtLoginBy });
  const onHelp = vi.fn<() => void>();
  const onClosed = vi.fn<() => void>();
  const set = vi.fn<SetSetting>((name, value) => {
    if (problem === null) {
      settings.value = { ...settings.value, values: { ...settings.value.values, [name]: value } };
    }
    return Promise.resolve(problem);
  });
  const Shown = () => (
    <SettingsDialog
      settings={settings.value}
      language="fr"
      browser={browser}
      set={set}
      onCopyToken={() => Promise.resolve(copies)}
      foreground={null}
      onHelp={onHelp}
      onClosed={onClosed}
    />
  );
  render(<Shown />);
  const changeElsewhere = (changed: Partial<Settings>): void => {
    void act(() => {
      settings.value = { ...settings.value, values: { ...settings.value.values, ...changed } };
    });
  };
  return { set, onHelp, onClosed, changeElsewhere };
}

const control = (label: string): HTMLInputElement => screen.getByLabelText(label);

beforeEach(() => {
  // Anything but modal: what is behind it is not there.
  HTMLDialogElement.prototype.showModal = function showModal() {
    this.open = true;
  };
});
afterEach(cleanup);

describe('a switch', () => {
  test('shows what is set', () => {
    showSettings({ values: { startAtLogin: true } });
    expect(control('Start when you log in').checked).toBe(true);
  });

  test('changes its setting at once', () => {
    const { set } = showSettings();
    fireEvent.click(control('Sessions handed in'));
    expect(set.mock.calls).toEqual([['notifyHandIns', false]]);
  });

  test('that could not be changed goes back, and says why', async () => {
    showSettings({ problem: 'Is the disk full?' });
    fireEvent.click(control('Sessions handed in'));
    await screen.findByText('Is the disk full?');
    expect(control('Sessions handed in').checked).toBe(true);
  });

  test('says why beside itself', async () => {
    showSettings({ problem: 'Is the disk full?' });
    fireEvent.click(control('Sessions handed in'));
    const why = await screen.findByText('Is the disk full?');
    expect(control('Sessions handed in').getAttribute('aria-describedby')?.split(' ')).toContain(
      why.id,
    );
  });

  test('says no more why once it could be changed', async () => {
    const { set } = showSettings({ problem: 'Is the disk full?' });
    fireEvent.click(control('Sessions handed in'));
    await screen.findByText('Is the disk full?');
    set.mockImplementation(() => Promise.resolve(null));
    fireEvent.click(control('Sessions handed in'));
    await waitFor(() => expect(screen.queryByText('Is the disk full?')).toBeNull());
  });
});

describe('a choice', () => {
  test('shows what is set', () => {
    showSettings({ values: { appearance: 'dark' } });
    expect(control('Appearance').value).toBe('dark');
  });

  test('changes its setting at once', () => {
    const { set } = showSettings();
    fireEvent.change(control('Appearance'), { target: { value: 'light' } });
    expect(set.mock.calls).toEqual([['appearance', 'light']]);
  });

  test('of languages has each by its own name, and what the system’s comes to', () => {
    showSettings();
    const options = within(control('Language')).getAllByRole('option');
    expect(options.map(({ textContent }) => textContent)).toEqual([
      'Same as the system (Français)',
      'Deutsch',
      'English',
      'Español',
      'Français',
      '日本語',
      'Português (Brasil)',
    ]);
  });
});

describe('what is done when the agent is away', () => {
  test.each([
    { name: 'onSuspend', label: 'When the computer goes to sleep', shown: 'Nothing' },
    { name: 'onLock', label: 'When the screen is locked', shown: 'Set unavailable' },
    { name: 'onIdle', label: 'When you are idle', shown: 'Sign off' },
  ] as const)('is a choice of three ($name)', ({ name, label, shown }) => {
    const { set } = showSettings();
    const options = within(control(label)).getAllByRole<HTMLOptionElement>('option');
    expect(options.map(({ textContent }) => textContent)).toEqual([
      'Nothing',
      'Set unavailable',
      'Sign off',
    ]);
    expect(options.find(({ selected }) => selected)?.textContent).toBe(shown);
    fireEvent.change(control(label), { target: { value: 'unavailable' } });
    expect(set.mock.calls).toEqual([[name, 'unavailable']]);
  });

  test('may be the same for a disconnected session as for a locked screen', () => {
    const { set } = showSettings();
    const choice = control('When the session is disconnected');
    const options = within(choice).getAllByRole<HTMLOptionElement>('option');
    expect(options.map(({ textContent }) => textContent)).toEqual([
      'As for a locked screen',
      'Nothing',
      'Set unavailable',
      'Sign off',
    ]);
    expect(options.map(({ selected }) => selected)).toEqual([true, false, false, false]);
    fireEvent.change(choice, { target: { value: 'nothing' } });
    expect(set.mock.calls).toEqual([['onDisconnect', 'nothing']]);
  });
});

describe('the consoles in a browser', () => {
  const origins = (): HTMLTextAreaElement => screen.getByLabelText('Addresses of the consoles');
  const type = (text: string): void => {
    fireEvent.input(origins(), { target: { value: text } });
  };
  const leave = (): void => void fireEvent.change(origins());

  test('are shown one a line', () => {
    showSettings();
    expect(origins().value).toBe('https://console.example.com\nhttp://localhost:8080');
  });

  test('are changed when the field is left', () => {
    const { set } = showSettings();
    type('https://a.example/\n\n  HTTPS://B.example:443\nhttps://a.example');
    expect(set).not.toHaveBeenCalled();
    leave();
    expect(set.mock.calls).toEqual([
      ['browserOrigins', ['https://a.example', 'https://b.example']],
    ]);
  });

  test('are changed by Enter, and what is typed stays', () => {
    const { set } = showSettings();
    type('https://a.example/');
    fireEvent.keyDown(origins(), { key: 'Enter' });
    expect(set.mock.calls).toEqual([['browserOrigins', ['https://a.example']]]);
    expect(origins().value).toBe('https://a.example/');
  });

  test('are shown as they count once they are changed', async () => {
    showSettings();
    type('https://a.example/');
    leave();
    await waitFor(() => expect(origins().value).toBe('https://a.example'));
  });

  test('may be none', () => {
    const { set } = showSettings();
    type('');
    leave();
    expect(set.mock.calls).toEqual([['browserOrigins', []]]);
  });

  test('that are the same are not sent', () => {
    const { set } = showSettings();
    type('https://console.example.com/\nhttp://localhost:8080\n');
    leave();
    expect(set).not.toHaveBeenCalled();
  });

  test('are not sent while one is no address; which, is said beside the field', () => {
    const { set } = showSettings();
    type('https://a.example\nb.example\nc');
    leave();
    const problem = screen.getByText(
      '“b.example” is not an address such as https://console.example.com.',
    );
    expect(set).not.toHaveBeenCalled();
    expect(origins().getAttribute('aria-describedby')?.split(' ')).toContain(problem.id);
    expect(origins().getAttribute('aria-invalid')).toBe('true');
  });

  test('that are wrong stay to be mended, and are right then', () => {
    const { set } = showSettings();
    type('b.example');
    leave();
    expect(origins().value).toBe('b.example');
    type('https://b.example');
    leave();
    expect(set.mock.calls).toEqual([['browserOrigins', ['https://b.example']]]);
    expect(origins().getAttribute('aria-invalid')).toBeNull();
    expect(screen.queryByText(/is not an address/)).toBeNull();
  });

  test('that are wrong are so no more once they are as before', () => {
    showSettings({ values: { browserOrigins: [] } });
    type('b.example');
    leave();
    type('');
    leave();
    expect(screen.queryByText(/is not an address/)).toBeNull();
  });

  test('keep what is being typed when something else changes', () => {
    const { changeElsewhere } = showSettings();
    type('https://a.ex');
    changeElsewhere({ appearance: 'dark', browserOrigins: [...VALUES.browserOrigins] });
    expect(origins().value).toBe('https://a.ex');
  });

  test('cannot be typed while none may hand in', () => {
    showSettings({ values: { browserHandIn: false } });
    expect(origins().disabled).toBe(true);
  });

  test('are told where to hand in', () => {
    showSettings({ browser: { port: 5_000, problem: null } });
    expect(screen.getByText('http://127.0.0.1:5000/hold')).toBeTruthy();
  });

  test('are told nothing while none may hand in', () => {
    showSettings({ values: { browserHandIn: false } });
    expect([screen.queryByText(/127\.0\.0\.1/), screen.queryByText('Copy token')]).toEqual([
      null,
      null,
    ]);
  });

  test('are told where also when it does not work, and why', () => {
    showSettings({ browser: { port: 5_000, problem: 'The port is taken.' } });
    expect(screen.getByText('The port is taken.')).toBeTruthy();
  });

  test.each([
    { copies: true, said: 'Copied.' },
    { copies: false, said: 'It could not be copied.' },
  ])('have their token copied: $said', async ({ copies, said }) => {
    showSettings({ copies });
    fireEvent.click(screen.getByText('Copy token'));
    expect(await screen.findByText(said)).toBeTruthy();
  });
});

describe('a number', () => {
  const type = (text: string): void =>
    void fireEvent.change(control('Minutes without a touch'), { target: { value: text } });

  test('changes its setting once it is typed', () => {
    const { set } = showSettings();
    type('30');
    expect(set.mock.calls).toEqual([['idleMinutes', 30]]);
  });

  test('keeps what is being typed when something else changes', () => {
    const { changeElsewhere } = showSettings();
    fireEvent.input(control('Minutes without a touch'), { target: { value: '3' } });
    changeElsewhere({ appearance: 'dark' });
    expect(control('Minutes without a touch').value).toBe('3');
  });

  test('has its bounds', () => {
    showSettings();
    const { min, max } = control('Days that results are kept');
    expect([min, max]).toEqual(['7', '3650']);
  });

  test.each(['0', '481', '1.5', ''])('out of bounds (%j) is not sent', (text) => {
    const { set } = showSettings();
    type(text);
    expect(set).not.toHaveBeenCalled();
  });

  test('out of bounds says what it can be', async () => {
    showSettings();
    type('481');
    expect(await screen.findByText('It can be a whole number from 1 to 480.')).toBeTruthy();
  });

  test('out of bounds gives way to what was set', () => {
    showSettings();
    type('481');
    expect(control('Minutes without a touch').value).toBe('15');
  });

  test('that could not be changed goes back', async () => {
    showSettings({ problem: 'Is the disk full?' });
    type('30');
    await screen.findByText('Is the disk full?');
    expect(control('Minutes without a touch').value).toBe('15');
  });

  test('that counts for nothing cannot be typed', () => {
    showSettings({ values: { onIdle: 'nothing' } });
    expect(control('Minutes without a touch').disabled).toBe(true);
  });
});

describe('a setting that IT manages', () => {
  test.each([
    { name: 'notifyHandIns', label: 'Sessions handed in' },
    { name: 'language', label: 'Language' },
    { name: 'receiptDays', label: 'Days that results are kept' },
    { name: 'onSuspend', label: 'When the computer goes to sleep' },
    { name: 'browserHandIn', label: 'Let consoles in a browser hand sessions in' },
    { name: 'browserOrigins', label: 'Addresses of the consoles' },
  ] as const)('cannot be touched ($name)', ({ name, label }) => {
    showSettings({ managed: [name] });
    expect(control(label).disabled).toBe(true);
  });

  test('shows its value', () => {
    showSettings({ managed: ['leftover'], values: { leftover: 'resume' } });
    expect(control('If Signoff stopped while you went on working').value).toBe('resume');
  });

  test('says so, and no other does', () => {
    showSettings({ managed: ['leftover'] });
    expect(screen.getAllByText('Managed by your organisation')).toHaveLength(1);
  });
});

describe('the start at login says who has decided', () => {
  test.each([
    { startAtLoginBy: 'desktop', said: 'Switched off in your desktop’s settings' },
    { startAtLoginBy: 'installation', said: 'Switched on by the installation' },
  ] as const)('$startAtLoginBy', ({ startAtLoginBy, said }) => {
    showSettings({ startAtLoginBy });
    const note = screen.getByText(said).parentElement?.id;
    expect(control('Start when you log in').getAttribute('aria-describedby')).toContain(note);
  });

  test('where the agent has, nothing is said', () => {
    showSettings();
    expect(screen.queryByText(/^Switched /)).toBeNull();
  });
});

test('every control has a name', () => {
  showSettings();
  const controls = [
    ...screen.getAllByRole('switch'),
    ...screen.getAllByRole('combobox'),
    ...screen.getAllByRole('spinbutton'),
    ...screen.getAllByRole('textbox'),
  ];
  expect(controls.map((each) => (each as HTMLInputElement).labels?.length)).toEqual(
    controls.map(() => 1),
  );
});

test('every setting has a control', () => {
  showSettings();
  const names = [...document.querySelectorAll<HTMLInputElement>('input, select, textarea')].map(
    ({ name }) => name,
  );
  expect(names.toSorted()).toEqual(Object.keys(VALUES).toSorted());
});

test('the way to the shortcuts leads there', () => {
  const { onHelp } = showSettings();
  fireEvent.click(screen.getByText('Keyboard shortcuts'));
  expect(onHelp).toHaveBeenCalledOnce();
});

describe('the store', () => {
  test('hands a change to the app, and back what was in the way', async () => {
    const { bridge, calls } = fakeBridge(windowState());
    calls.setSetting.mockResolvedValue({ problem: 'Is the disk full?' });
    expect(await createStore(bridge).setSetting('appearance', 'dark')).toBe('Is the disk full?');
    expect(calls.setSetting.mock.calls).toEqual([[{ name: 'appearance', value: 'dark' }]]);
  });

  test('says so when the app does not answer', async () => {
    const { bridge, calls } = fakeBridge(windowState());
    calls.setSetting.mockRejectedValue(new Error('no'));
    expect(await createStore(bridge).setSetting('appearance', 'dark')).toMatch(/did not answer/);
  });
});
