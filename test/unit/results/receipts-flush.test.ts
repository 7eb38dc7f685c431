import { openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import type { Receipt } from '../../../main/results/receipt.ts';
import { createReceipts } from '../../../main/results/receipts.ts';
import { receipt } from '../../support/receipts.ts';
import { tempFolder } from '../../support/temp-folder.ts';

vi.mock('node:fs', { spy: true });
beforeEach(() => vi.resetAllMocks());

const busy = (): never => {
  throw Object.assign(new Error('EBUSY'), { code: 'EBUSY' });
};

/** A receipt of that month; its id is the month. */
const receiptOf = (month: string): Receipt =>
  receipt({ id: month, finishedAt: `${month}-22T12:00:00.000Z` });

/** Receipts that are to be written, one in each of these months, in a turn of the event loop that has not ended. */
function appending(...months: readonly string[]) {
  const folder = path.join(tempFolder(), 'receipts');
  const receipts = createReceipts(folder, () => 0);
  const appended = Promise.allSettled(months.map((month) => receipts.append(receiptOf(month))));
  return {
    receipts,
    appended,
    idsIn: (month: string) =>
      readFileSync(path.join(folder, `${month}.jsonl`), 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line): unknown => (JSON.parse(line) as Receipt).id),
  };
}

test('receipts that are flushed are on the disk by then, and once', async () => {
  const { receipts, appended, idsIn } = appending('2026-11', '2026-12');
  receipts.flush(0);
  expect([idsIn('2026-11'), idsIn('2026-12')]).toEqual([['2026-11'], ['2026-12']]);
  expect((await appended).map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
  expect([idsIn('2026-11'), idsIn('2026-12')]).toEqual([['2026-11'], ['2026-12']]);
});

test('a virus scanner that has their file open is waited for', () => {
  const { receipts, idsIn } = appending('2026-11');
  vi.mocked(openSync).mockImplementationOnce(busy).mockImplementationOnce(busy);
  receipts.flush(60_000);
  expect(idsIn('2026-11')).toEqual(['2026-11']);
});

test('one that keeps it open is not waited for any longer, not for the next file either', async () => {
  const { receipts, appended } = appending('2026-11', '2026-12');
  vi.mocked(openSync).mockImplementation(busy);
  receipts.flush(25);
  const opened = vi.mocked(openSync).mock.calls.map(([file]) => path.basename(String(file)));
  expect(opened.filter((file) => file === '2026-12.jsonl')).toHaveLength(1);
  expect(await appended).toMatchObject([
    { reason: { code: 'EBUSY' } },
    { reason: { code: 'EBUSY' } },
  ]);
});
