import { describe, expect, test } from 'vitest';
import {
  createWindowsSource,
  readPowerShellValues,
  readRegistryValues,
} from '../../../main/settings/policy/windows.ts';

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

  test('may end its lines either way, leave empty text out, and have variables in text', () => {
    const text = [
      MACHINE,
      '    defaultServer    REG_SZ',
      '    logFolder    REG_EXPAND_SZ    %TEMP%',
    ].join('\n');
    expect(readRegistryValues(text)).toEqual({ defaultServer: '', logFolder: '%TEMP%' });
  });

  test('keeps what no setting can be, to be named as a problem', () => {
    const text = listing(
      MACHINE,
      '    colours    REG_DWORD    0x1',
      '    (a) b    REG_SZ    x',
      '    a (b)    REG_SZ    x',
      '    startAtLogin    REG_DWORD    0x2',
      '    idleMinutes    REG_QWORD    0x5',
      '    colour    REG_SZ    red',
    );
    expect(readRegistryValues(text)).toEqual({
      colours: 1,
      '(a) b': 'x',
      'a (b)': 'x',
      startAtLogin: 2,
      idleMinutes: null,
      colour: 'red',
    });
  });

  test('has no values in lines that only look like one', () => {
    const text = listing(
      MACHINE,
      'more    idleMinutes    REG_DWORD    0x5',
      '    idleMinutes    REG_DWORD 0x5',
    );
    expect(readRegistryValues(text)).toEqual({});
  });

  test.each(['(Default)', '(Standard)', '(par défaut)'])(
    'is nothing for the nameless value (%s) and for keys below',
    (nameless) => {
      const text = listing(MACHINE, `    ${nameless}    REG_SZ    x`, '', `${MACHINE}\\more`);
      expect(readRegistryValues(text)).toEqual({});
    },
  );
});

describe('what PowerShell lists', () => {
  test('is read by the form of each setting', () => {
    // As Windows PowerShell 5.1 writes it, quotes and brackets of markup by their numbers.
    const text = String.raw`{"mayQuitHolding":0,"startAtLogin":1,"idleMinutes":30,"leftover":"sign-off","defaultServer":"","logFolder":"C:\\Pr\u00fcf Ordner\\\u65e5\u672c","defaultSite":"O\u0027Brien \u0026 Co","allowedServers":["https://a.example","https://*.example.com"]}
`;
    expect(readPowerShellValues(text)).toEqual({
      mayQuitHolding: false,
      startAtLogin: true,
      idleMinutes: 30,
      leftover: 'sign-off',
      defaultServer: '',
      logFolder: 'C:\\Prüf Ordner\\日本',
      defaultSite: "O'Brien & Co",
      allowedServers: ['https://a.example', 'https://*.example.com'],
    });
  });

  test('is known by names in any case, and is nothing for the nameless value', () => {
    expect(readPowerShellValues('{"IDLEMINUTES":5,"(default)":"x"}')).toEqual({ idleMinutes: 5 });
  });

  test('keeps what no setting can be, to be named as a problem', () => {
    const text = '{"startAtLogin":2,"idleMinutes":-1,"browserOrigins":[1,2],"colour":"red"}';
    expect(readPowerShellValues(text)).toEqual({
      startAtLogin: 2,
      idleMinutes: -1,
      browserOrigins: [1, 2],
      colour: 'red',
    });
  });

  test('is nothing where there is no key, or nothing in it', () => {
    expect(readPowerShellValues('\r\n')).toEqual({});
  });

  test.each(['[]', 'null', 'Cannot be loaded because running scripts is disabled.'])(
    'is not taken for an empty key where it is something else (%s)',
    (text) => expect(() => readPowerShellValues(text)).toThrow(),
  );
});

/** What a command prompt that policy forbids says before it ends, as if all were well. */
const FORBIDDEN =
  'The command prompt has been disabled by your administrator.\r\n\r\nPress any key to continue . . . \r\n';

/**
 * A registry whose keys `reg` lists so, and PowerShell so; all others cannot be read. `prompt` is what
 * the command prompt says instead of asking `reg`.
 */
function sourceOver(
  keys: Readonly<Record<string, string>>,
  { prompt = null, powerShell = {} }: Over = {},
) {
  const commands: string[] = [];
  const waits: { ms: number; action: () => void }[] = [];
  const source = createWindowsSource({
    async run(program, args) {
      const command = [program, ...args].join(' ');
      commands.push(command);
      if (program.endsWith('powershell.exe')) {
        const [, key = ''] = /'Registry::([^']+)'/.exec(command) ?? [];
        const said = powerShell[key];
        if (said === undefined) throw new Error('Command failed');
        return said;
      }
      if (prompt !== null) return prompt;
      const [, key = ''] = / query (\S+) && echo all read"$/.exec(command) ?? [];
      const found = keys[key];
      if (found === undefined) throw new Error('ERROR: The system was unable to find it.');
      return `${found}all read\r\n`;
    },
    systemRoot: String.raw`C:\Windows`,
    every(ms, action) {
      waits.push({ ms, action });
      return () => undefined;
    },
  });
  return { source, commands, waits };
}

interface Over {
  readonly prompt?: string | null;
  readonly powerShell?: Readonly<Record<string, string>>;
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

  test.each([
    { ends: 'bare ends of lines', listed: (key: string) => `\n${key}\n` },
    { ends: 'blanks at the ends of lines', listed: (key: string) => `\r\n${key}  \r\n` },
  ])('with such a key is not without policy where reg writes $ends', async ({ listed }) => {
    const { source } = sourceOver({
      [String.raw`HKLM\Software`]: listed(String.raw`HKEY_LOCAL_MACHINE\Software\Policies`),
      [String.raw`HKLM\Software\Policies`]: listed(MACHINE),
    });
    expect((await source.read()).machine).toMatchObject({ ok: false });
  });

  test('that cannot be asked at all is not without policy', async () => {
    const { source } = sourceOver({});
    expect(await source.read()).toMatchObject({ machine: { ok: false }, user: { ok: false } });
  });

  test('is asked by Windows’ own programs, wherever the search path leads', async () => {
    const { source, commands } = sourceOver({ [HKLM]: '', [HKCU]: '' });
    await source.read();
    expect(commands[0]).toBe(
      String.raw`C:\Windows\System32\cmd.exe /d /s /c ""C:\Windows\System32\chcp.com" 65001 >nul && "C:\Windows\System32\reg.exe" query ${HKLM} && echo all read"`,
    );
  });

  const MACHINE_KEY = String.raw`HKEY_LOCAL_MACHINE\Software\Policies\Signoff`;
  const USER_KEY = String.raw`HKEY_CURRENT_USER\Software\Policies\Signoff`;

  test.each([
    { what: 'reg is forbidden', prompt: null },
    { what: 'the command prompt is forbidden', prompt: FORBIDDEN },
    { what: 'the command prompt says nothing', prompt: '' },
  ])('is read by PowerShell where $what', async ({ prompt }) => {
    const { source } = sourceOver(
      {},
      { prompt, powerShell: { [MACHINE_KEY]: '{"mayQuitHolding":0}\r\n', [USER_KEY]: '' } },
    );
    expect(await source.read()).toEqual({
      machine: { ok: true, content: { mayQuitHolding: false } },
      user: { ok: true, content: {} },
    });
  });

  test('is not read by PowerShell where reg has read it, or there is none', async () => {
    const { source, commands } = sourceOver(withoutPolicies);
    await source.read();
    expect(commands.filter((command) => command.includes('powershell'))).toEqual([]);
  });

  test('that nothing is let read is not without policy', async () => {
    const { source } = sourceOver({}, { prompt: FORBIDDEN });
    expect(await source.read()).toEqual({
      machine: { ok: false, problem: `${HKLM} could not be read` },
      user: { ok: false, problem: `${HKCU} could not be read` },
    });
  });

  test('is asked by this very script, which only Windows can try', async () => {
    const { source, commands } = sourceOver({});
    await source.read();
    const script = [
      "$ErrorActionPreference = 'Stop';",
      'try {',
      `$values = Get-ItemProperty -LiteralPath 'Registry::${MACHINE_KEY}'`,
      '| Select-Object -Property * -ExcludeProperty PSPath, PSParentPath, PSChildName, PSDrive, PSProvider',
      "} catch { if ($_.FullyQualifiedErrorId -like 'PathNotFound*') { exit 0 } else { exit 1 } };",
      'if ($null -eq $values) { exit 0 };',
      '$json = ConvertTo-Json -InputObject $values -Compress;',
      '-join ($json.ToCharArray() | ForEach-Object {',
      String.raw`if ([int]$_ -gt 126) { '\u{0:x4}' -f [int]$_ } else { $_ }`,
      '})',
    ].join(' ');
    expect(commands.find((command) => command.includes(MACHINE_KEY))).toBe(
      String.raw`C:\Windows\System32\WindowsPowerShell\v1.0\powershell.exe -NoLogo -NoProfile -NonInteractive -Command "${script}"`,
    );
    // It is one argument, and asks for plain ASCII.
    expect(script).toMatch(/^[ -!#-~]+$/);
  });

  test('is read again every half hour', () => {
    const { source, waits } = sourceOver({});
    let told = 0;
    source.watch(() => (told += 1));
    for (const { action } of waits) action();
    expect({ told, ms: waits.map(({ ms }) => ms) }).toEqual({ told: 1, ms: [30 * 60_000] });
  });
});
