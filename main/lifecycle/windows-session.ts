/**
 * What Windows says to a window when its session ends, as Electron passes it on
 * (https://www.electronjs.org/docs/latest/api/base-window, `query-session-end` and `session-end`).
 */
export interface SessionWindow {
  on(
    event: 'query-session-end' | 'session-end',
    listener: (event: { readonly reasons: readonly string[] }) => void,
  ): unknown;
}

/**
 * Turns Windows' end of session into what it means. At `query-session-end` everything is sent at
 * once, and the shutdown is not prevented: Windows kills an app without a visible window that does.
 * `session-end` may come at once or never; nothing asynchronous runs after it, but unless `quit` has
 * begun by then, newer Electrons end the process on the spot.
 *
 * `close-app` comes from the Restart Manager, which is updating something and will start the app
 * again: that is no leaving.
 */
export function listenForSessionEnd(
  window: SessionWindow,
  act: { leave: () => void; resumeSoon: () => void; quit: () => void },
): void {
  window.on('query-session-end', ({ reasons }) => {
    if (reasons.includes('close-app')) act.resumeSoon();
    else act.leave();
  });
  window.on('session-end', () => act.quit());
}
