import { rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { retryAsideWhileBusy } from '../../common/retry-while-busy.ts';

/**
 * Writes these texts, by their names, as a zip file, completely or not at all. Without `replace`, an
 * existing file is an error. Throws file system errors.
 */
export async function writeZip(
  file: string,
  texts: Readonly<Record<string, string>>,
  { replace }: { replace: boolean },
): Promise<void> {
  const { strToU8, zipSync } = await import('fflate/browser');
  const entries = Object.entries(texts).map(([name, text]) => [name, strToU8(text)] as const);
  const zip = zipSync(Object.fromEntries(entries), { level: 6 });
  if (!replace) {
    await writeFile(file, zip, { flag: 'wx', mode: 0o600 });
    return;
  }
  const temporary = `${file}.${process.pid}.new`;
  try {
    await writeFile(temporary, zip, { flag: 'wx', mode: 0o600 });
    await retryAsideWhileBusy(() => rename(temporary, path.resolve(file)));
  } catch (error) {
    // If it cannot be removed either, the first error is the one to report.
    await Promise.allSettled([rm(temporary, { force: true })]);
    throw error;
  }
}
