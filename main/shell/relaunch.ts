import type { App } from 'electron';

/** Of which the second is that of an installer: see the command line. */
const HIDDEN: ReadonlySet<string> = new Set(['--hidden', '--updated']);

/** Starts the app again once it has exited. Further calls have no effect. `hidden`: in the tray. */
export function createRelaunch(app: Pick<App, 'relaunch'>): (hidden: boolean) => void {
  let isDue = false;
  return (hidden) => {
    if (isDue) return;
    isDue = true;
    const args = process.argv.slice(1).filter((arg) => !HIDDEN.has(arg));
    app.relaunch({
      args: hidden ? [...args, '--hidden'] : args,
      // An AppImage is unmounted when it exits.
      execPath: process.env['APPIMAGE'] ?? process.execPath,
    });
  };
}
