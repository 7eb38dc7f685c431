import type { Page } from 'playwright';
import { callChannel, eventChannel } from '../../preload/channels.ts';
import type { EventPayload, Reply, Request } from '../../preload/contract.ts';
import type { SignoffWindow } from '../../scripts/signoff-window.ts';
import { ALL_RESULTS, matcherOf } from '../../main/results/filter.ts';
import { readTimings } from '../../main/results/over-time.ts';
import { NOW, type Receipt, type Replied, type WindowState } from './window-states.ts';

/** As large as the window is when it is opened for the first time. */
export const USUAL_SIZE = { width: 480, height: 680 };

/**
 * Shows the window of a running app as it looks in that state: its page, preload and policy are the
 * real ones, only what the main process answers is replaced.
 */
export async function stage(
  window: SignoffWindow,
  shown: WindowState,
  // Whoever has made the window another size shows it in that one: `null`.
  size: typeof USUAL_SIZE | null = USUAL_SIZE,
): Promise<Page> {
  const { page } = window;
  await silence(window);
  await answer(window, 'getState', shown.state);
  const searched = shown.search
    ? [{ request: { filter: shown.search }, reply: pageOf(found(shown)) }]
    : [];
  await answer(window, 'getResults', pageOf(shown.receipts), searched);
  await answerTimings(window, shown.receipts);
  await answer(window, 'signIn', shown.signIn ?? null);
  await answer(window, 'checkAddress', shown.checkAddress ?? null);
  await answer(window, 'exportResults', shown.exportResults ?? null);
  await answer(window, 'setSetting', { problem: null });
  await answer(window, 'signOff', undefined);
  for (const name of shown.unanswered ?? []) await answer(window, name, null);
  for (const name of shown.failing ?? []) await fail(window, name);
  // Nothing is under the pointer that the state before has left there.
  await page.mouse.move(0, 0);
  if (size !== null) await page.setViewportSize({ ...size, width: shown.width ?? size.width });
  await page.clock.setFixedTime(NOW);
  await page.reload();
  await page.locator('h1').waitFor();
  for (const receipt of shown.arriving ?? []) await tell(window, 'receipt', receipt);
  await shown.open?.(page);
  if (shown.exported !== undefined) await tell(window, 'export', { written: shown.exported });
  return page;
}

/** Has the main process itself say no more: what it really holds is not what is shown. */
async function silence({ app }: SignoffWindow): Promise<void> {
  await app.evaluate(({ BrowserWindow }) => {
    for (const { webContents } of BrowserWindow.getAllWindows()) {
      webContents.send = () => undefined;
    }
  });
}

/** Tells the staged window of an event, as the main process would. */
export async function tell<N extends 'state' | 'receipt' | 'export'>(
  { app }: SignoffWindow,
  name: N,
  payload: EventPayload<N>,
): Promise<void> {
  await app.evaluate(
    ({ BrowserWindow }, { channel, sent }) => {
      for (const { webContents } of BrowserWindow.getAllWindows()) {
        // Not the one that was silenced.
        const { send }: typeof webContents = Object.getPrototypeOf(webContents);
        send.call(webContents, channel, sent);
      }
    },
    { channel: eventChannel(name), sent: payload },
  );
}

interface Answer<N extends Replied> {
  /** What has to stand in the request for it. */
  readonly request: Partial<Request<N>>;
  readonly reply: Reply<N>;
}

interface Told {
  readonly channel: string;
  readonly usual: unknown;
  readonly answers: readonly { readonly request: object; readonly reply: unknown }[];
}

/** Has the call answered: by the first answer whose request it is, or else in the usual way; never at null. */
async function answer<N extends Replied>(
  { app }: SignoffWindow,
  name: N,
  usual: Reply<N> | null,
  answers: readonly Answer<N>[] = [],
): Promise<void> {
  const told: Told = { channel: callChannel(name), usual, answers };
  await app.evaluate(({ ipcMain }, said) => {
    ipcMain.removeHandler(said.channel);
    ipcMain.handle(said.channel, (_event, request: Record<string, unknown> | undefined) => {
      const fits = said.answers.find((one) =>
        Object.entries(one.request).every(
          ([key, value]) => JSON.stringify(value) === JSON.stringify(request?.[key]),
        ),
      );
      const reply = fits === undefined ? said.usual : fits.reply;
      // Without an end it goes on.
      return reply === null ? new Promise(() => undefined) : reply;
    });
  }, told);
}

/** Has the call come to nothing. */
async function fail({ app }: SignoffWindow, name: Replied): Promise<void> {
  await app.evaluate(({ ipcMain }, channel) => {
    ipcMain.removeHandler(channel);
    ipcMain.handle(channel, () => {
      throw new Error('Staged to fail.');
    });
  }, callChannel(name));
}

/** The times of every server and of each, by the hour and by the day. */
async function answerTimings(window: SignoffWindow, receipts: readonly Receipt[]): Promise<void> {
  const servers = [...new Set(receipts.map(({ address }) => address.server))];
  const requests = [[], ...servers.map((server) => [server])].flatMap((wanted) =>
    (['hour', 'day'] as const).map((per) => ({ filter: { ...ALL_RESULTS, servers: wanted }, per })),
  );
  const answers = await Promise.all(
    requests.map(async (request) => {
      const left = receipts.filter(matcherOf(request.filter));
      return { request, reply: await readTimings({ page: async () => pageOf(left) }, request) };
    }),
  );
  await answer(window, 'getTimings', answers[0]?.reply ?? null, answers);
}

function found({ receipts, search }: WindowState): Receipt[] {
  return receipts.filter(matcherOf(search ?? ALL_RESULTS));
}

/** Newest first, as the main process has them. */
function pageOf(receipts: readonly Receipt[]): Reply<'getResults'> {
  const newestFirst = receipts.toSorted((a, b) => b.finishedAt.localeCompare(a.finishedAt));
  return { receipts: newestFirst, next: null, unreadable: 0 };
}
