import type { ChildProcess } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright';
import { electronCommand } from './electron.ts';
import { loadingAgain } from './loading-again.ts';
import { type Exit, exitOf, type RunOptions } from './signoff.ts';

/** Playwright's own, 30 s, is too short for a machine that does a lot besides. */
const LIMIT_MS = 120_000;

/** The built app with its window, driven by Playwright. */
export interface SignoffWindow {
  readonly app: ElectronApplication;
  readonly page: Page;
  /** Playwright does not return it any more once the app has exited. */
  readonly child: ChildProcess;
  readonly exited: Promise<Exit>;
}

/** Starts the built app and resolves when its window is open and its page loaded. */
export async function openSignoff(options: RunOptions): Promise<SignoffWindow> {
  // Of a window that opens once it has connected, Playwright is told everything.
  const driven = await driveSignoff(['--hidden'], options);
  await driven.app.evaluate(async ({ app }) => {
    while (app.listenerCount('activate') === 0) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    app.emit('activate');
  });
  const page = await driven.app.firstWindow({ timeout: LIMIT_MS });
  page.setDefaultTimeout(LIMIT_MS);
  // A page that is reloaded before it has been loaded once may have none to reload.
  await page.waitForLoadState();
  return { ...driven, page };
}

/** Starts the built app, whose main process Playwright drives, and resolves when that can be. */
export async function driveSignoff(
  args: readonly string[],
  options: RunOptions,
): Promise<Omit<SignoffWindow, 'page'>> {
  const electron = electronCommand([`--user-data-dir=${options.dataDir}`, ...args], options.folder);
  const launching = _electron.launch({
    timeout: LIMIT_MS,
    executablePath: electron.command,
    args: [...(options.electronArgs ?? []), ...electron.args],
    env: definedOnly({ ...electron.env, ...options.env }),
  });
  const app = await loadingAgain(launching, () => devToolsHost(options.dataDir));
  const child = app.process();
  return { app, child, exited: exitOf(child) };
}

/** Where Chromium says that its DevTools listen. */
function devToolsHost(dataDir: string): string {
  const [file = ''] = globSync(path.join(dataDir, 'machine-*', 'DevToolsActivePort'));
  const [port = ''] = readFileSync(file, 'utf8').split('\n');
  return `127.0.0.1:${port}`;
}

/** Playwright accepts no undefined variables. */
function definedOnly(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
