import type { App } from 'electron';
import { AFTER_UPDATE } from './cli/command-line.ts';

const HIDDEN: readonly string[] = ['--hidden', AFTER_UPDATE];

/** Starts the app again once it has exited. Further calls have no effect. `hidden`: in the tray. */
export function createRelaunch(app: Pick<App, 'relaunch'>): (hidden: boolean) => void {
  let isDue = false;
  return (hidden) => {
    if (isDue) return;
    isDue = true;
    const args = process.argv.slice(1).filter((arg) => !HIDDEN.includes(arg));
    app.relaunch({
      args: hidden ? [...args, '--hidden'] : args,
      // An AppImage is unmounted when it exits.
      execPath: process.env['APPIMAGE'] ?? process.execPath,
    });
  };
}
