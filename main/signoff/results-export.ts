import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { everyPage } from './every-page.ts';
import { csvHeader, csvRecord } from './receipt-csv.ts';
import type { Receipt } from './receipt.ts';
import type { Receipts } from './receipts.ts';
import type { ResultsFilter } from './results-filter.ts';

export type ExportFormat = 'csv' | 'json';

/** How an export came to its end; `message` is for people. */
export type ExportEnd =
  | { readonly end: 'saved'; readonly count: number; readonly fileName: string }
  | { readonly end: 'cancelled' }
  | { readonly end: 'failed'; readonly message: string };

/** Milliseconds between two words about progress. */
const PROGRESS_EVERY_MS = 200;

/**
 * Writes the receipts that the filter leaves in, newest first, to `file`. They go to a file beside it
 * first, so that `file` is either whole or as it was. Never rejects.
 */
export async function exportResults(
  request: { filter: ResultsFilter; format: ExportFormat; file: string },
  parts: {
    receipts: Pick<Receipts, 'page'>;
    /** Milliseconds, on a scale that only goes forward. */
    monotonic: () => number;
    /** Hears now and then how many receipts are written. */
    onProgress: (written: number) => void;
    /** Ends the export and removes what it wrote. */
    signal: AbortSignal;
  },
): Promise<ExportEnd> {
  const { filter, format, file } = request;
  const { receipts, monotonic, onProgress, signal } = parts;
  const partial = `${file}.part`;
  let count = 0;
  let toldAt = monotonic();

  const write = async (handle: FileHandle): Promise<void> => {
    const { before, text, after } = FORMATS[format];
    await handle.appendFile(before);
    for await (const page of everyPage(receipts, filter)) {
      signal.throwIfAborted();
      await handle.appendFile(page.map((receipt, index) => text(receipt, count + index)).join(''));
      count += page.length;
      if (monotonic() - toldAt < PROGRESS_EVERY_MS) continue;
      toldAt = monotonic();
      onProgress(count);
    }
    await handle.appendFile(after);
    signal.throwIfAborted();
  };

  try {
    const handle = await open(partial, 'w');
    try {
      await write(handle);
    } finally {
      await handle.close();
    }
    await rename(partial, file);
    return { end: 'saved', count, fileName: path.basename(file) };
  } catch (error) {
    // Where it cannot be removed either, what went wrong first says why.
    await Promise.allSettled([rm(partial, { force: true })]);
    return signal.aborted ? { end: 'cancelled' } : { end: 'failed', message: inWords(error) };
  }
}

interface Format {
  readonly before: string;
  text(receipt: Receipt, index: number): string;
  readonly after: string;
}

const FORMATS: Readonly<Record<ExportFormat, Format>> = {
  csv: {
    // By the byte order mark, Excel knows that it is UTF-8.
    before: `\ufeff${csvHeader()}`,
    text: csvRecord,
    after: '',
  },
  json: {
    before: '[',
    text: (receipt, index) => `${index === 0 ? '' : ','}\n${JSON.stringify(receipt)}`,
    after: '\n]\n',
  },
};

function inWords(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return 'The disk is full. Make room, or choose another place.';
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return 'This place may not be written to. Choose another folder.';
    case 'EBUSY':
      return 'Another program has this file open. Close it there, or choose another name.';
    case 'ENOENT':
      return 'The folder is not there any more. Choose another one.';
    default:
      return error instanceof Error ? error.message : 'The file could not be written.';
  }
}
