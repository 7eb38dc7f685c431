import { copyFileSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { isMissing } from '../common/error-code.ts';
import { retryWhileBusy } from '../common/retry-while-busy.ts';
import { writeAtomically } from '../common/write-atomically.ts';
import { isObject, readAgentValues, type ReadValues } from './read-values.ts';
import type { SettingName } from './schema.ts';

/** Reads the settings file; a missing one names nothing. */
export function loadSettings(file: string): ReadValues {
  const found = readContent(file);
  if ('problem' in found) return { values: {}, problems: [found.problem] };
  return readAgentValues(found.content);
}

/**
 * Writes one setting into the file and leaves the rest as it is: what was ignored may be a newer
 * version's. An unreadable file is first copied to `settings.unreadable.json`. Throws file system errors.
 */
export function saveSetting(file: string, name: SettingName, value: unknown): void {
  const found = readContent(file);
  const entries = 'content' in found && isObject(found.content) ? found.content : null;
  if (entries === null) {
    const { dir, name: base, ext } = path.parse(file);
    copyFileSync(file, path.join(dir, `${base}.unreadable${ext}`));
  }
  writeAtomically(file, `${JSON.stringify({ ...entries, [name]: value }, null, 2)}\n`);
}

function readContent(file: string): { content: unknown } | { problem: string } {
  let text: string;
  try {
    text = retryWhileBusy(() => readFileSync(file, 'utf8'));
  } catch (error) {
    if (isMissing(error)) return { content: {} };
    return { problem: 'The settings file could not be read; every setting has its default.' };
  }
  try {
    // Some Windows editors write a byte order mark.
    return { content: JSON.parse(text.replace(/^\uFEFF/, '')) };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { problem: 'The settings file is not valid JSON; every setting has its default.' };
  }
}
