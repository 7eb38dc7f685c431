import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { electronCommand, packedCommand, type Run } from './electron.ts';

export interface RunOptions {
  readonly dataDir: string;
  /** Switches for Electron, such as which keyring to use. */
  readonly electronArgs?: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  /** Another app to run instead, such as a baseline. */
  readonly folder?: string;
  /** A packed app's executable to run instead of the app in the tree. */
  readonly executable?: string;
  /** A command that runs it, such as one that gives it a namespace of its own. */
  readonly within?: readonly string[];
}

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A finished run of the command line. */
export interface CommandRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The built app as a child process. */
export interface SignoffProcess {
  readonly child: ChildProcess;
  readonly exited: Promise<Exit>;
  /** Resolves when it can hold sessions and take commands; rejects if it exits before. */
  readonly ready: Promise<void>;
  /** Its standard error so far. */
  log(): string;
}

/** Starts the built app. */
export function startSignoff(args: readonly string[], options: RunOptions): SignoffProcess {
  const child = spawnSignoff([`--user-data-dir=${options.dataDir}`, ...args], options);
  const exited = exitOf(child);
  let log = '';
  const ready = new Promise<void>((resolve, reject) => {
    createInterface({ input: child.stderr }).on('line', (line) => {
      log += `${line}\n`;
      if (line.includes('"event":"ready"')) resolve();
    });
    void exited.then(({ code, signal }) =>
      reject(new Error(`Signoff ended (${code ?? signal}) before it was ready:\n${log}`)),
    );
  });
  return { child, exited, ready, log: () => log };
}

/** Runs one command of the built app's command line. */
export async function runSignoff(
  args: readonly string[],
  options: RunOptions & { readonly stdin?: string },
): Promise<CommandRun> {
  // Without a word, the app is started, or the running one is shown.
  const run = args.some((arg) => !arg.startsWith('-')) ? 'command' : 'app';
  const child = spawnSignoff([...args, '--user-data-dir', options.dataDir], options, run);
  child.stdin.end(options.stdin ?? '');
  const [{ code }, stdout, stderr] = await Promise.all([
    exitOf(child),
    text(child.stdout),
    text(child.stderr),
  ]);
  return { code, stdout, stderr };
}

/** Resolves when the process has ended. */
export async function exitOf(child: ChildProcess): Promise<Exit> {
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
}

function spawnSignoff(args: readonly string[], options: RunOptions, run: Run = 'app') {
  const { electronArgs = [], env, folder, executable, within = [] } = options;
  const electron =
    executable === undefined
      ? electronCommand(args, folder, run)
      : packedCommand(executable, args, run);
  const [command, ...before] = [...within, electron.command];
  return spawn(command, [...before, ...electronArgs, ...electron.args], {
    env: { ...electron.env, ...env },
    stdio: 'pipe',
  });
}
