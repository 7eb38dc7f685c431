import type { BaseWindow, Dialog, SaveDialogOptions } from 'electron';
import type { ExportFormat } from '../../results/export.ts';

const NAMES: Readonly<Record<ExportFormat, string>> = { csv: 'CSV', json: 'JSON' };

/** Asks where to save exported results; null if the person cancels. */
export async function chooseExportFile(
  dialog: Pick<Dialog, 'showSaveDialog'>,
  parent: BaseWindow | null,
  format: ExportFormat,
  now: Date,
): Promise<string | null> {
  const options: SaveDialogOptions = {
    defaultPath: `signoff-results-${dayOf(now)}.${format}`,
    filters: [{ name: NAMES[format], extensions: [format] }],
    properties: ['createDirectory', 'showOverwriteConfirmation'],
  };
  const { canceled, filePath } = await (parent === null
    ? dialog.showSaveDialog(options)
    : dialog.showSaveDialog(parent, options));
  return canceled || filePath === '' ? null : filePath;
}

/** The local date, such as `2026-07-01`. */
function dayOf(now: Date): string {
  const month = String(now.getMonth() + 1).padStart(2, '0');
  return `${now.getFullYear()}-${month}-${String(now.getDate()).padStart(2, '0')}`;
}
