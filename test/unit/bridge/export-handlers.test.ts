import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { createExportHandlers, type ExportParts } from '../../../main/bridge/export-handlers.ts';
import { ALL_RESULTS } from '../../../main/results/filter.ts';
import type { ReceiptPage } from '../../../main/results/receipts.ts';
import { createFakeClock } from '../../support/fake-clock.ts';
import { receipt } from '../../support/receipts.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const REQUEST = { filter: ALL_RESULTS, format: 'csv' } as const;
const SAVED = { end: 'saved', count: 1, fileName: 'results' } as const;
const CANCELLED = { end: 'cancelled' } as const;
const PAGE: ReceiptPage = { receipts: [receipt()], next: null, unreadable: 0 };

/** The calls for exporting one receipt to a folder of this test's own. */
function createWorld(differences: Partial<ExportParts> = {}) {
  const folder = tempFolder();
  const file = path.join(folder, 'results');
  const clock = createFakeClock();
  const chosen: string[] = [];
  const shown: string[] = [];
  const progress: number[] = [];
  const handlers = createExportHandlers({
    async chooseFile(format) {
      chosen.push(format);
      return file;
    },
    receipts: {
      async page() {
        await clock.advance(1_000);
        return PAGE;
      },
    },
    clock,
    onExportProgress: (written) => progress.push(written),
    showInFolder: (saved) => shown.push(saved),
    ...differences,
  });
  return { handlers, file, chosen, shown, progress, exported: () => readdirSync(folder) };
}

describe('an export', () => {
  test('is saved where the agent chose, and tells how far it is', async () => {
    const { handlers, chosen, exported, progress } = createWorld();
    expect(await handlers.exportResults(REQUEST)).toEqual(SAVED);
    expect([chosen, exported(), progress]).toEqual([['csv'], ['results'], [1]]);
  });

  test('is cancelled where the agent chose no file', async () => {
    const { handlers, exported } = createWorld({ chooseFile: async () => null });
    expect(await handlers.exportResults(REQUEST)).toEqual(CANCELLED);
    expect(exported()).toEqual([]);
  });

  test('does not begin while another is under way, and does once that is over', async () => {
    const { handlers, chosen } = createWorld();
    const first = handlers.exportResults(REQUEST);
    expect(await handlers.exportResults(REQUEST)).toEqual(CANCELLED);
    expect(await first).toEqual(SAVED);
    expect(await handlers.exportResults(REQUEST)).toEqual(SAVED);
    expect(chosen).toHaveLength(2);
  });

  test('that is under way can be cancelled, and leaves nothing', async () => {
    const world = createWorld({
      receipts: {
        async page() {
          await world.handlers.cancelExport(undefined);
          return PAGE;
        },
      },
    });
    expect(await world.handlers.exportResults(REQUEST)).toEqual(CANCELLED);
    expect(world.exported()).toEqual([]);
  });

  test('cannot be cancelled where there is none', () => {
    const { handlers } = createWorld();
    expect(() => handlers.cancelExport(undefined)).not.toThrow();
  });
});

describe('the file of an export', () => {
  test('is shown in its folder', async () => {
    const { handlers, file, shown } = createWorld();
    await handlers.exportResults(REQUEST);
    await handlers.showExport(undefined);
    expect(shown).toEqual([file]);
  });

  test('is not shown before there is one', async () => {
    const { handlers, shown } = createWorld();
    await handlers.showExport(undefined);
    expect(shown).toEqual([]);
  });

  test('is not shown where it could not be saved', async () => {
    const { handlers, shown } = createWorld({
      chooseFile: async () => path.join('nowhere', 'at', 'all'),
    });
    expect(await handlers.exportResults(REQUEST)).toMatchObject({ end: 'failed' });
    await handlers.showExport(undefined);
    expect(shown).toEqual([]);
  });
});
