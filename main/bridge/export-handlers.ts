import type { Clock } from '../common/clock.ts';
import { type ExportFormat, exportResults } from '../results/export.ts';
import type { Receipts } from '../results/receipts.ts';
import type { Handlers } from './bridge.ts';

export interface ExportParts {
  receipts: Pick<Receipts, 'page'>;
  clock: Clock;
  /** Asks where to save a file; null if the person cancels. */
  chooseFile: (format: ExportFormat) => Promise<string | null>;
  onExportProgress: (written: number) => void;
  showInFolder: (file: string) => void;
}

/** The calls for exporting results: one export at a time. */
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
      exporting = new AbortController();
      const { signal } = exporting;
      try {
        const file = await chooseFile(format);
        if (file === null) return { end: 'cancelled' };
        const end = await exportResults(
          { filter, format, file },
          { receipts, monotonic: clock.monotonic, onProgress: onExportProgress, signal },
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
