import type { App, Session, WebContents } from 'electron';

/**
 * Denies every page what none of ours needs: leaving its place, opening windows and embedding others
 * (https://www.electronjs.org/docs/latest/tutorial/security, 12 to 14).
 */
export function confineContents(app: App): void {
  app.on('web-contents-created', (_event, contents) => confine(contents));
}

/** Denies every page every permission (the same list, 5). */
export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
}

function confine(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-navigate', (event) => event.preventDefault());
  contents.on('will-frame-navigate', (event) => event.preventDefault());
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
}
