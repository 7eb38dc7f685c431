import path from 'node:path';
import { app, dialog, Menu } from 'electron';
import { errorText } from '../common/log.ts';
import { temporaryFolderFor } from '../common/socket-folder.ts';
import { missingDisplay } from '../lifecycle/display.ts';
import type { Claim, SingleInstance } from '../lifecycle/single-instance.ts';
import { choosesDisplay } from '../shell/cli/headless.ts';
import { finish, finishFailed } from '../shell/cli/finish.ts';
import { EXIT } from '../shell/cli/protocol.ts';
import { keepNetworkInProcess } from '../shell/network-in-process.ts';
import { registerAppScheme } from '../shell/window/app-scheme.ts';
import { claimInstance, type Unusable } from './claim.ts';
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
export async function startApp(given: Instance, options: StartOptions): Promise<void> {
  const { machineDir } = given;
  const { hidden } = options;
  const looks = process.platform === 'linux' && !choosesDisplay();
  const noDisplay = looks ? await missingDisplay(process.env) : null;
  if (noDisplay !== null) return refuseToStart(noDisplay, hidden);
  const start = { role: 'app', hidden } as const;
  const own = await claimInstance(machineDir, start);
  // What is held is ended all the same, for as long as the app runs.
  const instance = own.kind === 'unusable' ? standIn(given, own.why) : given;
  const claim = own.kind === 'unusable' ? await claimInstance(instance.machineDir, start) : own;
  // The running app has shown its window.
  if (claim.kind === 'running') process.exit(EXIT.done);
  if (claim.kind !== 'taken') return refuseToStart(inWords(claim, instance), hidden);
  const { instance: single } = claim;
  app.once('quit', single.release);
  keepNetworkInProcess();
  registerAppScheme();
  // Before Electron is ready: it would make its own, and we have none but on macOS.
  if (process.platform !== 'darwin') Menu.setApplicationMenu(null);
  surviveFaults(instance);
  run(instance, single, options).catch(finishFailed);
}

/** Builds the app, joins its parts, and has it begin. What each line needs, the lines above have made. */
async function run(
  instance: Instance,
  single: SingleInstance,
  options: StartOptions,
): Promise<void> {
  const ground = await open(instance, single);
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

/** The same with another folder in the place of the one that cannot be used. */
function standIn(given: Instance, why: string): Instance {
  const { machineDir } = given;
  const temporary = temporaryFolderFor(machineDir);
  app.setPath('userData', temporary);
  const unusable = cannotUse(machineDir, why);
  // Where the log is in the data folder, it cannot be written there either.
  const logsDir = process.platform === 'darwin' ? given.logsDir : path.join(temporary, 'logs');
  return { ...given, machineDir: temporary, logsDir, unusable };
}

function cannotUse(folder: string, why: string): string {
  return `Signoff cannot use its folder ${folder}: ${why}.`;
}

function inWords(
  claim: Exclude<Claim, { kind: 'taken' }> | Unusable,
  { dataDir, machineDir }: Instance,
): string {
  switch (claim.kind) {
    case 'unusable':
      return cannotUse(machineDir, claim.why);
    case 'silent':
      return `Signoff runs already, but does not answer. End it (process ${claim.pid}), and start it once more.`;
    case 'running':
    case 'busy':
      return `Another program uses Signoff's files in ${dataDir}. Log out and in again, or restart the computer, and start Signoff once more.`;
  }
}

/** Nobody reads what an app that was started by its icon prints. */
async function refuseToStart(problem: string, hidden: boolean): Promise<never> {
  if (!hidden && process.platform !== 'linux') dialog.showErrorBox('Signoff', problem);
  return finish({ exitCode: EXIT.failed, output: '', problems: [problem] });
}
