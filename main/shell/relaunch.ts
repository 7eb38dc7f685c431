import type { App } from 'electron';
import { fileToStart } from '../common/file-to-start.ts';

/** How the app that goes was started, and its successor is not: `--updated` is an installer's, see the command line. */
const OF_THIS_START: ReadonlySet<string> = new Set(['--hidden', '--updated', '--at-login']);

/** Starts the app again once it has exited. Further calls have no effect. `hidden`: in the tray. */
export function createRelaunch(app: Pick<App, 'relaunch'>): (hidden: boolean) => void {
  let isDue = false;
  return (hidden) => {
    if (isDue) return;
    isDue = true;
    const args = process.argv.slice(1).filter((arg) => !OF_THIS_START.has(arg));
    app.relaunch({
      args: hidden ? [...args, '--hidden'] : args,
      // An AppImage is unmounted when it exits.
      execPath: fileToStart(process.execPath, process.env),
    });
  };
}
