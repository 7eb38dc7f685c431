import { randomUUID } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { errorCode } from '../common/error-code.ts';
import { isOpenElsewhere, retryAsideWhileBusy } from '../common/retry-while-busy.ts';
import { csvHeader, csvRecord } from './receipt-csv.ts';
import type { Receipt } from './receipt.ts';
import { everyPage, type Receipts } from './receipts.ts';
import type { ResultsFilter } from './filter.ts';

export type ExportFormat = 'csv' | 'json';

/** Why results could not be exported. */
type ExportFault = 'disk-full' | 'not-allowed' | 'in-use' | 'folder-gone' | 'other';

/** How an export ended; `code` is the system's own. */
export type ExportEnd =
  | { readonly end: 'saved'; readonly count: number; readonly fileName: string }
  | { readonly end: 'cancelled' }
  | { readonly end: 'failed'; readonly why: ExportFault; readonly code: string };

const PROGRESS_EVERY_MS = 200;

/** Writes the matching receipts, newest first, to `file`, atomically. Never rejects. */
export async function exportResults(
  request: { filter: ResultsFilter; format: ExportFormat; file: string },
  parts: {
    receipts: Pick<Receipts, 'page'>;
    /** Milliseconds on a clock that is never set. */
    monotonic: () => number;
    /** Called from time to time with the number of receipts written. */
    onProgress: (written: number) => void;
    /** Ends the export and removes what it wrote. */
    signal: AbortSignal;
  },
): Promise<ExportEnd> {
  const { filter, format, file } = request;
  const { receipts, monotonic, onProgress, signal } = parts;
  // A unique name, to overwrite nothing.
  const partial = `${file}.${randomUUID()}.part`;
  let count = 0;
  let progressAt = monotonic();
  // A folder that takes the partial file may be written to: what refuses now is the file that is there already.
  let isReplacing = false;

  const write = async (handle: FileHandle): Promise<void> => {
    const { before, text, after } = FORMATS[format];
    await handle.appendFile(before);
    for await (const page of everyPage(receipts, filter)) {
      signal.throwIfAborted();
      await handle.appendFile(page.map((receipt, index) => text(receipt, count + index)).join(''));
      count += page.length;
      if (monotonic() - progressAt < PROGRESS_EVERY_MS) continue;
      progressAt = monotonic();
      onProgress(count);
    }
    await handle.appendFile(after);
    signal.throwIfAborted();
  };

  try {
    const handle = await open(partial, 'wx');
    try {
      await write(handle);
    } finally {
      await handle.close();
    }
    isReplacing = true;
    await retryAsideWhileBusy(() => rename(partial, file));
    return { end: 'saved', count, fileName: path.basename(file) };
  } catch (error) {
    // If it cannot be removed either, the first error is the one to report.
    await Promise.allSettled([rm(partial, { force: true })]);
    if (signal.aborted) return { end: 'cancelled' };
    const code = errorCode(error) ?? 'UNKNOWN';
    return {
      end: 'failed',
      why: isReplacing && isOpenElsewhere(error) ? 'in-use' : faultOf(code),
      code,
    };
  }
}

interface Format {
  readonly before: string;
  text(receipt: Receipt, index: number): string;
  readonly after: string;
}

const FORMATS: Readonly<Record<ExportFormat, Format>> = {
  // The byte order mark tells Excel that it is UTF-8.
  csv: { before: `\ufeff${csvHeader()}`, text: csvRecord, after: '' },
  json: {
    before: '[',
    text: (receipt, index) => `${index === 0 ? '' : ','}\n${JSON.stringify(receipt)}`,
    after: '\n]\n',
  },
};

function faultOf(code: string): ExportFault {
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return 'disk-full';
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return 'not-allowed';
    case 'EBUSY':
      return 'in-use';
    case 'ENOENT':
      return 'folder-gone';
    default:
      return 'other';
  }
}
