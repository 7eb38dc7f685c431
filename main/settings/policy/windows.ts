import { METADATA } from '../metadata.ts';
import { isObject } from '../read-values.ts';
import type { PlaceReading, PolicySource, Run } from './source.ts';

const HIVES = { HKLM: 'HKEY_LOCAL_MACHINE', HKCU: 'HKEY_CURRENT_USER' } as const;
type Hive = keyof typeof HIVES;
const POLICIES = String.raw`Software\Policies`;
const KEY = String.raw`${POLICIES}\Signoff`;
/** Windows applies group policy every 90 to 120 minutes. */
const REREAD_EVERY_MS = 30 * 60_000;

/** Printed last: a disabled command prompt prints something else, and exits with 0. */
const ALL_READ = 'all read';

/**
 * The registry keys that group policy writes. They are read by `reg` or, where that or the command prompt
 * is disabled, by PowerShell, which starts far more slowly. Change notification takes native code, so they
 * are read again every half hour.
 */
export function createWindowsSource(parts: {
  run: Run;
  /** Such as `C:\Windows`. */
  systemRoot: string;
  every: (ms: number, action: () => void) => () => void;
}): PolicySource {
  const { run, systemRoot, every } = parts;
  const system32 = String.raw`${systemRoot}\System32`;

  /** Lists a key's values and subkeys. `reg` writes UTF-8 only if the console's code page is 65001. */
  const query = async (key: string): Promise<string> => {
    const command = String.raw`"${system32}\chcp.com" 65001 >nul && "${system32}\reg.exe" query ${key} && echo ${ALL_READ}`;
    const output = await run(String.raw`${system32}\cmd.exe`, ['/d', '/s', '/c', `"${command}"`]);
    if (output.trimEnd().endsWith(ALL_READ)) return output;
    throw new Error('The command prompt did not let reg be asked.');
  };

  /** `reg` fails alike for a missing and an unreadable key, so the parent's listing decides. */
  const isAbsent = async (hive: Hive): Promise<boolean> => {
    for (const [parent, child] of [
      ['Software', POLICIES],
      [POLICIES, KEY],
    ] as const) {
      const listed = await query(`${hive}\\${parent}`);
      const isListed = listed
        .split(/\r?\n/)
        .some((line) => line.trim().toLowerCase().endsWith(`\\${child.toLowerCase()}`));
      if (!isListed) return true;
    }
    return false;
  };

  const readByReg = async (hive: Hive): Promise<Record<string, unknown>> => {
    try {
      return readRegistryValues(await query(`${hive}\\${KEY}`));
    } catch (error) {
      if (await isAbsent(hive)) return {};
      throw error;
    }
  };

  const readByPowerShell = async (hive: Hive): Promise<Record<string, unknown>> =>
    readPowerShellValues(
      await run(String.raw`${system32}\WindowsPowerShell\v1.0\powershell.exe`, [
        '-NoLogo',
        '-NoProfile',
        '-NonInteractive',
        '-Command',
        `"${powerShellScript(hive)}"`,
      ]),
    );

  const read = async (hive: Hive): Promise<PlaceReading> => {
    try {
      const content = await readByReg(hive).catch(async () => readByPowerShell(hive));
      return { ok: true, content };
    } catch {
      return { ok: false, problem: `${hive}\\${KEY} could not be read` };
    }
  };

  return {
    async read() {
      const [machine, user] = await Promise.all([read('HKLM'), read('HKCU')]);
      return { machine, user };
    },
    watch: (onChange) => every(REREAD_EVERY_MS, onChange),
  };
}

const VALUE_LINE = /^ {4}(.+?) {4}(REG_[A-Z_]+)(?: {4}(.*))?$/;

/**
 * The values that `reg query` lists, by their names. The registry has no booleans and ignores case: 0 and
 * 1 become a boolean where the setting is one, and names get the setting's case.
 */
export function readRegistryValues(listing: string): Record<string, unknown> {
  const values: [string, unknown][] = [];
  for (const line of listing.split(/\r?\n/)) {
    const [, listed = '', type = '', data = ''] = VALUE_LINE.exec(line) ?? [];
    if (listed === '' || isNameless(listed)) continue;
    const name = settingNamed(listed);
    values.push([name, readData(name, type, data)]);
  }
  return Object.fromEntries(values);
}

/** The key's default value is listed as a localised name in parentheses. */
function isNameless(listed: string): boolean {
  return /^\(.*\)$/.test(listed);
}

const NAMES: ReadonlyMap<string, string> = new Map(
  [...METADATA.keys()].map((name) => [name.toLowerCase(), name]),
);

function settingNamed(listed: string): string {
  return NAMES.get(listed.toLowerCase()) ?? listed;
}

function readData(name: string, type: string, data: string): unknown {
  switch (type) {
    case 'REG_DWORD':
      return readNumber(name, Number(data));
    case 'REG_SZ':
    case 'REG_EXPAND_SZ':
      return data;
    case 'REG_MULTI_SZ':
      return data.split(String.raw`\0`).filter((text) => text !== '');
    default:
      // No setting takes null, so it is reported as a problem.
      return null;
  }
}

function readNumber(name: string, number: number): number | boolean {
  const isSwitch = METADATA.get(name)?.kind.type === 'switch';
  return isSwitch && (number === 0 || number === 1) ? number === 1 : number;
}

/**
 * Writes a key's values as JSON, or nothing if there is no such key. It works in PowerShell's constrained
 * language mode. It writes ASCII, because it cannot choose the output's code page. It has no double quote,
 * which would end the argument.
 */
function powerShellScript(hive: Hive): string {
  const own = 'PSPath, PSParentPath, PSChildName, PSDrive, PSProvider';
  return [
    `$ErrorActionPreference = 'Stop';`,
    `try {`,
    `$values = Get-ItemProperty -LiteralPath 'Registry::${HIVES[hive]}\\${KEY}'`,
    `| Select-Object -Property * -ExcludeProperty ${own}`,
    `} catch { if ($_.FullyQualifiedErrorId -like 'PathNotFound*') { exit 0 } else { exit 1 } };`,
    `if ($null -eq $values) { exit 0 };`,
    `$json = ConvertTo-Json -InputObject $values -Compress;`,
    `-join ($json.ToCharArray() | ForEach-Object {`,
    String.raw`if ([int]$_ -gt 126) { '\u{0:x4}' -f [int]$_ } else { $_ }`,
    `})`,
  ].join(' ');
}

/** The values that PowerShell wrote, with names and types as `readRegistryValues` gives them. */
export function readPowerShellValues(output: string): Record<string, unknown> {
  if (output.trim() === '') return {};
  const listed: unknown = JSON.parse(output);
  if (!isObject(listed)) throw new Error('PowerShell listed no values.');
  return Object.fromEntries(
    Object.entries(listed)
      .filter(([name]) => !isNameless(name))
      .map(([name, value]) => {
        const setting = settingNamed(name);
        return [setting, typeof value === 'number' ? readNumber(setting, value) : value];
      }),
  );
}
