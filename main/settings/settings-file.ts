import { copyFileSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { isMissing } from '../common/error-code.ts';

/** What the settings file holds, of whatever form; as good as empty where there is none. */
export function readContent(file: string): { content: unknown } | { problem: string } {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (isMissing(error)) return { content: {} };
    return { problem: 'The settings file could not be read; every setting has its default.' };
  }
  try {
    // Some of Windows' editors begin a file with a byte order mark.
    return { content: JSON.parse(text.replace(/^\uFEFF/, '')) };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { problem: 'The settings file is not valid JSON; every setting has its default.' };
  }
}

/** Keeps a copy of a file that is about to be replaced, as `settings.unreadable.json`. */
export function setAside(file: string): void {
  const { dir, name, ext } = path.parse(file);
  copyFileSync(file, path.join(dir, `${name}.unreadable${ext}`));
}
