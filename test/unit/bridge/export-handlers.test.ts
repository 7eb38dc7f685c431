import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { createExportHandlers } from '../../../main/bridge/export-handlers.ts';
import { ALL_RESULTS } from '../../../main/results/filter.ts';
import { createFakeClock } from '../../support/fake-clock.ts';
import { receipt } from '../../support/receipts.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const REQUEST = { filter: ALL_RESULTS, format: 'json' } as const;
const SAVED = { end: 'saved', count: 1, fileName: 'results.json' };

/** Exports of one receipt by a person who chooses `file`, or cancels where it is null. */
function exporting() {
  const file = path.join(tempFolder(), 'results.json');
  const person = { chooses: async (): Promise<string | null> => file };
  const shown: string[] = [];
  const handlers = createExportHandlers({
    receipts: { page: async () => ({ receipts: [receipt()], next: null, unreadable: 0 }) },
    clock: createFakeClock(),
    chooseFile: () => person.chooses(),
    onExportProgress: () => undefined,
    showInFolder: (saved) => shown.push(saved),
  });
  return { ...handlers, file, person, shown };
}

test('an export is saved where the person says, and can be shown there', async () => {
  const { exportResults, showExport, file, shown } = exporting();
  expect(await exportResults(REQUEST)).toEqual(SAVED);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual([receipt()]);
  await showExport(undefined);
  expect(shown).toEqual([file]);
});

test('one export is under way at a time; another can follow', async () => {
  const { exportResults } = exporting();
  const first = exportResults(REQUEST);
  expect(await exportResults(REQUEST)).toEqual({ end: 'cancelled' });
  expect(await first).toEqual(SAVED);
  expect(await exportResults(REQUEST)).toEqual(SAVED);
});

test('an export can be cancelled, and shows nothing then', async () => {
  const { exportResults, cancelExport, showExport, shown } = exporting();
  const end = exportResults(REQUEST);
  await cancelExport(undefined);
  expect(await end).toEqual({ end: 'cancelled' });
  await showExport(undefined);
  expect(shown).toEqual([]);
});

test('nothing is exported where the person chooses no file, and the next one can be', async () => {
  const { exportResults, person, file } = exporting();
  person.chooses = async () => null;
  expect(await exportResults(REQUEST)).toEqual({ end: 'cancelled' });
  person.chooses = async () => file;
  expect(await exportResults(REQUEST)).toEqual(SAVED);
});

test('a dialog that fails does not keep the next export', async () => {
  const { exportResults, person, file } = exporting();
  person.chooses = () => Promise.reject(new Error('no dialog'));
  await expect(exportResults(REQUEST)).rejects.toThrow('no dialog');
  person.chooses = async () => file;
  expect(await exportResults(REQUEST)).toEqual(SAVED);
});
