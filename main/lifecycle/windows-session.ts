/** A window's events at the end of a session: https://www.electronjs.org/docs/latest/api/base-window */
export interface SessionWindow {
  on(
    event: 'query-session-end' | 'session-end',
    listener: (event: { readonly reasons: readonly string[] }) => void,
  ): unknown;
}

/**
 * Maps the end of a Windows session to actions. At `query-session-end` everything is sent at once, and the
 * shutdown is not prevented: Windows kills an app without a visible window that prevents it. `session-end`
 * may follow at once or never, or come first when the shutdown is forced. Nothing asynchronous runs after
 * it, but newer Electrons end the process on the spot unless `quit` has begun by then.
 *
 * `close-app` comes from the Restart Manager, which restarts the app after an update: no leaving, unless the
 * login ends as well. Another app may still refuse, so this one quits at `session-end` only.
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
