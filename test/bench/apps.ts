import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findRunningApp } from '../../main/shell/cli/control-client.ts';
import type { ControlRequest } from '../../main/shell/cli/protocol.ts';
import { knownControlEndpoint } from '../../main/shell/cli/control-endpoint.ts';
import { machineDirOf } from '../support/machine-dir.ts';
import { type RunOptions, type SignoffProcess, startSignoff } from '../../scripts/signoff.ts';

/** Which app: ours, started in the tray, or one of the bare ones that it is held against. */
export type Which = 'signoff' | 'bare' | 'bare-window';

/** Long enough for what an app does right after its start, so that it is found at rest. */
const REST_MS = 1_500;

/** Calls `use` with a folder for an app's files, which goes away afterwards. */
export async function withDataDir<T>(use: (dataDir: string) => Promise<T>): Promise<T> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'signoff-bench-'));
  try {
    return await use(dataDir);
  } finally {
    await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Starts an app in the tray. */
export function startApp(which: Which, options: RunOptions): SignoffProcess {
  return which === 'signoff'
    ? startSignoff(['--hidden'], options)
    : startSignoff([], { ...options, folder: path.join(import.meta.dirname, which) });
}

/** Calls `use` with an app in the tray that has come to rest, and ends it afterwards. */
export async function withApp<T>(
  which: Which,
  options: RunOptions,
  use: (app: SignoffProcess) => Promise<T>,
): Promise<T> {
  const app = startApp(which, options);
  try {
    await app.ready;
    await sleep(REST_MS);
    return await use(app);
  } finally {
    await stopApp(app);
  }
}

/** Ends an app and waits until it has gone. */
export async function stopApp({ child, exited }: SignoffProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
  await exited;
}

/** Sends the running app a command over its own socket, as the command line does. */
export async function command(dataDir: string, request: ControlRequest): Promise<void> {
  const app = await findRunningApp(knownControlEndpoint(machineDirOf(dataDir)));
  if (app === null) throw new Error('Signoff does not run.');
  const reply = await app.request(request);
  if (!reply.ok) throw new Error(reply.problems.join('; '));
}

export function pidOf({ child }: SignoffProcess): number {
  if (child.pid === undefined) throw new Error('The app did not start.');
  return child.pid;
}
