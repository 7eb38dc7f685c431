import type { Clock } from '../common/clock.ts';
import { type ExportFormat, exportResults } from '../results/export.ts';
import type { Receipts } from '../results/receipts.ts';
import type { Handlers } from './bridge.ts';

export interface ExportParts {
  receipts: Pick<Receipts, 'page'>;
  clock: Clock;
  /** Asks where to save a file; null when the person would rather not. */
  chooseFile: (format: ExportFormat) => Promise<string | null>;
  onExportProgress: (written: number) => void;
  showInFolder: (file: string) => void;
}

/** Answers the calls about exporting results: one export at a time, of which the last one's file is known. */
export function createExportHandlers({
  receipts,
  clock,
  chooseFile,
  onExportProgress,
  showInFolder,
}: ExportParts): Pick<Handlers, 'exportResults' | 'cancelExport' | 'showExport'> {
  let exporting: AbortController | null = null;
  let saved: string | null = null;

  return {
    async exportResults({ filter, format }) {
      if (exporting !== null) return { end: 'cancelled' };
      const mine = new AbortController();
      exporting = mine;
      try {
        const file = await chooseFile(format);
        if (file === null) return { end: 'cancelled' };
        const end = await exportResults(
          { filter, format, file },
          {
            receipts,
            monotonic: clock.monotonic,
            onProgress: onExportProgress,
            signal: mine.signal,
          },
        );
        if (end.end === 'saved') saved = file;
        return end;
      } finally {
        exporting = null;
      }
    },
    cancelExport: () => exporting?.abort(),
    showExport() {
      if (saved !== null) showInFolder(saved);
    },
  };
}
