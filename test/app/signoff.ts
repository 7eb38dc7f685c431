import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, onTestFinished } from 'vitest';
import type { Receipt } from '../../main/results/receipt.ts';
import {
  type CommandRun,
  runSignoff,
  type SignoffProcess,
  startSignoff as start,
} from '../../scripts/signoff.ts';
import { openSignoff as open, type SignoffWindow } from '../../scripts/signoff-window.ts';
import { type PracticeServer, startPracticeServer } from '../../simulator/practice-server.ts';
import { heldId, type RunningStatus, receiptsOf, runningStatus } from '../support/commands.ts';
import { ended } from '../support/ended.ts';
import { electronArgs } from './desktop.ts';

export { agentSession, engagement } from '../support/practice-sessions.ts';
export type { SignoffProcess };

/** A folder for one instance's files; it goes away with the test. */
export async function newDataDir(name = 'signoff-test-'): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), name));
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

/** A practice server that goes away with the test. */
export async function newServer(
  options?: Parameters<typeof startPracticeServer>[0],
): Promise<PracticeServer> {
  const server = await startPracticeServer(options);
  onTestFinished(() => server.close());
  return server;
}

/** Starts the app in the tray and resolves when it is ready. */
export async function startSignoff(
  dataDir: string,
  options: { args?: readonly string[]; env?: NodeJS.ProcessEnv } = {},
): Promise<SignoffProcess> {
  const { args = [], env = {} } = options;
  const app = start(['--hidden', ...args], { dataDir, env, electronArgs });
  onTestFinished(() => ended(app.child));
  await app.ready;
  return app;
}

/** Starts the app with its window, driven by Playwright. */
export async function openSignoff(
  dataDir: string,
  options: { env?: NodeJS.ProcessEnv } = {},
): Promise<SignoffWindow> {
  const opened = await open({ dataDir, electronArgs, ...options });
  onTestFinished(() => ended(opened.child));
  return opened;
}

/** The same, once for all tests of a file, with files of its own; for `beforeAll`. */
export async function openSignoffForAll(): Promise<SignoffWindow> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'signoff-test-'));
  const opened = await open({ dataDir, electronArgs });
  afterAll(async () => {
    await ended(opened.child);
    await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
  });
  return opened;
}

/** Closes the window as its close button does. */
export async function closeWindow(
  app: SignoffWindow['app'],
  page: SignoffWindow['page'],
): Promise<void> {
  const closed = page.waitForEvent('close');
  await app.evaluate(({ BrowserWindow }) => {
    for (const window of BrowserWindow.getAllWindows()) window.close();
  });
  await closed;
}

/** Runs one command of the command line on a data folder. */
export function signoff(
  dataDir: string,
  args: readonly string[],
  options: { stdin?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<CommandRun> {
  return runSignoff(args, { dataDir, electronArgs, ...options });
}

/** Hands a session in by the command line; resolves with the id it is held under. */
export async function hold(dataDir: string, session: object): Promise<string> {
  return heldId(await signoff(dataDir, ['hold'], { stdin: JSON.stringify(session) }));
}

/** Has an app of its own hold a session, and kills it: what it held is left over. */
export async function leaveBehind(
  dataDir: string,
  session: object,
  options: { env?: NodeJS.ProcessEnv } = {},
): Promise<void> {
  const app = await startSignoff(dataDir, options);
  await hold(dataDir, session);
  app.child.kill('SIGKILL');
  await app.exited;
}

/** What `status --json` says of a running app. */
export async function status(dataDir: string): Promise<RunningStatus> {
  return runningStatus(await signoff(dataDir, ['status', '--json']));
}

/** The newest receipts first, as `results --json` prints them. */
export async function results(dataDir: string): Promise<Receipt[]> {
  return receiptsOf(await signoff(dataDir, ['results', '--json']));
}
