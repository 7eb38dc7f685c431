import { FACTS } from '../facts.ts';
import { NO_POLICY, type PlaceReading, type PolicySource, type Run } from './source.ts';

const POLICIES = String.raw`Software\Policies`;
const KEY = String.raw`${POLICIES}\Signoff`;
/** Group policy itself is applied every 90 to 120 minutes. */
const READ_AGAIN_MS = 30 * 60_000;

/**
 * The registry keys that group policy writes. To be told of a change takes native code, so they are
 * read again every half hour; whoever has the source may read at better moments besides.
 */
export function createWindowsSource(parts: {
  run: Run;
  /** Windows' own folder, such as `C:\Windows`. */
  systemRoot: string;
  every: (ms: number, action: () => void) => () => void;
}): PolicySource {
  const { run, systemRoot, every } = parts;
  const system32 = String.raw`${systemRoot}\System32`;

  /** Lists a key's values and subkeys; in UTF-8, which `reg` writes only where the console has it. */
  const query = async (key: string): Promise<string> => {
    const command = String.raw`"${system32}\chcp.com" 65001 >nul && "${system32}\reg.exe" query ${key}`;
    return run(String.raw`${system32}\cmd.exe`, ['/d', '/s', '/c', `"${command}"`]);
  };

  /** `reg` fails alike for a key that is not there and one that may not be read; its parent tells. */
  const isAbsent = async (hive: string): Promise<boolean> => {
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

  const read = async (hive: 'HKLM' | 'HKCU'): Promise<PlaceReading> => {
    const key = `${hive}\\${KEY}`;
    try {
      return { ok: true, content: readRegistryValues(await query(key)) };
    } catch {
      // Whatever was in the way, the next question tells it apart from a key that is not there.
      const absent = await isAbsent(hive).catch(() => false);
      return absent ? NO_POLICY : { ok: false, problem: `${key} could not be read` };
    }
  };

  return {
    async read() {
      const [machine, user] = await Promise.all([read('HKLM'), read('HKCU')]);
      return { machine, user };
    },
    watch: (onChange) => every(READ_AGAIN_MS, onChange),
  };
}

const VALUE_LINE = /^ {4}(.+?) {4}(REG_[A-Z_]+)(?: {4}(.*))?$/;

/**
 * The values that `reg query` lists, by their names. The registry has no switches, and takes names in
 * any case: a number becomes one where the setting is one, and a name the setting's own.
 */
export function readRegistryValues(listing: string): Record<string, unknown> {
  const names = new Map([...FACTS.keys()].map((name) => [name.toLowerCase(), name]));
  const values: [string, unknown][] = [];
  for (const line of listing.split(/\r?\n/)) {
    const [, listed = '', type = '', data = ''] = VALUE_LINE.exec(line) ?? [];
    // The key's own, nameless value is listed in parentheses, by a name in Windows' language.
    if (listed === '' || /^\(.*\)$/.test(listed)) continue;
    const name = names.get(listed.toLowerCase()) ?? listed;
    values.push([name, readData(name, type, data)]);
  }
  return Object.fromEntries(values);
}

function readData(name: string, type: string, data: string): unknown {
  switch (type) {
    case 'REG_DWORD': {
      const number = Number(data);
      const isSwitch = FACTS.get(name)?.kind.type === 'switch';
      return isSwitch && (number === 0 || number === 1) ? number === 1 : number;
    }
    case 'REG_SZ':
    case 'REG_EXPAND_SZ':
      return data;
    case 'REG_MULTI_SZ':
      return data.split(String.raw`\0`).filter((text) => text !== '');
    default:
      // Of no setting's form, so that it is named as a problem.
      return null;
  }
}
