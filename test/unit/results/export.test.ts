import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  writeFileSync,
} from 'node:fs';
import { open, rename } from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { csvHeader, csvRecord } from '../../../main/results/receipt-csv.ts';
import type { Receipt } from '../../../main/results/receipt.ts';
import { createReceipts } from '../../../main/results/receipts.ts';
import { ALL_RESULTS, type ResultsFilter } from '../../../main/results/filter.ts';
import { type ExportEnd, type ExportFormat, exportResults } from '../../../main/results/export.ts';
import { failedReceipt, receipt } from '../../support/receipts.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { longestTurnDuring } from '../../support/turns.ts';

vi.mock('node:fs/promises', { spy: true });
beforeEach(() => vi.resetAllMocks());

function onWindows(): void {
  const platform = vi.spyOn(process, 'platform', 'get').mockReturnValue('win32');
  onTestFinished(() => platform.mockRestore());
}

interface Choices {
  readonly format?: ExportFormat;
  readonly filter?: ResultsFilter;
  /** What the clock shows, time after time. */
  readonly monotonic?: () => number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (written: number) => void;
}

/** Receipts on the disk, oldest first, and a folder to export them to. */
function createWorld(made: readonly Receipt[]) {
  const folder = tempFolder();
  const target = path.join(folder, 'exports');
  const file = path.join(target, 'results');
  mkdirSync(target);
  const lines = made.map((one) => `${JSON.stringify(one)}\n`);
  writeFileSync(path.join(folder, '2026-07.jsonl'), lines.join(''));
  return {
    target,
    file,
    export({
      format = 'json',
      filter = ALL_RESULTS,
      monotonic = () => 0,
      signal = new AbortController().signal,
      onProgress = () => undefined,
    }: Choices = {}): Promise<ExportEnd> {
      return exportResults(
        { filter, format, file },
        { receipts: createReceipts(folder, Date.now), monotonic, onProgress, signal },
      );
    },
    exported: () => readFileSync(file, 'utf8'),
  };
}

const many = (count: number): Receipt[] =>
  Array.from({ length: count }, (_, n) => receipt({ id: `${n}` }));

describe('a file of JSON', () => {
  test('has every receipt, newest first', async () => {
    const made = many(1_234);
    const world = createWorld(made);
    expect(await world.export()).toEqual({ end: 'saved', count: 1_234, fileName: 'results' });
    expect(JSON.parse(world.exported())).toEqual(made.toReversed());
  });

  test('has a line for each', async () => {
    const world = createWorld(many(2));
    await world.export();
    expect(world.exported().split('\n')).toHaveLength(5);
  });

  test('of none is an empty array', async () => {
    const world = createWorld([]);
    await world.export();
    expect(JSON.parse(world.exported())).toEqual([]);
  });
});

describe('a file of CSV', () => {
  test('has a byte order mark, the header, and every receipt, newest first', async () => {
    const made = many(1_234);
    const world = createWorld(made);
    await world.export({ format: 'csv' });
    const records = made.toReversed().map(csvRecord).join('');
    expect(world.exported()).toBe(`\ufeff${csvHeader()}${records}`);
  });

  test('of none has the header', async () => {
    const world = createWorld([]);
    await world.export({ format: 'csv' });
    expect(world.exported()).toBe(`\ufeff${csvHeader()}`);
  });
});

test('what the filter leaves out is not in it', async () => {
  const world = createWorld([receipt(), failedReceipt({ id: 'failed' })]);
  const filter: ResultsFilter = { ...ALL_RESULTS, outcomes: ['refused'] };
  expect(await world.export({ filter })).toMatchObject({ count: 1 });
  expect(JSON.parse(world.exported())).toMatchObject([{ id: 'failed' }]);
});

test('nothing else is left beside it', async () => {
  const world = createWorld(many(1));
  await world.export();
  expect(readdirSync(world.target)).toEqual(['results']);
});

test('a file of somebody else’s that is named like its own beginnings is left alone', async () => {
  const world = createWorld(many(1));
  writeFileSync(`${world.file}.part`, 'precious');
  await world.export();
  expect(readFileSync(`${world.file}.part`, 'utf8')).toBe('precious');
});

test('a file that is there already is replaced', async () => {
  const world = createWorld([]);
  writeFileSync(world.file, 'before');
  await world.export();
  expect(world.exported()).toBe('[\n]\n');
});

describe('progress', () => {
  test('is told no more often than every 200 ms', async () => {
    let now = 0;
    const told: number[] = [];
    await createWorld(many(5_000)).export({
      monotonic: () => (now += 50),
      onProgress: () => told.push(now),
    });
    expect(told.length).toBeGreaterThan(1);
    const pauses = told.slice(1).map((at, index) => at - (told[index] ?? 0));
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(200);
  });

  test('is how many are written', async () => {
    let now = 0;
    const told: number[] = [];
    await createWorld(many(500)).export({
      monotonic: () => (now += 200),
      onProgress: (written) => told.push(written),
    });
    expect(told).toEqual([200, 400, 500]);
  });
});

describe('a cancelled export', () => {
  /** Cancelled once something is written. */
  async function cancelled(world: ReturnType<typeof createWorld>): Promise<ExportEnd> {
    const cancel = new AbortController();
    let now = 0;
    return world.export({
      monotonic: () => (now += 200),
      onProgress: () => cancel.abort(),
      signal: cancel.signal,
    });
  }

  test('leaves no file', async () => {
    const world = createWorld(many(2_000));
    expect(await cancelled(world)).toEqual({ end: 'cancelled' });
    expect(readdirSync(world.target)).toEqual([]);
  });

  test('leaves a file that was there before as it was', async () => {
    const world = createWorld(many(2_000));
    writeFileSync(world.file, 'before');
    await cancelled(world);
    expect(world.exported()).toBe('before');
  });

  test('before it began leaves nothing either', async () => {
    const world = createWorld(many(1));
    expect(await world.export({ signal: AbortSignal.abort() })).toEqual({ end: 'cancelled' });
    expect(readdirSync(world.target)).toEqual([]);
  });

  test('is cancelled even when it was at its end', async () => {
    const world = createWorld(many(1));
    expect(await cancelled(world)).toEqual({ end: 'cancelled' });
    expect(existsSync(world.file)).toBe(false);
  });
});

describe('an export over a file that another program has open', () => {
  const refuse = (code: string) => (): never => {
    throw Object.assign(new Error(code), { code });
  };

  test('waits for a virus scanner', async () => {
    const world = createWorld([]);
    vi.mocked(rename).mockImplementationOnce(refuse('EBUSY'));
    expect(await world.export()).toMatchObject({ end: 'saved' });
  });

  test.each(['EBUSY', 'EPERM', 'EACCES'])('says so, where Windows says %s', async (code) => {
    const world = createWorld(many(1));
    writeFileSync(world.file, 'open in Excel');
    vi.mocked(rename).mockImplementation(refuse(code));
    onWindows();
    expect(await world.export()).toEqual({ end: 'failed', why: 'in-use', code });
    expect(world.exported()).toBe('open in Excel');
    expect(readdirSync(world.target)).toEqual(['results']);
  });
});

describe('an export that fails', () => {
  test('says that the folder may not be written to, on Windows as well', async () => {
    const world = createWorld(many(1));
    const refusal = Object.assign(new Error('EPERM'), { code: 'EPERM' });
    vi.mocked(open).mockRejectedValueOnce(refusal).mockRejectedValueOnce(refusal);
    onWindows();
    expect(await world.export()).toEqual({ end: 'failed', why: 'not-allowed', code: 'EPERM' });
  });

  test('says that the folder is gone', async () => {
    const world = createWorld(many(1));
    rmdirSync(world.target);
    expect(await world.export()).toEqual({ end: 'failed', why: 'folder-gone', code: 'ENOENT' });
  });

  test('leaves nothing behind', async () => {
    const world = createWorld(many(1));
    mkdirSync(world.file);
    // Windows refuses to replace a folder as it does a file that is open.
    const why = process.platform === 'win32' ? 'in-use' : 'other';
    expect(await world.export()).toMatchObject({ end: 'failed', why });
    expect(readdirSync(world.target)).toEqual(['results']);
  });
});

test('a large export does not keep the process from other work', async () => {
  const world = createWorld(many(20_000));
  const longest = await longestTurnDuring(() => world.export({ format: 'csv' }));
  expect(longest).toBeLessThan(100);
});
