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
 * `session-end` may come at once or never, and without a question before it where the shutdown is
 * forced; nothing asynchronous runs after it, but unless `quit` has begun by then, newer Electrons end
 * the process on the spot.
 *
 * `close-app` comes from the Restart Manager, which is updating something and will start the app
 * again: that is no leaving, unless the login ends with it.
 */
export function listenForSessionEnd(
  window: SessionWindow,
  act: { leave: () => void; resumeSoon: () => void; quit: () => void },
): void {
  const end = (reasons: readonly string[]): void => {
    const loginEnds = reasons.includes('logoff') || reasons.includes('shutdown');
    if (reasons.includes('close-app') && !loginEnds) act.resumeSoon();
    else act.leave();
  };
  window.on('query-session-end', ({ reasons }) => end(reasons));
  window.on('session-end', ({ reasons }) => {
    end(reasons);
    act.quit();
  });
}
