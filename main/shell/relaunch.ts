import type { App } from 'electron';

/** Has the app started anew, once it has gone; called again, nothing more. `hidden`: in the tray. */
export function createRelaunch(app: Pick<App, 'relaunch'>): (hidden: boolean) => void {
  let isDue = false;
  return (hidden) => {
    if (isDue) return;
    isDue = true;
    const args = process.argv.slice(1).filter((arg) => arg !== '--hidden');
    app.relaunch({
      args: hidden ? [...args, '--hidden'] : args,
      // What an AppImage runs from is gone once it has ended.
      execPath: process.env['APPIMAGE'] ?? process.execPath,
    });
  };
}
