import { access } from 'node:fs/promises';
import path from 'node:path';
import { isMissing } from '../../common/error-code.ts';
import { isObject } from '../read-values.ts';
import { NO_POLICY, type PlaceReading, type PolicySource, type Run } from './source.ts';
import { watchFolder } from './watch-folder.ts';

const MANAGED_PREFERENCES = '/Library/Managed Preferences';
/** The domain of the configuration profile: the app's id in electron-builder.yml. */
export const MAC_DOMAIN = 'app.signoff.desktop';

/**
 * The preferences that a configuration profile forces on the machine, or on this user. Values set with
 * `defaults` are stored elsewhere and are not read.
 */
export function createMacSource(parts: {
  run: Run;
  userName: string;
  folder?: string;
  onFault: (error: unknown) => void;
}): PolicySource {
  const { run, userName, folder = MANAGED_PREFERENCES, onFault } = parts;
  const own = path.join(folder, userName);
  return {
    async read() {
      const [machine, user] = await Promise.all([
        readPreferences(path.join(folder, `${MAC_DOMAIN}.plist`), run),
        readPreferences(path.join(own, `${MAC_DOMAIN}.plist`), run),
      ]);
      return { machine, user };
    },
    watch(onChange) {
      const ends = [folder, own].map((each) => watchFolder(each, onChange, onFault));
      return () => {
        for (const end of ends) end();
      };
    },
  };
}

async function readPreferences(file: string, run: Run): Promise<PlaceReading> {
  try {
    await access(file);
  } catch (error) {
    if (isMissing(error)) return NO_POLICY;
    return { ok: false, problem: `${file} could not be read` };
  }
  try {
    // plutil rejects what is no property list. XML, because its JSON cannot have dates and data.
    const xml = await run('/usr/bin/plutil', ['-convert', 'xml1', '-o', '-', '--', file]);
    const { parse } = await import('plist');
    const content: unknown = parse(xml);
    return { ok: true, content: isObject(content) ? withoutPayload(content) : content };
  } catch {
    // The error messages may quote the file's content.
    return { ok: false, problem: `${file} is not a readable property list` };
  }
}

/** A profile's own keys may stand beside the settings. */
function withoutPayload(content: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(content).filter(([name]) => !/^Payload[A-Z]/.test(name)),
  );
}
