import { app, dialog, Menu } from 'electron';
import { systemClock } from '../common/clock.ts';
import { errorText } from '../common/log.ts';
import { takeDataFolderLock } from '../lifecycle/data-folder-lock.ts';
import { findRunningApp } from '../shell/cli/control-client.ts';
import { finish, finishFailed } from '../shell/cli/finish.ts';
import { EXIT } from '../shell/cli/protocol.ts';
import { knownControlEndpoint } from '../shell/cli/control-endpoint.ts';
import { keepNetworkInProcess } from '../shell/network-in-process.ts';
import { registerAppScheme } from '../shell/window/app-scheme.ts';
import { createFace } from './face.ts';
import { begin, join } from './joints.ts';
import { open, type Instance } from './open.ts';
import { createUpkeep } from './upkeep.ts';
import { createWork } from './work.ts';

/** How the app is to start. */
export interface StartOptions {
  /** In the tray, without its window. */
  readonly hidden: boolean;
  /** Started by the package's autostart entry, which asks at everybody's login. */
  readonly atLogin: boolean;
}

/** Resolves when the app has the data folder to itself; the rest goes on once Electron is ready. */
export async function startApp(instance: Instance, options: StartOptions): Promise<void> {
  const { dataDir, machineDir } = instance;
  const { hidden } = options;
  const lock = await takeDataFolderLock({
    request: () => app.requestSingleInstanceLock({ hidden }),
    takesCommands: async () => (await findRunningApp(knownControlEndpoint(machineDir))) !== null,
    clock: systemClock,
  });
  // The running app has shown its window.
  if (lock === 'running') process.exit(EXIT.done);
  if (lock === 'busy') return refuseToStart(dataDir, hidden);
  keepNetworkInProcess();
  registerAppScheme();
  // Before Electron is ready: it would make its own, and we have none but on macOS.
  if (process.platform !== 'darwin') Menu.setApplicationMenu(null);
  surviveFaults(instance);
  run(instance, options).catch(finishFailed);
}

/** Builds the app, joins its parts, and has it begin. What each line needs, the lines above have made. */
async function run(instance: Instance, options: StartOptions): Promise<void> {
  const ground = await open(instance);
  const { vault, settings, log } = ground;
  if (options.atLogin && !settings.values().startAtLogin && vault.held().length === 0) {
    log('not-wanted-at-login', {});
    app.exit(0);
    return;
  }
  const work = createWork(ground);
  const face = createFace(ground, work);
  const upkeep = createUpkeep(ground, work);
  await begin(join({ ground, work, face, upkeep }), options);
}

/**
 * A log's reader that has gone away, or an error that nothing awaited, is no reason to go too: Electron
 * would show a box with a stack trace and wait.
 */
function surviveFaults({ logging: { log } }: Instance): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  process.on('uncaughtException', (error) =>
    log('uncaught-exception', { error: errorText(error) }),
  );
}

/** Nobody reads what an app that was started by its icon prints. */
async function refuseToStart(dataDir: string, hidden: boolean): Promise<never> {
  const problem = `Another program uses Signoff's files in ${dataDir}. Log out and in again, or restart the computer, and start Signoff once more.`;
  if (!hidden && process.platform !== 'linux') dialog.showErrorBox('Signoff', problem);
  return finish({ exitCode: EXIT.failed, output: '', problems: [problem] });
}
