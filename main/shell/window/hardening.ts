import type { App, Session } from 'electron';

/**
 * Denies navigation, new windows and webviews to every page
 * (https://www.electronjs.org/docs/latest/tutorial/security, 12 to 14).
 */
export function confineContents(app: App): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    contents.on('will-navigate', (event) => event.preventDefault());
    contents.on('will-frame-navigate', (event) => event.preventDefault());
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
  });
}

/** Denies every permission to every page (same list, 5). */
export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
}

/**
 * Has Chromium fetch no dictionary. A window's `spellcheck: false` does not stop it: the session looks one up at the
 * Internet when the first window opens (https://github.com/electron/electron/issues/22995).
 */
export function disableSpellChecker(session: Session): void {
  session.setSpellCheckerEnabled(false);
  session.setSpellCheckerLanguages([]);
}
