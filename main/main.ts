import { homedir } from 'node:os';
import path from 'node:path';
import { app } from 'electron';
import { foldersOf, ownDataFolder } from './app/folders.ts';
import type { Instance } from './app/open.ts';
import { startApp } from './app/start.ts';
import { carryOut } from './commands.ts';
import { systemClock } from './common/clock.ts';
import { createLogging } from './common/log.ts';
import { createLoginItem } from './lifecycle/login-item.ts';
import { machineId, systemMachineSources } from './lifecycle/machine.ts';
import { createReceipts } from './results/receipts.ts';
import {
  AFTER_UPDATE,
  type CommandLine,
  HELP,
  ownArguments,
  readCommandLine,
} from './shell/cli/command-line.ts';
import { failed } from './shell/cli/command-result.ts';
import { finish, finishFailed } from './shell/cli/finish.ts';
import { EXIT } from './shell/cli/protocol.ts';
import { foreignFolder, systemCaller } from './shell/cli/wrong-person.ts';

// By it Windows knows whose notifications they are: the appId in electron-builder.yml.
if (process.platform === 'win32') app.setAppUserModelId('app.signoff.desktop');
// What is run by its name alone, as electron-updater does, is not looked for in the current folder.
process.env['NoDefaultCurrentDirectoryInExePath'] = '1';
// Whatever this process writes, only its owner may read.
process.umask(0o077);

// Awaited at the top level, a command is over before Chromium starts up: it is quick, and it needs
// no display. Whatever waits for Electron to be ready must not be awaited here: it would never be.
await run(readCommandLine([...ownArguments(process.argv, app.isPackaged), ...afterUpdate()])).catch(
  finishFailed,
);

async function run({ invocation, userDataDir }: CommandLine): Promise<void> {
  switch (invocation.kind) {
    case 'help':
      return finish({ exitCode: EXIT.done, output: HELP, problems: [] });
    case 'version':
      return finish({ exitCode: EXIT.done, output: `${app.getVersion()}\n`, problems: [] });
    case 'misused':
      return finish({ exitCode: EXIT.misused, output: '', problems: [invocation.message] });
    default: {
      if (userDataDir !== null && !isReachable(userDataDir)) {
        const problem = `--user-data-dir=${userDataDir} is in the current folder, which is gone`;
        return finish(failed([problem], EXIT.misused));
      }
      const instance = thisInstance(userDataDir);
      const problem = foreignFolder(systemCaller(), instance.dataDir, app.getPath('appData'));
      if (problem !== null) return finish(failed([problem], EXIT.wrongPerson));
      // Chromium's own files are this machine's.
      app.setPath('userData', instance.machineDir);
      return invocation.kind === 'start'
        ? startApp(instance, invocation)
        : carryOut(instance, invocation);
    }
  }
}

/** Whether the folder can be named in whole: the current one, which it may be in, may have been removed. */
function isReachable(folder: string): boolean {
  try {
    path.resolve(folder);
    return true;
  } catch {
    return false;
  }
}

/** An AppImage that has updated itself is started without arguments, but with electron-updater's variable. */
function afterUpdate(): readonly string[] {
  const isUpdated = process.env['APPIMAGE_SILENT_INSTALL'] !== undefined;
  // Whoever starts the app from this one asks for it.
  delete process.env['APPIMAGE_SILENT_INSTALL'];
  return isUpdated ? [AFTER_UPDATE] : [];
}

/** `named`: the data folder that the command line names; null where it names none. */
function thisInstance(named: string | null): Instance {
  const { platform, env } = process;
  const homeFolder = homedir();
  const own = ownDataFolder({ platform, env, homeFolder, userData: app.getPath('userData') });
  const host = systemMachineSources.hostName();
  const folders = foldersOf({ named, own, machine: machineId(systemMachineSources) });
  const { dataDir } = folders;
  return {
    ...folders,
    host,
    isNamed: named !== null,
    unusable: null,
    logsDir: platform === 'darwin' ? app.getPath('logs') : path.join(dataDir, 'logs'),
    logging: createLogging((line) => process.stderr.write(`${line}\n`)),
    receipts: createReceipts(path.join(dataDir, 'receipts'), systemClock.now),
    loginItem: createLoginItem({
      platform,
      env,
      homeFolder,
      loginItems: app,
      command: {
        executable: process.execPath,
        args: [
          ...(app.isPackaged ? [] : [app.getAppPath()]),
          ...(named === null ? [] : [`--user-data-dir=${dataDir}`]),
        ],
      },
    }),
  };
}
