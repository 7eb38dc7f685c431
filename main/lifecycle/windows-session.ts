/** A window's events at the end of a session: https://www.electronjs.org/docs/latest/api/base-window */
export interface SessionWindow {
  on(
    event: 'query-session-end' | 'session-end',
    listener: (event: { readonly reasons: readonly string[] }) => void,
  ): unknown;
}

/**
 * Maps the end of a Windows session to actions. Windows asks (`query-session-end`) and, on yes, tells
 * (`session-end`) in the same breath: the event loop does not turn in between, and Electron ends the process
 * when told (from 45 on, electron#52604). So everything is done before a listener returns. The end is not
 * prevented: Windows ends an app without a visible window that prevents it. `session-end` may also come unasked,
 * when the end is forced, or never, when the person or another app has called it off.
 *
 * `close-app` comes from the Restart Manager, for an installer. One of ours has announced itself and restarts the
 * app, so that is no leaving, unless the login ends as well. Another app may still refuse, so this one quits at
 * `session-end` only.
 */
export function listenForSessionEnd(
  window: SessionWindow,
  act: {
    isRestartAnnounced: () => boolean;
    prepareForRestart: () => void;
    endAtOnce: () => void;
    goAtOnce: (how: { comesBack: boolean }) => void;
  },
): void {
  const comesBack = (reasons: readonly string[]): boolean =>
    isForRestart(reasons) && act.isRestartAnnounced();
  window.on('query-session-end', ({ reasons }) => {
    if (comesBack(reasons)) act.prepareForRestart();
    else act.endAtOnce();
  });
  window.on('session-end', ({ reasons }) => {
    act.goAtOnce({ comesBack: comesBack(reasons) });
  });
}

function isForRestart(reasons: readonly string[]): boolean {
  const loginEnds = reasons.includes('logoff') || reasons.includes('shutdown');
  return reasons.includes('close-app') && !loginEnds;
}
