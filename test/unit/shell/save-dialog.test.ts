import type { BaseWindow, SaveDialogOptions, SaveDialogReturnValue } from 'electron';
import { expect, onTestFinished, test, vi } from 'vitest';
import { chooseExportFile } from '../../../main/shell/window/save-dialog.ts';

/** A save dialog in which this is chosen. */
function dialogWith(chosen: SaveDialogReturnValue) {
  const asked: { parent: unknown; options: SaveDialogOptions | undefined }[] = [];
  const showSaveDialog = async (
    first: BaseWindow | SaveDialogOptions,
    second?: SaveDialogOptions,
  ): Promise<SaveDialogReturnValue> => {
    asked.push(
      second === undefined
        ? { parent: null, options: 'show' in first ? undefined : first }
        : { parent: first, options: second },
    );
    return chosen;
  };
  return { dialog: { showSaveDialog }, asked };
}

const saved = { canceled: false, filePath: '/tmp/a.csv' };

test('the file is named for the day it is here, not for the one in Greenwich', async () => {
  vi.stubEnv('TZ', 'America/New_York');
  onTestFinished(() => void vi.unstubAllEnvs());
  const { dialog, asked } = dialogWith(saved);
  await chooseExportFile(dialog, null, 'csv', new Date('2026-07-02T00:30:00.000Z'));
  expect(asked[0]?.options?.defaultPath).toBe('signoff-results-2026-07-01.csv');
});

test('the dialog belongs to the window', async () => {
  const { dialog, asked } = dialogWith(saved);
  // Nothing of it is used but that it is handed on.
  const window = { show: () => undefined } as unknown as BaseWindow;
  await chooseExportFile(dialog, window, 'json', new Date());
  expect(asked[0]?.parent).toBe(window);
});

test('a dialog that is cancelled chooses nothing', async () => {
  const { dialog } = dialogWith({ canceled: true, filePath: '' });
  expect(await chooseExportFile(dialog, null, 'csv', new Date())).toBeNull();
});
