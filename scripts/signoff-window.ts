import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { _electron, type ElectronApplication, type Page } from 'playwright';
import * as z from 'zod';
import { electronCommand } from './electron.ts';
import { type Exit, exitOf, type RunOptions } from './signoff.ts';

/** Playwright's own, 30 s, is too short for a machine that does a lot besides. */
const LIMIT_MS = 120_000;
const LOAD_AGAIN_AFTER_MS = 15_000;

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
  const app = await loadingAgain(launching, options.dataDir);
  const child = app.process();
  return { app, child, exited: exitOf(child) };
}

/**
 * Playwright waits for the first page of each window that is there when it connects. Of one that loads at that very
 * moment, Chromium may not tell it (no `Page.frameNavigated`): it would wait for ever. So until it has connected, the
 * pages are loaded once more now and then.
 */
async function loadingAgain<T>(launching: Promise<T>, dataDir: string): Promise<T> {
  for (;;) {
    const late = pause(LOAD_AGAIN_AFTER_MS, 'late' as const, { ref: false });
    const first = await Promise.race([launching, late]);
    if (first !== 'late') return first;
    await loadPagesAgain(dataDir).catch(() => undefined); // It is not even there yet.
  }
}

/** By Chromium's own DevTools, where that many may listen. */
async function loadPagesAgain(dataDir: string): Promise<void> {
  const [file = ''] = globSync(path.join(dataDir, 'machine-*', 'DevToolsActivePort'));
  const [port] = readFileSync(file, 'utf8').split('\n');
  const list = await fetch(`http://127.0.0.1:${port}/json/list`);
  const targets = z
    .array(z.object({ type: z.string(), webSocketDebuggerUrl: z.string() }))
    .parse(await list.json());
  for (const { webSocketDebuggerUrl } of targets.filter(({ type }) => type === 'page')) {
    const socket = new WebSocket(webSocketDebuggerUrl);
    await once(socket, 'open');
    socket.send(JSON.stringify({ id: 1, method: 'Page.reload' }));
    await once(socket, 'message');
    socket.close();
  }
}

/** Playwright accepts no undefined variables. */
function definedOnly(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
