import { describe, expect, test } from 'vitest';
import { createWindowsSource, readRegistryValues } from '../../../main/settings/policy/windows.ts';

const MACHINE = String.raw`HKEY_LOCAL_MACHINE\Software\Policies\Signoff`;

/** A listing as `reg query` writes it. */
const listing = (key: string, ...lines: readonly string[]): string =>
  ['', key, ...lines, '', ''].join('\r\n');

describe('what reg lists', () => {
  test('is read by the form of each setting', () => {
    const text = listing(
      MACHINE,
      '    mayQuitHolding    REG_DWORD    0x0',
      '    startAtLogin    REG_DWORD    0x1',
      '    idleMinutes    REG_DWORD    0x1e',
      '    leftover    REG_SZ    sign-off',
      '    defaultServer    REG_SZ    ',
      '    logFolder    REG_SZ    C:\\Prüf Ordner\\日本',
      String.raw`    allowedServers    REG_MULTI_SZ    https://a.example\0https://*.example.com`,
    );
    expect(readRegistryValues(text)).toEqual({
      mayQuitHolding: false,
      startAtLogin: true,
      idleMinutes: 30,
      leftover: 'sign-off',
      defaultServer: '',
      logFolder: 'C:\\Prüf Ordner\\日本',
      allowedServers: ['https://a.example', 'https://*.example.com'],
    });
  });

  test('is known by names in any case, as the registry has it', () => {
    const text = listing(MACHINE, '    IDLEMINUTES    REG_DWORD    0x5');
    expect(readRegistryValues(text)).toEqual({ idleMinutes: 5 });
  });

  test('keeps what no setting can be, to be named as a problem', () => {
    const text = listing(
      MACHINE,
      '    startAtLogin    REG_DWORD    0x2',
      '    idleMinutes    REG_QWORD    0x5',
      '    colour    REG_SZ    red',
    );
    expect(readRegistryValues(text)).toEqual({ startAtLogin: 2, idleMinutes: null, colour: 'red' });
  });

  test.each(['(Default)', '(Standard)', '(par défaut)'])(
    'is nothing for the nameless value (%s) and for keys below',
    (nameless) => {
      const text = listing(MACHINE, `    ${nameless}    REG_SZ    x`, '', `${MACHINE}\\more`);
      expect(readRegistryValues(text)).toEqual({});
    },
  );
});

/** A registry whose keys list so; all others cannot be read. */
function sourceOver(keys: Readonly<Record<string, string>>) {
  const commands: string[] = [];
  const waits: { ms: number; action: () => void }[] = [];
  const source = createWindowsSource({
    async run(program, args) {
      const command = [program, ...args].join(' ');
      commands.push(command);
      const [, key = ''] = / query (.+)"$/.exec(command) ?? [];
      const found = keys[key];
      if (found === undefined) throw new Error('ERROR: The system was unable to find it.');
      return found;
    },
    systemRoot: String.raw`C:\Windows`,
    every(ms, action) {
      waits.push({ ms, action });
      return () => undefined;
    },
  });
  return { source, commands, waits };
}

const HKLM = String.raw`HKLM\Software\Policies\Signoff`;
const HKCU = String.raw`HKCU\Software\Policies\Signoff`;
const withoutPolicies = {
  [String.raw`HKLM\Software`]: listing(
    String.raw`HKEY_LOCAL_MACHINE\Software`,
    String.raw`HKEY_LOCAL_MACHINE\Software\Policies`,
  ),
  [String.raw`HKLM\Software\Policies`]: listing(
    String.raw`HKEY_LOCAL_MACHINE\Software\Policies`,
    String.raw`HKEY_LOCAL_MACHINE\Software\Policies\Microsoft`,
  ),
  [String.raw`HKCU\Software`]: listing(String.raw`HKEY_CURRENT_USER\Software`),
};

describe('the registry', () => {
  test('has the machine’s policy and the user’s', async () => {
    const { source } = sourceOver({
      [HKLM]: listing(MACHINE, '    idleMinutes    REG_DWORD    0x5'),
      [HKCU]: listing(
        String.raw`HKEY_CURRENT_USER\Software\Policies\Signoff`,
        '    leftover    REG_SZ    ask',
      ),
    });
    expect(await source.read()).toEqual({
      machine: { ok: true, content: { idleMinutes: 5 } },
      user: { ok: true, content: { leftover: 'ask' } },
    });
  });

  test('without the keys has no policy', async () => {
    const { source } = sourceOver(withoutPolicies);
    const none = { ok: true, content: {} };
    expect(await source.read()).toEqual({ machine: none, user: none });
  });

  test('with a key that is there and cannot be read is not without policy', async () => {
    const { source } = sourceOver({
      ...withoutPolicies,
      [String.raw`HKLM\Software\Policies`]: listing(
        String.raw`HKEY_LOCAL_MACHINE\SOFTWARE\Policies`,
        String.raw`HKEY_LOCAL_MACHINE\SOFTWARE\Policies\Signoff`,
      ),
    });
    expect((await source.read()).machine).toEqual({
      ok: false,
      problem: `${HKLM} could not be read`,
    });
  });

  test('that cannot be asked at all is not without policy', async () => {
    const { source } = sourceOver({});
    expect(await source.read()).toMatchObject({ machine: { ok: false }, user: { ok: false } });
  });

  test('is asked by Windows’ own programs, wherever the search path leads', async () => {
    const { source, commands } = sourceOver({ [HKLM]: '', [HKCU]: '' });
    await source.read();
    expect(commands[0]).toBe(
      String.raw`C:\Windows\System32\cmd.exe /d /s /c ""C:\Windows\System32\chcp.com" 65001 >nul && "C:\Windows\System32\reg.exe" query ${HKLM}"`,
    );
  });

  test('is read again every half hour', () => {
    const { source, waits } = sourceOver({});
    let told = 0;
    source.watch(() => (told += 1));
    for (const { action } of waits) action();
    expect({ told, ms: waits.map(({ ms }) => ms) }).toEqual({ told: 1, ms: [30 * 60_000] });
  });
});
