import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root } from '../../scripts/setup/step.mjs';

const WINE = path.join(root, 'scripts/windows/wine.sh');
const LIMIT_MS = 60_000;

/** A program of Windows that has been started. */
export interface Program {
  readonly exited: Promise<Exit>;
  /** Ends it as Windows' TerminateProcess does. */
  kill(): void;
  /** What it has printed on standard error so far. */
  log(): string;
}

export interface Exit {
  /** Null where it was killed. */
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A fresh Windows of its own: its files, registry and processes are no other's. */
export interface Windows {
  /** Its drive C, on this system. */
  readonly drive: string;
  start(args: readonly string[], options?: StartOptions): Program;
  /** Starts a program and waits for its end; one that takes too long is killed. */
  run(args: readonly string[], options?: StartOptions): Promise<Exit>;
}

export interface StartOptions {
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** The current folder, a path of this system; the repository unless named. */
  readonly cwd?: string;
}

/** Windows' Node, by its path from the repository. */
export const NODE = '.cache\\windows\\node.exe';

/** A path of this system, as Windows has it. */
export function windowsPath(file: string): string {
  return `Z:${file.replaceAll('/', '\\')}`;
}

/** Makes a fresh Windows; it takes `scripts/windows/enter.sh`. */
export function newWindows(): Windows {
  const enteredRoot = process.env['SIGNOFF_WINDOWS_ROOT'] ?? '';
  const fresh = process.env['SIGNOFF_WINDOWS_FRESH'] ?? '';
  const folder = mkdtempSync(path.join(enteredRoot, 'windows-'));
  for (const name of ['upper', 'work', 'prefix']) mkdirSync(path.join(folder, name));
  const at = (name: string): string => path.join(folder, name);
  const layers = `lowerdir=${fresh},upperdir=${at('upper')},workdir=${at('work')}`;
  const mounted = spawnSync('mount', ['-t', 'overlay', 'overlay', '-o', layers, at('prefix')], {
    encoding: 'utf8',
  });
  if (mounted.status !== 0) throw new Error(mounted.stderr);
  const WINEPREFIX = at('prefix').slice(enteredRoot.length);

  const start = (args: readonly string[], options: StartOptions = {}): Program => {
    // Windows' programs cannot have Linux' pipes as their streams.
    const streams = mkdtempSync(path.join(tmpdir(), 'signoff-windows-'));
    const files = ['in', 'out', 'err'].map((name) => path.join(streams, name));
    const [input = '', out = '', err = ''] = files;
    writeFileSync(input, options.input ?? '');
    const stdio = files.map((file, index) => openSync(file, index === 0 ? 'r' : 'a'));
    const child: ChildProcess = spawn(WINE, args, {
      cwd: options.cwd ?? root,
      // Windows' programs see the environment, so it is not this system's.
      env: {
        PATH: '/usr/bin:/bin',
        SIGNOFF_WINDOWS_ROOT: enteredRoot,
        WINEPREFIX,
        ...options.env,
      },
      stdio,
    });
    stdio.forEach((descriptor) => closeSync(descriptor));
    return {
      exited: once(child, 'exit').then(([code]) => ({
        code: typeof code === 'number' ? code : null,
        out: readFileSync(out, 'utf8'),
        err: readFileSync(err, 'utf8'),
      })),
      kill: () => child.kill('SIGKILL'),
      log: () => readFileSync(err, 'utf8'),
    };
  };

  return {
    drive: path.join(at('prefix'), 'drive_c'),
    start,
    async run(args, options) {
      const program = start(args, options);
      const limit = setTimeout(() => program.kill(), LIMIT_MS);
      const exit = await program.exited;
      clearTimeout(limit);
      return exit;
    },
  };
}
