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
 * `close-app` comes from the Restart Manager, which is updating something and has the app make way:
 * that is no leaving, unless the login ends with it. Another app may still turn it down, and then this
 * one stays: it goes only when it is told to.
 */
export function listenForSessionEnd(
  window: SessionWindow,
  act: {
    leave: () => void;
    prepareForRestart: () => void;
    exitForRestart: () => void;
    quit: () => void;
  },
): void {
  window.on('query-session-end', ({ reasons }) => {
    if (isForRestart(reasons)) act.prepareForRestart();
    else act.leave();
  });
  window.on('session-end', ({ reasons }) => {
    if (isForRestart(reasons)) act.exitForRestart();
    else act.leave();
    act.quit();
  });
}

function isForRestart(reasons: readonly string[]): boolean {
  const loginEnds = reasons.includes('logoff') || reasons.includes('shutdown');
  return reasons.includes('close-app') && !loginEnds;
}
