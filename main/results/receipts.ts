import { closeSync, fdatasyncSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { isMissing } from '../common/error-code.ts';
import { retryAsideWhileBusy, retryWhileBusy } from '../common/retry-while-busy.ts';
import { type Receipt, receiptSchema } from './receipt.ts';
import { matcherOf, type ResultsFilter } from './filter.ts';

export interface PageRequest {
  /** A page's `next`; null for the newest. */
  readonly after: string | null;
  readonly limit: number;
  readonly filter: ResultsFilter;
}

export interface ReceiptPage {
  /** Newest first; fewer than the limit, or none, where the next match is far. */
  readonly receipts: readonly Receipt[];
  /** The cursor of the next page; null at the end only. */
  readonly next: string | null;
  /** Lines that could not be read, such as one torn by a power loss. */
  readonly unreadable: number;
}

/** The receipts on disk: append-only files by month, one JSON object per line. */
export interface Receipts {
  /** Resolves when the receipt is on the disk. Rejects with the disk's error. */
  append(receipt: Receipt): Promise<void>;
  /**
   * Writes at once what no write has begun for, for when the event loop will not turn again. A disk that is busy is
   * tried for `busyLimitMs` milliseconds in all. Never throws: `append` tells.
   */
  flush(busyLimitMs: number): void;
  /** Reads those that match, backwards from `after`, only as far as needed. */
  page(request: PageRequest): Promise<ReceiptPage>;
  /** Deletes the months whose receipts are all older than that many days. */
  prune(keptDays: number): Promise<void>;
}

const MONTH_FILE = /^(\d{4})-(\d{2})\.jsonl$/;
/** Small enough that handling a page does not block the process. */
const PAGE_SIZE = 200;
/** Small enough that reading does not block the process. */
const CHUNK_BYTES = 64 * 1024;
/** After so many lines without a match a page ends, so that a long search shows its progress. */
const MOST_SKIPPED = 20_000;
const DAY_MS = 24 * 60 * 60 * 1000;
const OWNER_ONLY = 0o600;
const FOLDER = { recursive: true, mode: 0o700 } as const;

/** A receipt that is to be written. */
interface Entry {
  readonly line: string;
  readonly file: string;
  done(): void;
  failed(error: unknown): void;
}

/** Receipts in `folder`, which is made for the first one. `now` is epoch milliseconds. */
export function createReceipts(folder: string, now: () => number): Receipts {
  let queue: Entry[] = [];
  let isWriting = false;
  /** Files whose last line this process has completed. */
  const wholeFiles = new Set<string>();

  const takeQueued = (file: string): readonly Entry[] => {
    const { taken = [], left = [] } = Object.groupBy(queue, (entry) =>
      entry.file === file ? 'taken' : 'left',
    );
    queue = left;
    return taken;
  };
  const written = (file: string, entries: readonly Entry[]): void => {
    wholeFiles.add(file);
    for (const entry of entries) entry.done();
  };
  const failed = (file: string, entries: readonly Entry[], error: unknown): void => {
    wholeFiles.delete(file);
    for (const entry of entries) entry.failed(error);
  };

  const writeMonth = async (file: string): Promise<void> => {
    let entries: readonly Entry[] = [];
    try {
      await mkdir(folder, FOLDER);
      const handle = await retryAsideWhileBusy(() =>
        open(path.join(folder, file), 'a+', OWNER_ONLY),
      );
      try {
        const isWhole = wholeFiles.has(file) || (await endsWithNewline(handle));
        // As late as can be: what is left in the queue, `flush` can still write.
        entries = takeQueued(file);
        await handle.appendFile(linesOf(entries, isWhole));
        await handle.datasync();
      } finally {
        await handle.close();
      }
      written(file, entries);
    } catch (error) {
      failed(file, entries.length > 0 ? entries : takeQueued(file), error);
    }
  };

  const writeQueued = async (): Promise<void> => {
    isWriting = true;
    for (let next = queue[0]; next !== undefined; next = queue[0]) await writeMonth(next.file);
    isWriting = false;
  };

  return {
    append(receipt) {
      return new Promise((done, fail) => {
        const file = `${receipt.finishedAt.slice(0, 7)}.jsonl`;
        queue.push({ line: JSON.stringify(receipt), file, done, failed: fail });
        if (!isWriting) void writeQueued();
      });
    },
    flush(busyLimitMs) {
      const giveUpAt = performance.now() + busyLimitMs;
      for (const file of new Set(queue.map((entry) => entry.file))) {
        const entries = takeQueued(file);
        try {
          mkdirSync(folder, FOLDER);
          const lines = linesOf(entries, wholeFiles.has(file));
          appendSync(path.join(folder, file), lines, giveUpAt - performance.now());
          written(file, entries);
        } catch (error) {
          failed(file, entries, error);
        }
      }
    },
    async page({ after, limit, filter }) {
      const from = after === null ? null : readCursor(after);
      const isMatch = matcherOf(filter);
      const files = (await monthFiles(folder))
        .filter((file) => from === null || file <= from.file)
        .filter((file) => isWithin(file, filter))
        .toSorted()
        .toReversed();
      const page = { receipts: [] as Receipt[], next: null as string | null, unreadable: 0 };
      let skipped = 0;
      for (const file of files) {
        const end = from?.file === file ? from.offset : null;
        for await (const { line, lineEnd } of linesBackwards(path.join(folder, file), end)) {
          if (page.receipts.length === limit || skipped === MOST_SKIPPED) {
            return { ...page, next: `${file}:${lineEnd}` };
          }
          const receipt = readReceipt(line);
          if (receipt === null) page.unreadable += 1;
          else if (isMatch(receipt)) page.receipts.push(receipt);
          else skipped += 1;
        }
      }
      return page;
    },
    async prune(keptDays) {
      const oldestKept = new Date(now() - keptDays * DAY_MS).toISOString().slice(0, 7);
      for (const file of await monthFiles(folder)) {
        if (file.slice(0, 7) >= oldestKept) continue;
        await retryAsideWhileBusy(() => rm(path.join(folder, file), { force: true }));
      }
    },
  };
}

/** All receipts that match, newest first. A page may be empty, so that callers can stop a long search. */
export async function* everyPage(
  receipts: Pick<Receipts, 'page'>,
  filter: ResultsFilter,
): AsyncGenerator<readonly Receipt[]> {
  let after: string | null = null;
  do {
    const page = await receipts.page({ after, limit: PAGE_SIZE, filter });
    yield page.receipts;
    after = page.next;
  } while (after !== null);
}

function readCursor(cursor: string): { file: string; offset: number } {
  const [file = '', offset = ''] = cursor.split(':');
  if (!MONTH_FILE.test(file) || !/^\d+$/.test(offset))
    throw new RangeError('This is not the place of a page of results.');
  return { file, offset: Number(offset) };
}

/** Whether a month overlaps the filter's bounds. */
function isWithin(file: string, { from, to }: ResultsFilter): boolean {
  const year = Number(file.slice(0, 4));
  const month = Number(file.slice(5, 7));
  return (
    (from === null || from < Date.UTC(year, month)) &&
    (to === null || to >= Date.UTC(year, month - 1))
  );
}

async function monthFiles(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => MONTH_FILE.test(name));
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

/** After a line torn by a power loss, the next receipt needs a new line. Empty lines are not read. */
function linesOf(entries: readonly Entry[], isWhole: boolean): string {
  const lines = entries.map(({ line }) => `${line}\n`);
  return `${isWhole || lines.length === 0 ? '' : '\n'}${lines.join('')}`;
}

function appendSync(file: string, text: string, busyLimitMs: number): void {
  const descriptor = retryWhileBusy(() => openSync(file, 'a', OWNER_ONLY), busyLimitMs);
  try {
    writeFileSync(descriptor, text);
    fdatasyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

async function endsWithNewline(handle: FileHandle): Promise<boolean> {
  const { size } = await handle.stat();
  if (size === 0) return true;
  const { buffer } = await handle.read({ buffer: Buffer.alloc(1), position: size - 1 });
  return buffer[0] === 0x0a;
}

/** The lines of a file backwards from `end` (a byte offset, or null for all), without empty ones. */
async function* linesBackwards(
  file: string,
  end: number | null,
): AsyncGenerator<{ line: string; lineEnd: number }> {
  let handle: FileHandle;
  try {
    handle = await retryAsideWhileBusy(() => open(file, 'r'));
  } catch (error) {
    // Pruned between listing and reading.
    if (isMissing(error)) return;
    throw error;
  }
  try {
    const { size } = await handle.stat();
    let position = Math.min(end ?? size, size);
    // The part of the current line that has been read.
    let tail: Buffer = Buffer.alloc(0);
    while (position > 0) {
      const length = Math.min(CHUNK_BYTES, position);
      position -= length;
      const { buffer } = await handle.read({ buffer: Buffer.alloc(length), position });
      tail = Buffer.concat([buffer, tail]);
      let newline = tail.lastIndexOf(0x0a);
      while (newline !== -1) {
        const line = tail.toString('utf8', newline + 1);
        if (line !== '') yield { line, lineEnd: position + tail.length };
        tail = tail.subarray(0, newline);
        newline = tail.lastIndexOf(0x0a);
      }
    }
    if (tail.length > 0) yield { line: tail.toString('utf8'), lineEnd: tail.length };
  } finally {
    await handle.close();
  }
}

function readReceipt(line: string): Receipt | null {
  try {
    return receiptSchema.parse(JSON.parse(line));
  } catch {
    // The caller counts it as unreadable.
    return null;
  }
}
