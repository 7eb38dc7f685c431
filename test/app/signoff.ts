import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, onTestFinished } from 'vitest';
import {
  type CommandRun,
  runSignoff,
  type SignoffProcess,
  startSignoff as start,
} from '../../scripts/signoff.ts';
import { openSignoff as open, type SignoffWindow } from '../../scripts/signoff-window.ts';
import {
  type PracticeServer,
  type PracticeServerOptions,
  startPracticeServer,
} from '../../simulator/practice-server.ts';
import { hold } from '../support/asking.ts';
import { ended } from '../support/ended.ts';
import { electronArgs } from './desktop.ts';
import { reached } from './what-hung.ts';

export * from '../support/asking.ts';
export { agentSession, engagement } from '../support/practice-sessions.ts';
export type { SignoffProcess };

/** When something goes away again: with the test, or as `afterAll` with all that share it, from `beforeAll` on. */
export type After = (cleanUp: () => Promise<void>) => void;

/** A folder for one instance's files. */
export async function newDataDir(
  name = 'signoff-test-',
  after: After = onTestFinished,
): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), name));
  after(() => rm(folder, { recursive: true, force: true, maxRetries: 20 }));
  return folder;
}

/** A practice server. */
export async function newServer(
  options?: PracticeServerOptions,
  after: After = onTestFinished,
): Promise<PracticeServer> {
  const server = await startPracticeServer(options);
  after(() => server.close());
  return server;
}

interface StartOptions {
  readonly args?: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
}

/** Starts the app in the tray and resolves when it is ready. */
export async function startSignoff(
  dataDir: string,
  { args = [], env = {} }: StartOptions = {},
  after: After = onTestFinished,
): Promise<SignoffProcess> {
  const app = start(['--hidden', ...args], { dataDir, env, electronArgs });
  after(() => ended(app.child));
  await app.ready;
  return app;
}

/** Starts the app with its window, driven by Playwright. */
export async function openSignoff(
  dataDir: string,
  { env = {} }: Pick<StartOptions, 'env'> = {},
  after: After = onTestFinished,
): Promise<SignoffWindow> {
  reached(`starting with a window on ${dataDir}`);
  const opened = await open({ dataDir, electronArgs, env });
  reached('its page is loaded');
  after(() => ended(opened.child));
  opened.child.stderr?.on('data', (chunk: Buffer) => reached(`it says ${chunk.toString().trim()}`));
  void opened.exited.then(({ code, signal }) => reached(`exited with ${code ?? signal}`));
  return opened;
}

/** The same, once for all tests of a file, with files of its own; for `beforeAll`. */
export async function openSignoffForAll(): Promise<SignoffWindow> {
  return openSignoff(await newDataDir(undefined, afterAll), {}, afterAll);
}

/** Closes the window as its close button does. */
export async function closeWindow(
  app: SignoffWindow['app'],
  page: SignoffWindow['page'],
): Promise<void> {
  reached('closing the window');
  const closed = page.waitForEvent('close');
  await app.evaluate(({ BrowserWindow }) => {
    for (const window of BrowserWindow.getAllWindows()) window.close();
  });
  reached('was asked to close it');
  await closed;
  reached('the window is closed');
}

/** Runs one command of the command line on a data folder. */
export function signoff(
  dataDir: string,
  args: readonly string[],
  options: { stdin?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<CommandRun> {
  return runSignoff(args, { dataDir, electronArgs, ...options });
}

/** Has an app of its own hold a session, and kills it: what it held is left over. */
export async function leaveBehind(
  dataDir: string,
  session: object,
  options: Pick<StartOptions, 'env'> = {},
  after?: After,
): Promise<void> {
  const app = await startSignoff(dataDir, options, after);
  await hold(dataDir, session);
  app.child.kill('SIGKILL');
  await app.exited;
}
