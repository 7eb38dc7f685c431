import type { Page } from 'playwright';
import { callChannel, eventChannel } from '../../preload/channels.ts';
import type { EventPayload, Reply } from '../../preload/contract.ts';
import type { SignoffWindow } from '../../scripts/signoff-window.ts';
import { ALL_RESULTS } from '../../main/signoff/results-filter.ts';
import { readTimings } from '../../main/signoff/timings-over-time.ts';
import { NOW, type WindowState } from './window-states.ts';

/**
 * Shows the window of a running app as it looks in that state: its page, preload and policy are the
 * real ones, only what the main process answers is replaced.
 */
export async function stage({ app, page }: SignoffWindow, shown: WindowState): Promise<Page> {
  const replies: Record<string, unknown> = {
    [callChannel('getState')]: shown.state,
    [callChannel('getResults')]: {
      receipts: shown.receipts,
      next: null,
      unreadable: 0,
    } satisfies Reply<'getResults'>,
    [callChannel('getTimings')]: await readTimings(
      { page: async () => ({ receipts: shown.receipts, next: null, unreadable: 0 }) },
      { filter: ALL_RESULTS, per: 'hour' },
    ),
  };
  const signIn = { channel: callChannel('signIn'), reply: shown.signIn ?? null };
  await app.evaluate(({ ipcMain }, { channel, reply }) => {
    ipcMain.removeHandler(channel);
    // Without an end it goes on.
    ipcMain.handle(channel, () => reply ?? new Promise(() => undefined));
  }, signIn);
  await app.evaluate(({ ipcMain }, all) => {
    for (const [channel, reply] of Object.entries(all)) {
      ipcMain.removeHandler(channel);
      ipcMain.handle(channel, () => reply);
    }
  }, replies);
  // Nothing is under the pointer that the state before has left there.
  await page.mouse.move(0, 0);
  await page.clock.setFixedTime(NOW);
  await page.reload();
  await page.locator('h1').waitFor();
  await shown.open?.(page);
  return page;
}

/** Tells the staged window of an event, as the main process would. */
export async function tell<N extends 'state' | 'receipt'>(
  { app }: SignoffWindow,
  name: N,
  payload: EventPayload<N>,
): Promise<void> {
  await app.evaluate(
    ({ BrowserWindow }, { channel, sent }) => {
      for (const window of BrowserWindow.getAllWindows()) window.webContents.send(channel, sent);
    },
    { channel: eventChannel(name), sent: payload },
  );
}
