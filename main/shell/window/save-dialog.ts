import type { Dialog } from 'electron';
import type { ExportFormat } from '../../signoff/results-export.ts';

const NAMES: Readonly<Record<ExportFormat, string>> = { csv: 'CSV', json: 'JSON' };

/** Asks where to save exported results; null when the person would rather not. */
export async function chooseExportFile(
  dialog: Pick<Dialog, 'showSaveDialog'>,
  format: ExportFormat,
  today: Date,
): Promise<string | null> {
  const { canceled, filePath } = await dialog.showSaveDialog({
    defaultPath: `signoff-results-${today.toISOString().slice(0, 10)}.${format}`,
    filters: [{ name: NAMES[format], extensions: [format] }],
    properties: ['createDirectory', 'showOverwriteConfirmation'],
  });
  return canceled || filePath === '' ? null : filePath;
}
