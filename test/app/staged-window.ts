import type { Page } from 'playwright';
import { callChannel, eventChannel } from '../../preload/channels.ts';
import type { EventPayload, Reply, Request, State } from '../../preload/contract.ts';
import type { SignoffWindow } from '../../scripts/signoff-window.ts';
import { ALL_RESULTS, matcherOf, type ResultsFilter } from '../../main/results/filter.ts';
import { readTimings } from '../../main/results/over-time.ts';
import { openSignoffForAll } from './signoff.ts';
import { NOW, type Receipt, REPLIED, type Replied, type WindowState } from './window-states.ts';

/** As large as the window is when it is opened for the first time. */
const USUAL_SIZE = { width: 480, height: 680 };

/** The size that the state is shown in. */
export function sizeOf({ width }: WindowState): typeof USUAL_SIZE {
  return { ...USUAL_SIZE, width: width ?? USUAL_SIZE.width };
}

/** One window for all states of a file: the page is loaded anew for each. */
export async function openStage(): Promise<SignoffWindow> {
  const window = await openSignoffForAll();
  await window.page.clock.setFixedTime(NOW);
  return window;
}

/**
 * Shows the window of a running app as it looks in that state: its page, preload and policy are the
 * real ones, only what the main process answers is replaced.
 */
export async function stage(window: SignoffWindow, shown: WindowState): Promise<Page> {
  const { page } = window;
  await answer(window, shown);
  // Nothing is under the pointer that the state before has left there.
  await page.mouse.move(0, 0);
  await page.setViewportSize(sizeOf(shown));
  await page.reload();
  await page.locator('h1').waitFor();
  for (const receipt of shown.arriving ?? []) await tell(window, 'receipt', receipt);
  await shown.open?.(page);
  if (shown.exported !== undefined) await tell(window, 'export', { written: shown.exported });
  return page;
}

/** Has the staged window speak another language until the end of `use`. */
export async function sayingIn(
  window: SignoffWindow,
  { state }: WindowState,
  other: State['language'],
  use: () => Promise<void>,
): Promise<void> {
  const say = async (language: State['language']): Promise<void> => {
    await tell(window, 'state', { ...state, language });
    await window.page.locator(`html[lang="${language}"]`).waitFor();
  };
  await say(other);
  try {
    await use();
  } finally {
    await say(state.language);
  }
}

/** Enlarges the staged window's page until the end of `use`. */
export async function zooming(
  { app, page }: SignoffWindow,
  larger: number,
  use: () => Promise<void>,
): Promise<void> {
  const zoom = async (factor: number): Promise<void> => {
    await app.evaluate(({ BrowserWindow }, wanted) => {
      for (const { webContents } of BrowserWindow.getAllWindows())
        webContents.setZoomFactor(wanted);
    }, factor);
    await page.waitForFunction((wanted) => devicePixelRatio === wanted, factor);
  };
  await zoom(larger);
  try {
    await use();
  } finally {
    await zoom(1);
  }
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

/** How a call is answered: as is said of that request, or else as usual; at null, it goes on without an end. */
interface Answers<N extends Replied> {
  readonly usual: Reply<N> | null;
  readonly to?: readonly { readonly request: Partial<Request<N>>; readonly reply: Reply<N> }[];
}

/** Answers in the main process's place, which itself says no more: what it really holds is not what is shown. */
async function answer({ app }: SignoffWindow, shown: WindowState): Promise<void> {
  const answers = await answersOf(shown);
  const told = REPLIED.map((name) => {
    const { usual, to } = answers[name];
    return {
      channel: callChannel(name),
      usual: shown.unanswered?.includes(name) ? null : usual,
      to: to?.map(({ request, reply }) => ({ request: Object.entries(request ?? {}), reply })),
      fails: shown.failing?.includes(name) ?? false,
    };
  });
  await app.evaluate(({ BrowserWindow, ipcMain }, calls) => {
    for (const { webContents } of BrowserWindow.getAllWindows()) {
      webContents.send = () => undefined;
    }
    // The handlers keep it: were it collected as garbage, Electron would answer that there is no answer.
    const withoutEnd = new Promise(() => undefined);
    for (const { channel, usual, to, fails } of calls) {
      ipcMain.removeHandler(channel);
      ipcMain.handle(channel, (_event, request: Record<string, unknown> | undefined) => {
        if (fails) throw new Error('Staged to fail.');
        const fits = to?.find((one) =>
          one.request.every(
            ([key, value]) => JSON.stringify(value) === JSON.stringify(request?.[key]),
          ),
        );
        const reply: unknown = fits === undefined ? usual : fits.reply;
        return reply === null ? withoutEnd : reply;
      });
    }
  }, told);
}

async function answersOf(shown: WindowState): Promise<{ [N in Replied]: Answers<N> }> {
  const { receipts, search } = shown;
  return {
    getState: { usual: shown.state },
    getResults: {
      usual: pageOf(receipts),
      to: search ? [{ request: { filter: search }, reply: pageOf(found(receipts, search)) }] : [],
    },
    getTimings: await timingsOf(receipts),
    signIn: { usual: shown.signIn ?? null },
    checkAddress: { usual: shown.checkAddress ?? null },
    exportResults: { usual: shown.exportResults ?? null },
    setSetting: { usual: { problem: null } },
    signOff: { usual: undefined },
  };
}

/** The times of every server and of each, by the hour and by the day. */
async function timingsOf(receipts: readonly Receipt[]): Promise<Answers<'getTimings'>> {
  const servers = [...new Set(receipts.map(({ address }) => address.server))];
  const requests = [[], ...servers.map((server) => [server])].flatMap((wanted) =>
    (['hour', 'day'] as const).map((per) => ({ filter: { ...ALL_RESULTS, servers: wanted }, per })),
  );
  const to = await Promise.all(
    requests.map(async (request) => {
      const left = found(receipts, request.filter);
      return { request, reply: await readTimings({ page: async () => pageOf(left) }, request) };
    }),
  );
  return { usual: to[0]?.reply ?? null, to };
}

function found(receipts: readonly Receipt[], filter: ResultsFilter): Receipt[] {
  return receipts.filter(matcherOf(filter));
}

/** Newest first, as the main process has them. */
function pageOf(receipts: readonly Receipt[]): Reply<'getResults'> {
  const newestFirst = receipts.toSorted((a, b) => b.finishedAt.localeCompare(a.finishedAt));
  return { receipts: newestFirst, next: null, unreadable: 0 };
}
