import {
  appendFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { type Receipt, receiptSchema } from '../../../main/results/receipt.ts';
import { createReceipts, type Receipts } from '../../../main/results/receipts.ts';
import { ALL_RESULTS, type ResultsFilter } from '../../../main/results/filter.ts';
import fc from '../../support/property.ts';
import { receipt } from '../../support/receipts.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { longestTurnDuring } from '../../support/turns.ts';

/** What a system says of a file to append to that is a folder; Windows refuses to open it, Wine to write to it. */
const IS_A_FOLDER = process.platform === 'win32' ? /EPERM|EBADF/ : /EISDIR/;

const NOW = Date.UTC(2026, 10, 22);
const DAY_MS = 24 * 60 * 60 * 1000;

/** Receipts in a folder that is not there yet. */
function createWorld({ now = NOW } = {}) {
  const folder = path.join(tempFolder(), 'receipts');
  return {
    folder,
    file: (month: string) => path.join(folder, `${month}.jsonl`),
    receipts: createReceipts(folder, () => now),
    /** What the app finds at its next start. */
    reopen: () => createReceipts(folder, () => now),
  };
}

/** Ids of all receipts, page by page, and how many lines could not be read. */
async function readAll(receipts: Receipts, limit = 100, filter: ResultsFilter = ALL_RESULTS) {
  const pages: string[][] = [];
  let unreadable = 0;
  let after: string | null = null;
  do {
    const page: Awaited<ReturnType<Receipts['page']>> = await receipts.page({
      after,
      limit,
      filter,
    });
    pages.push(page.receipts.map(({ id }) => id));
    unreadable += page.unreadable;
    after = page.next;
  } while (after !== null);
  return { ids: pages.flat(), pages, unreadable };
}

/** Appends these one after the other. */
async function appendAll(receipts: Receipts, made: readonly Receipt[]): Promise<void> {
  for (const one of made) {
    await receipts.append(one);
  }
}

/** A receipt of a sign-off that was over at that time. */
function receiptAt(finishedAt: string | number, id = 'a'): Receipt {
  const time = new Date(finishedAt).toISOString();
  return receipt({ id, startedAt: time, finishedAt: time });
}

/** Every open file's flush of its content; `folder` is for a file to find it by. */
async function spyOnFlush(folder: string) {
  const handle = await open(path.join(folder, 'any'), 'w');
  const flush = vi.spyOn(Object.getPrototypeOf(handle) as FileHandle, 'datasync');
  await handle.close();
  onTestFinished(() => flush.mockRestore());
  return flush;
}

const november = (id: string): Receipt => receiptAt('2026-11-22T12:00:00Z', id);

describe('a receipt', () => {
  test('is told to be there once it outlasts a power loss', async () => {
    const { receipts, folder, file } = createWorld();
    const flushed = Promise.withResolvers<undefined>();
    const flush = await spyOnFlush(path.dirname(folder));
    flush.mockReturnValue(flushed.promise);
    let isDone = false;
    const appended = receipts.append(november('a')).finally(() => (isDone = true));
    await vi.waitFor(() => expect(flush).toHaveBeenCalled());
    expect(readFileSync(file('2026-11'), 'utf8')).toContain('"id":"a"');
    expect(isDone).toBe(false);
    flushed.resolve(undefined);
    await appended;
  });

  test('comes back as it was appended', async () => {
    const { receipts } = createWorld();
    const made: Receipt = {
      ...november('a'),
      outcome: 'refused',
      implausible: ['The server says that it finished before it started.'],
      error: { code: 'BUSY', message: 'Nicht "jetzt" —\n später\u2028 \ud83d\udc4b', status: 200 },
    };
    await receipts.append(made);
    expect(await receipts.page({ after: null, limit: 10, filter: ALL_RESULTS })).toEqual({
      receipts: [made],
      next: null,
      unreadable: 0,
    });
  });

  test('is on the disk, as one whole line, when it was appended', async () => {
    const { receipts, file } = createWorld();
    await receipts.append(november('a'));
    const text = readFileSync(file('2026-11'), 'utf8');
    expect(text.endsWith('\n')).toBe(true);
    expect(receiptSchema.parse(JSON.parse(text))).toEqual(november('a'));
  });

  test('is there for the next start', async () => {
    const { receipts, reopen } = createWorld();
    await receipts.append(november('a'));
    expect((await readAll(reopen())).ids).toEqual(['a']);
  });

  test('goes to the file of the month in which it was finished, in UTC', async () => {
    const { receipts, folder } = createWorld();
    await appendAll(receipts, [
      receiptAt('2026-11-30T23:59:59.999Z', 'a'),
      receiptAt('2026-12-01T00:00:00Z', 'b'),
    ]);
    expect(readdirSync(folder).toSorted()).toEqual(['2026-11.jsonl', '2026-12.jsonl']);
  });

  test.skipIf(process.platform === 'win32')('is for its owner only', async () => {
    const { receipts, folder, file } = createWorld();
    await receipts.append(november('a'));
    const modes = [folder, file('2026-11')].map((name) => statSync(name).mode & 0o777);
    expect(modes).toEqual([0o700, 0o600]);
  });

  test('that cannot be written is told with what the disk says, and harms no other', async () => {
    const { receipts, folder, file } = createWorld();
    mkdirSync(file('2026-10'), { recursive: true });
    const results = await Promise.allSettled([
      receipts.append(receiptAt('2026-10-01', 'a')),
      receipts.append(november('b')),
    ]);
    expect(results).toMatchObject([
      { status: 'rejected', reason: { code: expect.stringMatching(IS_A_FOLDER) } },
      { status: 'fulfilled' },
    ]);
    expect(readdirSync(folder)).toContain('2026-11.jsonl');
    await receipts.append(november('c'));
    expect(readFileSync(file('2026-11'), 'utf8').trim().split('\n')).toHaveLength(2);
  });
});

describe('reading', () => {
  test('finds nothing where nothing was ever written', async () => {
    const { receipts } = createWorld();
    expect(await receipts.page({ after: null, limit: 10, filter: ALL_RESULTS })).toEqual({
      receipts: [],
      next: null,
      unreadable: 0,
    });
  });

  test('gives the newest first, over several months', async () => {
    const { receipts } = createWorld();
    const months = ['2025-12', '2026-09', '2026-10', '2026-11'];
    await appendAll(
      receipts,
      months.flatMap((month) => [1, 2].map((n) => receiptAt(`${month}-0${n}`, `${month}-0${n}`))),
    );
    expect((await readAll(receipts)).ids).toEqual(
      months.flatMap((month) => [1, 2].map((n) => `${month}-0${n}`)).toReversed(),
    );
  });

  test('is done in pages, each beginning where the one before ended', async () => {
    const { receipts } = createWorld();
    await appendAll(receipts, [
      receiptAt('2026-10-01', 'a'),
      receiptAt('2026-10-02', 'b'),
      ...['c', 'd', 'e'].map(november),
    ]);
    expect((await readAll(receipts, 2)).pages).toEqual([['e', 'd'], ['c', 'b'], ['a']]);
  });

  test('has no empty page at the end, even where a page or a month is just full', async () => {
    const { receipts } = createWorld();
    await appendAll(receipts, [
      receiptAt('2026-10-01', 'a'),
      receiptAt('2026-10-02', 'b'),
      ...['c', 'd'].map(november),
    ]);
    expect((await readAll(receipts, 2)).pages).toEqual([
      ['d', 'c'],
      ['b', 'a'],
    ]);
  });

  test('goes on where it was, whatever is appended meanwhile', async () => {
    const { receipts } = createWorld();
    await appendAll(receipts, ['a', 'b', 'c'].map(november));
    const first = await receipts.page({ after: null, limit: 2, filter: ALL_RESULTS });
    await appendAll(receipts, [november('d'), receiptAt('2026-12-01', 'e')]);
    const second = await receipts.page({ after: first.next, limit: 2, filter: ALL_RESULTS });
    expect([first, second].map((page) => page.receipts.map(({ id }) => id))).toEqual([
      ['c', 'b'],
      ['a'],
    ]);
  });

  test('goes on with the months before one that was deleted meanwhile', async () => {
    const { receipts, file, reopen } = createWorld({ now: Date.UTC(2026, 11, 31) });
    await appendAll(receipts, [
      receiptAt('2026-08-01', 'a'),
      ...['b', 'c'].map((id) => receiptAt('2026-09-01', id)),
    ]);
    const { next } = await receipts.page({ after: null, limit: 1, filter: ALL_RESULTS });
    expect(next).toContain('2026-09');
    await reopen().prune(90);
    writeFileSync(file('2026-07'), `${JSON.stringify(receiptAt('2026-07-01', 'older'))}\n`);
    const { receipts: found } = await receipts.page({
      after: next,
      limit: 10,
      filter: ALL_RESULTS,
    });
    expect(found.map(({ id }) => id)).toEqual(['older']);
  });

  test('takes lines longer than what is read at a time', async () => {
    const { receipts } = createWorld();
    const long = { code: 'LONG', message: '第'.repeat(100_000), status: null };
    const made = ['a', 'b'].map((id) => ({ ...november(id), error: long }));
    await appendAll(receipts, made);
    expect((await receipts.page({ after: null, limit: 10, filter: ALL_RESULTS })).receipts).toEqual(
      made.toReversed(),
    );
  });

  test.for([
    '',
    'x',
    '2026-11.jsonl',
    '2026-11.jsonl:',
    '2026-11.jsonl:x',
    '2026-11.jsonl:-1',
    '../x:1',
  ])('from %j, which is no place of a page, is turned down', async (after) => {
    const { receipts } = createWorld();
    await expect(receipts.page({ after, limit: 1, filter: ALL_RESULTS })).rejects.toThrow(
      RangeError,
    );
  });

  test('passes over files that are none of its own', async () => {
    const { receipts, folder } = createWorld();
    await receipts.append(november('a'));
    for (const name of ['notes.txt', '2026-11.jsonl.bak', 'x2026-11.jsonl']) {
      writeFileSync(path.join(folder, name), 'junk\n');
    }
    expect(await readAll(receipts)).toMatchObject({ ids: ['a'], unreadable: 0 });
  });

  test('yields each receipt exactly once, newest first, whatever the page and the line lengths', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ month: fc.integer({ min: 1, max: 3 }), length: fc.nat(90_000) }), {
          maxLength: 12,
        }),
        fc.integer({ min: 1, max: 5 }),
        async (lines, limit) => {
          const { receipts } = createWorld();
          const made = lines
            .toSorted((a, b) => a.month - b.month)
            .map(({ month, length }, n) => ({
              ...receiptAt(`2026-0${month}-01`, `${n}`),
              label: 'ü'.repeat(length),
            }));
          await Promise.all(made.map((one) => receipts.append(one)));
          const { ids, pages } = await readAll(receipts, limit);
          expect(ids).toEqual(made.map(({ id }) => id).toReversed());
          expect(pages.slice(0, -1).every((page) => page.length === limit)).toBe(true);
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe('a filter', () => {
  const refused: ResultsFilter = { ...ALL_RESULTS, outcomes: ['refused'] };
  const between = (from: string | null, to: string | null): ResultsFilter => ({
    ...ALL_RESULTS,
    from: from === null ? null : Date.parse(from),
    to: to === null ? null : Date.parse(to),
  });

  test('leaves in what it means, in every month', async () => {
    const { receipts } = createWorld();
    await appendAll(receipts, [
      { ...receiptAt('2026-10-01', 'a'), outcome: 'refused' },
      receiptAt('2026-10-02', 'b'),
      { ...november('c'), outcome: 'refused' },
      november('d'),
    ]);
    expect((await readAll(receipts, 100, refused)).ids).toEqual(['c', 'a']);
  });

  test('fills its pages with what it means', async () => {
    const { receipts } = createWorld();
    const made = Array.from({ length: 12 }, (_, n): Receipt => ({
      ...november(`${n}`),
      outcome: n % 3 === 0 ? 'refused' : 'ended',
    }));
    await appendAll(receipts, made);
    const { receipts: found, next } = await receipts.page({
      after: null,
      limit: 2,
      filter: refused,
    });
    expect(found.map(({ id }) => id)).toEqual(['9', '6']);
    const rest = await receipts.page({ after: next, limit: 10, filter: refused });
    expect([rest.receipts.map(({ id }) => id), rest.next]).toEqual([['3', '0'], null]);
  });

  test.for<[from: string | null, to: string | null, ids: string[]]>([
    [null, null, ['n', 'o', 's']],
    ['2026-10-01T00:00:00Z', null, ['n', 'o']],
    ['2026-11-01T00:00:00Z', null, ['n']],
    [null, '2026-10-31T23:59:59.999Z', ['o', 's']],
    [null, '2026-09-30T23:59:59.999Z', ['s']],
    ['2026-10-01T00:00:00Z', '2026-10-31T23:59:59.999Z', ['o']],
    ['2026-12-01T00:00:00Z', null, []],
    ['2026-11-01T00:00:00Z', '2026-10-01T00:00:00Z', []],
  ])('from %s to %s leaves in %j', async ([from, to, ids]) => {
    const { receipts } = createWorld();
    await appendAll(receipts, [
      receiptAt('2026-09-30T23:59:59.999Z', 's'),
      receiptAt('2026-10-31T23:59:59.999Z', 'o'),
      receiptAt('2026-11-01T00:00:00.000Z', 'n'),
    ]);
    expect((await readAll(receipts, 100, between(from, to))).ids).toEqual(ids);
  });

  test('does not open a month outside its bounds', async () => {
    const { receipts, file } = createWorld();
    await receipts.append(november('a'));
    for (const month of ['2026-10', '2026-12']) mkdirSync(file(month));
    const within = between('2026-11-01T00:00:00Z', '2026-11-30T23:59:59.999Z');
    expect((await readAll(receipts, 100, within)).ids).toEqual(['a']);
  });

  test('goes on from a page that ended in a month before its bounds', async () => {
    const { receipts } = createWorld();
    await appendAll(receipts, [receiptAt('2026-10-01', 'a'), receiptAt('2026-10-02', 'b')]);
    const { next } = await receipts.page({ after: null, limit: 1, filter: ALL_RESULTS });
    const filter = between('2026-11-01T00:00:00Z', null);
    expect(await receipts.page({ after: next, limit: 1, filter })).toMatchObject({
      receipts: [],
      next: null,
    });
  });

  test('yields exactly what it means, newest first, whatever the page', async () => {
    const outcome = fc.constantFrom('ended' as const, 'refused' as const);
    await fc.assert(
      fc.asyncProperty(
        fc.array(outcome, { maxLength: 30 }),
        fc.integer({ min: 1, max: 5 }),
        async (outcomes, limit) => {
          const { receipts } = createWorld();
          const made = outcomes.map((one, n) => ({ ...november(`${n}`), outcome: one }));
          await Promise.all(made.map((one) => receipts.append(one)));
          expect((await readAll(receipts, limit, refused)).ids).toEqual(
            made
              .filter((one) => one.outcome === 'refused')
              .map(({ id }) => id)
              .toReversed(),
          );
        },
      ),
      { numRuns: 30 },
    );
  });

  describe('of something rare among very many', () => {
    const COUNT = 45_000;

    /** The oldest is the only one that was refused. */
    function createLargeWorld() {
      const world = createWorld();
      const lines = Array.from({ length: COUNT }, (_, n) =>
        JSON.stringify({ ...november(`${n}`), outcome: n === 0 ? 'refused' : 'ended' }),
      );
      mkdirSync(world.folder);
      writeFileSync(world.file('2026-11'), `${lines.join('\n')}\n`);
      return world;
    }

    test('ends a page before it was found, and finds it on a later one', async () => {
      const { pages } = await readAll(createLargeWorld().receipts, 10, refused);
      expect(pages).toEqual([[], [], ['0']]);
    });

    test('does not keep the process from other work', async () => {
      const { receipts } = createLargeWorld();
      const longest = await longestTurnDuring(() => readAll(receipts, 10, refused));
      expect(longest).toBeLessThan(100);
    });
  });
});

test('a receipt of before replies were kept is read as one without', async () => {
  const { receipts, folder, file } = createWorld();
  const { reply: _, ...old } = november('a');
  mkdirSync(folder);
  writeFileSync(file('2026-11'), `${JSON.stringify(old)}\n`);
  const page = await receipts.page({ after: null, limit: 10, filter: ALL_RESULTS });
  expect(page).toEqual({ receipts: [{ ...old, reply: null }], next: null, unreadable: 0 });
});

describe('what could not be read', () => {
  test('is a torn last line: it is counted, and the receipts before it are there', async () => {
    const { receipts, file, reopen } = createWorld();
    await appendAll(receipts, ['a', 'b'].map(november));
    appendFileSync(file('2026-11'), JSON.stringify(november('c')).slice(0, -20));
    expect(await readAll(reopen())).toMatchObject({ ids: ['b', 'a'], unreadable: 1 });
  });

  test.for([1, 10, 100])(
    'is not glued to what is appended next (torn %d bytes in)',
    async (length) => {
      const { receipts, file, reopen } = createWorld();
      await receipts.append(november('a'));
      appendFileSync(file('2026-11'), JSON.stringify(november('b')).slice(0, length));
      await appendAll(reopen(), ['c', 'd'].map(november));
      expect(await readAll(reopen())).toMatchObject({ ids: ['d', 'c', 'a'], unreadable: 1 });
    },
  );

  test('is not a last line that only lacks its end', async () => {
    const { receipts, file, reopen } = createWorld();
    await receipts.append(november('a'));
    appendFileSync(file('2026-11'), JSON.stringify(november('b')));
    await reopen().append(november('c'));
    expect(await readAll(reopen())).toMatchObject({ ids: ['c', 'b', 'a'], unreadable: 0 });
  });

  test('is a tail of zeros, as some file systems leave after a power loss', async () => {
    const { receipts, file, reopen } = createWorld();
    await receipts.append(november('a'));
    appendFileSync(file('2026-11'), Buffer.alloc(500));
    await reopen().append(november('b'));
    expect(await readAll(reopen())).toMatchObject({ ids: ['b', 'a'], unreadable: 1 });
  });

  test.for([
    ['text', 'junk'],
    ['other JSON', '{"id":"x"}'],
    ['an older or newer form', JSON.stringify({ ...november('x'), outcome: 'exploded' })],
    ['a time that is none', JSON.stringify({ ...november('x'), finishedAt: 'yesterday' })],
    ['invalid UTF-8', Buffer.from([0xff, 0xfe, 0x80, 0xc3])],
    ['half a character', Buffer.from('{"id":"ü').subarray(0, -1)],
    ['a line of a megabyte', 'x'.repeat(1_000_000)],
  ] as const)('is %s in the middle, which costs nothing around it', async ([, junk]) => {
    const { receipts, file, reopen } = createWorld();
    await receipts.append(november('a'));
    appendFileSync(file('2026-11'), Buffer.concat([Buffer.from(junk), Buffer.from('\n')]));
    await reopen().append(november('b'));
    expect(await readAll(reopen(), 1)).toMatchObject({ ids: ['b', 'a'], unreadable: 1 });
  });

  test('is not an empty line, nor the return of a Windows editor', async () => {
    const { receipts, file, reopen } = createWorld();
    await receipts.append(november('a'));
    appendFileSync(file('2026-11'), `\n\n${JSON.stringify(november('b'))}\r\n`);
    expect(await readAll(reopen())).toMatchObject({ ids: ['b', 'a'], unreadable: 0 });
  });

  test('does not take the place of a receipt on a page', async () => {
    const { receipts, file, reopen } = createWorld();
    await receipts.append(november('a'));
    appendFileSync(file('2026-11'), 'junk\njunk\n');
    await reopen().append(november('b'));
    const page = await reopen().page({ after: null, limit: 2, filter: ALL_RESULTS });
    expect([page.receipts.map(({ id }) => id), page.unreadable, page.next]).toEqual([
      ['b', 'a'],
      2,
      null,
    ]);
  });
});

test('a file that could not be written is not trusted to end whole', async () => {
  const { receipts, file } = createWorld();
  await receipts.append(november('a'));
  const whole = readFileSync(file('2026-11'));
  rmSync(file('2026-11'));
  mkdirSync(file('2026-11'));
  await expect(receipts.append(november('b'))).rejects.toThrow(IS_A_FOLDER);
  rmdirSync(file('2026-11'));
  // As a disk that was full half-way through leaves it.
  writeFileSync(file('2026-11'), Buffer.concat([whole, Buffer.from('{"id":"b","he')]));
  await receipts.append(november('c'));
  expect(await readAll(receipts)).toMatchObject({ ids: ['c', 'a'], unreadable: 1 });
});

describe('many appends at once', () => {
  test('are all on the disk when they resolve, each whole and in order', async () => {
    const { receipts, reopen } = createWorld();
    const ids = Array.from({ length: 200 }, (_, n) => `${n}`);
    await Promise.all(ids.map((id) => receipts.append(november(id))));
    expect(await readAll(reopen())).toMatchObject({ ids: ids.toReversed(), unreadable: 0 });
  });

  test('that come while others are written are written too', async () => {
    const { receipts } = createWorld();
    const first = receipts.append(november('a'));
    const second = first.then(() => receipts.append(november('c')));
    await Promise.all([first, receipts.append(november('b')), second]);
    expect((await readAll(receipts)).ids).toEqual(['c', 'b', 'a']);
  });
});

describe('pruning', () => {
  test('deletes a month only when its last day is 90 days ago, and every one before', async () => {
    // 90 days after the last instant of July.
    const end = Date.UTC(2026, 7, 1) + 90 * DAY_MS;
    const months = ['2025-07', '2026-06', '2026-07', '2026-08', '2026-10'];
    const left = async (now: number): Promise<string[]> => {
      const { receipts } = createWorld({ now });
      await appendAll(
        receipts,
        months.map((month) => receiptAt(`${month}-01`, month)),
      );
      await receipts.prune(90);
      return (await readAll(receipts)).ids;
    };
    expect(await left(end - 1)).toEqual(['2026-10', '2026-08', '2026-07']);
    expect(await left(end)).toEqual(['2026-10', '2026-08']);
  });

  test('keeps every receipt for 90 days at least, whenever it is done', async () => {
    const instant = fc.date({
      min: new Date('2024-01-01'),
      max: new Date('2030-01-01'),
      noInvalidDate: true,
    });
    await fc.assert(
      fc.asyncProperty(instant, fc.nat(90 * DAY_MS), async (now, age) => {
        const { receipts } = createWorld({ now: now.getTime() });
        await receipts.append(receiptAt(now.getTime() - age));
        await receipts.prune(90);
        expect((await readAll(receipts)).ids).toHaveLength(1);
      }),
      { numRuns: 50 },
    );
  });

  test.for([
    [7, ['2026-11']],
    [30, ['2026-11', '2026-10']],
    [3650, ['2026-11', '2026-10', '2026-09']],
  ] as const)('for %d days leaves %j in November', async ([days, months]) => {
    const { receipts } = createWorld();
    await appendAll(
      receipts,
      ['2026-09', '2026-10', '2026-11'].map((month) => receiptAt(`${month}-01`, month)),
    );
    await receipts.prune(days);
    expect((await readAll(receipts)).ids).toEqual(months);
  });

  test('leaves files alone that are none of its own', async () => {
    const { receipts, folder } = createWorld();
    await receipts.append(receiptAt('2020-01-01'));
    writeFileSync(path.join(folder, '2020-01.jsonl.bak'), '');
    await receipts.prune(90);
    expect(readdirSync(folder)).toEqual(['2020-01.jsonl.bak']);
  });

  test('does nothing where nothing was ever written', async () => {
    const { receipts, folder } = createWorld();
    await receipts.prune(90);
    expect(readdirSync(path.dirname(folder))).toEqual([]);
  });

  test('does not keep a month from being written again', async () => {
    const { receipts } = createWorld();
    await receipts.append(receiptAt('2020-01-01', 'a'));
    await receipts.prune(90);
    await receipts.append(receiptAt('2020-01-02', 'b'));
    expect(await readAll(receipts)).toMatchObject({ ids: ['b'], unreadable: 0 });
  });
});
