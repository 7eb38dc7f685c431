import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createReceipts, type Receipts } from '../../main/results/receipts.ts';
import { ALL_RESULTS } from '../../main/results/filter.ts';
import { receipt } from '../support/receipts.ts';
import { withDataDir } from './apps.ts';
import type { Bench, Row } from './figure.ts';
import { now } from './now.ts';

const MANY = 100_000;
const FEW = 100;
const PAGE = 50;
/** Each is too short to be told from the clock's and the disk's own noise: this many make a round. */
const TIMES = 20;

/** Adding a receipt and reading the newest page, with many receipts beside few. */
export async function receipts({ rounds }: Bench): Promise<Row[]> {
  return withDataDir((large) =>
    withDataDir(async (small) => {
      const many = await filled(large, MANY);
      const few = await filled(small, FEW);
      const row = { baseline: `at ${FEW}`, unit: 'ms', aim: { kind: 'ratio', most: 1.2 } } as const;
      const append = await inTurns(rounds, (of) => of.append(receipt()), many, few);
      const page = await inTurns(
        rounds,
        (of) => of.page({ after: null, limit: PAGE, filter: ALL_RESULTS }),
        many,
        few,
      );
      const at = `at ${MANY.toLocaleString('en')} receipts`;
      return [
        { ...row, figure: `adding a receipt, ${at}`, ...append },
        { ...row, figure: `reading the newest page, ${at}`, ...page },
      ];
    }),
  );
}

/** A store with so many receipts, all in one month. */
async function filled(folder: string, count: number): Promise<Receipts> {
  const lines = Array.from({ length: count }, (_, index) =>
    JSON.stringify(receipt({ id: `${index}` })),
  );
  await writeFile(path.join(folder, '2026-07.jsonl'), `${lines.join('\n')}\n`);
  return createReceipts(folder, Date.now);
}

async function inTurns(
  rounds: number,
  act: (receipts: Receipts) => Promise<unknown>,
  many: Receipts,
  few: Receipts,
): Promise<{ measured: number[]; baselineMeasured: number[] }> {
  const timed = async (of: Receipts): Promise<number> => {
    const before = now();
    for (let time = 0; time < TIMES; time += 1) await act(of);
    return (now() - before) / TIMES;
  };
  const measured: number[] = [];
  const baselineMeasured: number[] = [];
  await timed(many);
  await timed(few);
  for (let round = 0; round < rounds; round += 1) {
    measured.push(await timed(many));
    baselineMeasured.push(await timed(few));
  }
  return { measured, baselineMeasured };
}
