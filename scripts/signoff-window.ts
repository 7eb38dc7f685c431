import type { ChildProcess } from 'node:child_process';
import { _electron, type ElectronApplication, type Page } from 'playwright';
import { electronCommand } from './electron.ts';
import { type Exit, exitOf, type RunOptions } from './signoff.ts';

/** The built app with its window, driven by Playwright. */
export interface SignoffWindow {
  readonly app: ElectronApplication;
  readonly page: Page;
  /** Taken at the start: Playwright gives it out no more once the app has gone. */
  readonly child: ChildProcess;
  readonly exited: Promise<Exit>;
}

/** Starts the built app and resolves when its window is there. */
export async function openSignoff(options: RunOptions): Promise<SignoffWindow> {
  const { command, args, env } = electronCommand([`--user-data-dir=${options.dataDir}`]);
  const app = await _electron.launch({
    executablePath: command,
    args: [...(options.electronArgs ?? []), ...args],
    env: definedOnly({ ...env, ...options.env }),
  });
  const child = app.process();
  const exited = exitOf(child);
  return { app, page: await app.firstWindow(), child, exited };
}

/** Playwright takes no variable that has no value. */
function definedOnly(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
