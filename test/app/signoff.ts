import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { _electron, type ElectronApplication, type Page } from 'playwright';
import { inject, onTestFinished } from 'vitest';
import { z } from 'zod';
import { type Receipt, receiptSchema } from '../../main/signoff/receipt.ts';
import { electronCommand } from '../../scripts/electron.ts';
import { type PracticeServer, startPracticeServer } from '../../simulator/practice-server.ts';

/** What became of a process. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A run of the command line. */
export interface CommandRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The real app as a process of its own, with nothing in between. */
export interface SignoffProcess {
  readonly child: ChildProcess;
  readonly exited: Promise<Exit>;
  /** All that it has written to standard error so far. */
  log(): string;
}

/** The real app, driven by Playwright. */
export interface SignoffWindow {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly exited: Promise<Exit>;
}

const READY_WITHIN_MS = 20_000;
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

/** Starts the app and resolves when it is ready. */
export async function startSignoff(
  dataDir: string,
  options: { args?: readonly string[]; env?: NodeJS.ProcessEnv } = {},
): Promise<SignoffProcess> {
  const { command, args, env } = electronCommand([
    '--hidden',
    `--user-data-dir=${dataDir}`,
    ...(options.args ?? []),
  ]);
  const child = spawn(command, [...inject('electronArgs'), ...args], {
    env: { ...env, ...options.env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const exited = exitOf(child);
  onTestFinished(() => killed(child, exited));
  let log = '';
  const lines = createInterface({ input: child.stderr });
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`Signoff was not ready in time:\n${log}`)),
      READY_WITHIN_MS,
    );
    lines.on('line', (line) => {
      log += `${line}\n`;
      if (!line.includes('"event":"ready"')) return;
      clearTimeout(timer);
      resolve();
    });
    void exited.then(({ code, signal }) =>
      reject(new Error(`Signoff ended (${code ?? signal}) before it was ready:\n${log}`)),
    );
  });
  return { child, exited, log: () => log };
}

/** Starts the app with its window, driven by Playwright. */
export async function openSignoff(dataDir: string): Promise<SignoffWindow> {
  const { command, args, env } = electronCommand([`--user-data-dir=${dataDir}`]);
  const app = await _electron.launch({
    executablePath: command,
    args: [...inject('electronArgs'), ...args],
    env: definedOnly(env),
  });
  const child = app.process();
  const exited = exitOf(child);
  onTestFinished(() => killed(child, exited));
  return { app, page: await app.firstWindow(), exited };
}

/** Runs one command of the command line on a data folder. */
export async function signoff(
  dataDir: string,
  args: readonly string[],
  options: { stdin?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<CommandRun> {
  const { command, args: all, env } = electronCommand([...args, '--user-data-dir', dataDir]);
  const child = spawn(command, [...inject('electronArgs'), ...all], { env: { ...env, ...options.env } });
  const exited = exitOf(child);
  onTestFinished(() => killed(child, exited));
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (stdout += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk));
  child.stdin.end(options.stdin ?? '');
  await once(child, 'close');
  return { code: (await exited).code, stdout, stderr };
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
  const session = { fqSiteName: SITE, accountId: '12', sessionId: `node0${idPart(name)}secret`, pool: '297:1' };
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

async function exitOf(child: ChildProcess): Promise<Exit> {
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
}

async function killed(child: ChildProcess, exited: Promise<Exit>): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
  await exited;
}

function definedOnly(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
