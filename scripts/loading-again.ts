import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import * as z from 'zod';

const LOAD_AGAIN_AFTER_MS = 5_000;

/**
 * What Playwright has connected to. It waits for the first page of each window that is there by then, and of one that
 * loads at that very moment Chromium may not tell it (no `Page.frameNavigated`): it would wait for ever. So until it
 * has connected, the pages are loaded once more now and then. `host`: where Chromium's DevTools listen; it may
 * throw as long as they do not.
 */
export async function loadingAgain<T>(connecting: Promise<T>, host: () => string): Promise<T> {
  for (;;) {
    const late = pause(LOAD_AGAIN_AFTER_MS, 'late' as const, { ref: false });
    const first = await Promise.race([connecting, late]);
    if (first !== 'late') return first;
    await loadPagesAgain(host).catch(() => undefined); // They do not even listen yet.
  }
}

async function loadPagesAgain(host: () => string): Promise<void> {
  const list = await fetch(`http://${host()}/json/list`);
  const targets = z
    .array(z.object({ type: z.string(), url: z.string(), webSocketDebuggerUrl: z.string() }))
    .parse(await list.json());
  for (const { url, webSocketDebuggerUrl } of targets.filter(({ type }) => type === 'page')) {
    const socket = new WebSocket(webSocketDebuggerUrl);
    await once(socket, 'open');
    // Not reloaded: it may be the window's empty first page still.
    socket.send(JSON.stringify({ id: 1, method: 'Page.navigate', params: { url } }));
    await once(socket, 'message');
    socket.close();
  }
}
