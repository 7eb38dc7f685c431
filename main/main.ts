import { homedir } from 'node:os';
import path from 'node:path';
import { app } from 'electron';
import type { Instance } from './app/open.ts';
import { startApp } from './app/start.ts';
import { carryOut } from './commands.ts';
import { systemClock } from './common/clock.ts';
import { createLogging } from './common/log.ts';
import { createLoginItem } from './lifecycle/login-item.ts';
import { createReceipts } from './results/receipts.ts';
import {
  AFTER_UPDATE,
  type CommandLine,
  HELP,
  ownArguments,
  readCommandLine,
} from './shell/cli/command-line.ts';
import { finish, finishFailed } from './shell/cli/finish.ts';
import { EXIT } from './shell/cli/protocol.ts';

// By it Windows knows whose notifications they are: the appId in electron-builder.yml.
if (process.platform === 'win32') app.setAppUserModelId('app.signoff.desktop');
// Whatever this process writes, only its owner may read.
process.umask(0o077);

// Awaited at the top level, a command is over before Chromium starts up: it is quick, and it needs
// no display. Whatever waits for Electron to be ready must not be awaited here: it would never be.
await run(readCommandLine([...ownArguments(process.argv, app.isPackaged), ...afterUpdate()]));

async function run({ invocation, userDataDir }: CommandLine): Promise<void> {
  if (userDataDir !== null) app.setPath('userData', path.resolve(userDataDir));
  switch (invocation.kind) {
    case 'start':
      return startApp(thisInstance(userDataDir !== null), invocation).catch(finishFailed);
    case 'help':
      return finish({ exitCode: EXIT.done, output: HELP, problems: [] });
    case 'version':
      return finish({ exitCode: EXIT.done, output: `${app.getVersion()}\n`, problems: [] });
    case 'misused':
      return finish({ exitCode: EXIT.misused, output: '', problems: [invocation.message] });
    default: {
      const isNamed = userDataDir !== null;
      return carryOut(thisInstance(isNamed), invocation, isNamed).catch(finishFailed);
    }
  }
}

/** An AppImage that has updated itself is started without arguments, but with electron-updater's variable. */
function afterUpdate(): readonly string[] {
  const isUpdated = process.env['APPIMAGE_SILENT_INSTALL'] !== undefined;
  // Whoever starts the app from this one asks for it.
  delete process.env['APPIMAGE_SILENT_INSTALL'];
  return isUpdated ? [AFTER_UPDATE] : [];
}

/** `isNamed`: whether the data folder is one that the command line names. */
function thisInstance(isNamed: boolean): Instance {
  const dataDir = app.getPath('userData');
  return {
    dataDir,
    logging: createLogging((line) => process.stderr.write(`${line}\n`)),
    receipts: createReceipts(path.join(dataDir, 'receipts'), systemClock.now),
    loginItem: createLoginItem({
      platform: process.platform,
      env: process.env,
      homeFolder: homedir(),
      loginItems: app,
      command: {
        executable: process.execPath,
        args: [
          ...(app.isPackaged ? [] : [app.getAppPath()]),
          ...(isNamed ? [`--user-data-dir=${dataDir}`] : []),
        ],
      },
    }),
  };
}
