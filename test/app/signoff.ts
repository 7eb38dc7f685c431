import type { ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inject, onTestFinished } from 'vitest';
import { z } from 'zod';
import { type Receipt, receiptSchema } from '../../main/signoff/receipt.ts';
import {
  type CommandRun,
  type Exit,
  runSignoff,
  type SignoffProcess,
  startSignoff as start,
} from '../../scripts/signoff.ts';
import { openSignoff as open, type SignoffWindow } from '../../scripts/signoff-window.ts';
import { type PracticeServer, startPracticeServer } from '../../simulator/practice-server.ts';

export type { SignoffProcess };

const heldReply = z.object({ id: z.string() });
const statusReply = z.looseObject({
  running: z.literal(true),
  held: z.array(z.looseObject({ id: z.string(), label: z.string() })),
  vault: z.looseObject({ durable: z.boolean(), setAside: z.string().nullable() }),
});

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
  const app = start(['--hidden', ...args], { dataDir, env, electronArgs: inject('electronArgs') });
  onTestFinished(() => killed(app.child, app.exited));
  await app.ready;
  return app;
}

/** Starts the app with its window, driven by Playwright. */
export async function openSignoff(
  dataDir: string,
  options: { env?: NodeJS.ProcessEnv } = {},
): Promise<SignoffWindow> {
  const opened = await open({ dataDir, electronArgs: inject('electronArgs'), ...options });
  onTestFinished(() => killed(opened.child, opened.exited));
  return opened;
}

/** Runs one command of the command line on a data folder. */
export function signoff(
  dataDir: string,
  args: readonly string[],
  options: { stdin?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<CommandRun> {
  return runSignoff(args, { dataDir, electronArgs: inject('electronArgs'), ...options });
}

/** Hands a session in by the command line; resolves with the id it is held under. */
export async function hold(dataDir: string, session: object): Promise<string> {
  const run = await signoff(dataDir, ['hold'], { stdin: JSON.stringify(session) });
  if (run.code !== 0) throw new Error(`hold ended with ${run.code}: ${run.stderr}`);
  return heldReply.parse(JSON.parse(run.stdout)).id;
}

/** What `status --json` says of a running app. */
export async function status(dataDir: string): Promise<z.infer<typeof statusReply>> {
  const run = await signoff(dataDir, ['status', '--json']);
  return statusReply.parse(JSON.parse(run.stdout));
}

/** The newest receipts first, as `results --json` prints them. */
export async function results(dataDir: string): Promise<Receipt[]> {
  const run = await signoff(dataDir, ['results', '--json']);
  return z.array(receiptSchema).parse(JSON.parse(run.stdout));
}

const SITE = 'day001_221100_sql_001h';

/** A session as it is handed in. */
interface HandedIn {
  readonly kind: 'agent' | 'engagement';
  readonly server: string;
  readonly sessionId: string;
}

/** An agent session that the server knows, as it is handed in. */
export function agentSession(server: PracticeServer, name: string): HandedIn {
  const session = {
    fqSiteName: SITE,
    accountId: '12',
    sessionId: `node0${idPart(name)}secret`,
    pool: '297:1',
  };
  server.addAgent(session);
  const address = { server: server.url, label: name };
  return { kind: 'agent', ...address, ...session };
}

/** An engagement that the server knows, as it is handed in. */
export function engagement(server: PracticeServer, name: string): HandedIn {
  const session = { fqSiteName: SITE, sessionId: `192h${idPart(name)}secret`, pool: '297:1' };
  server.addEngagement(session);
  const address = { server: server.url, label: name };
  return { kind: 'engagement', ...address, ...session };
}

function idPart(name: string): string {
  return name.replaceAll(' ', '');
}

async function killed(child: ChildProcess, exited: Promise<Exit>): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
  await exited;
}
