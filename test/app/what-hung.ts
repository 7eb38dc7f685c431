// Some tests of the real app have run into their limit for a reason that is not known. Where one does, this tells on
// standard error what it had reached, and what its app was doing.
import { readdirSync, readFileSync } from 'node:fs';
import { loadavg, uptime } from 'node:os';
import path from 'node:path';
import { afterEach } from 'vitest';
import { LOG_FILE_NAMES } from '../../main/shell/log-file.ts';

const STEPS = 20;
const LOG_LINES = 12;
/** Characters. */
const COMMAND = 120;
/** What Linux counts processor time and starts in, on every machine that Electron runs on. */
const TICKS_PER_SECOND = 100;

const steps: { readonly step: string; readonly at: number }[] = [];

/** Has it told, should the test hang, that it came to this. */
export function reached(step: string): void {
  steps.push({ step, at: performance.now() });
}

// The test's own clean-up, which ends its apps, comes after this.
afterEach(({ task }) => {
  if (process.platform !== 'linux') return;
  const last = task.result?.errors?.at(-1)?.message ?? '';
  if (!last.startsWith('Test timed out')) return;
  process.stderr.write(`${report(task.name).join('\n')}\n`);
});

function report(name: string): string[] {
  const now = performance.now();
  const processes = ourProcesses();
  const dataDirs = new Set(processes.flatMap(({ command }) => dataDirOf(command) ?? []));
  return [
    `what hung: ${name} (load ${loadavg().join(' ')})`,
    ...steps.slice(-STEPS).map(({ step, at }) => `  ${seconds(now - at)} s ago: ${step}`),
    ...processes.map(({ told, command }) => `  ${told}: ${command.slice(0, COMMAND)}`),
    ...[...dataDirs].flatMap((dataDir) => lastLog(dataDir).map((line) => `  log: ${line}`)),
  ];
}

interface Running {
  readonly parent: string;
  readonly command: string;
  readonly told: string;
}

/** What the test has started: the apps with all their processes, and the desktop. */
function ourProcesses(): Running[] {
  const all = new Map(
    readdirSync('/proc').flatMap((pid) => {
      const found = /^\d+$/.test(pid) ? running(pid) : null;
      return found === null ? [] : [[pid, found] as const];
    }),
  );
  const isOurs = (parent: string | undefined): boolean =>
    parent !== undefined && (parent === String(process.pid) || isOurs(all.get(parent)?.parent));
  return [...all.values()].filter(({ parent }) => isOurs(parent));
}

/** How a process fares, by proc(5): a main thread in `ep_poll` waits for events, one in `futex_…` for a thread. */
function running(pid: string): Running | null {
  const read = (file: string): string => readFileSync(path.join('/proc', pid, file), 'utf8');
  try {
    // The name, in brackets, may contain anything.
    const fields = read('stat').split(') ').at(-1)?.split(' ') ?? [];
    const ticks = (index: number): number => Number(fields[index]) / TICKS_PER_SECOND;
    const age = uptime() - ticks(19);
    const busy = ticks(11) + ticks(12);
    return {
      parent: fields[1] ?? '',
      command: read('cmdline').replaceAll('\0', ' '),
      told: `${pid} ${fields[0]} in ${read('wchan')}, ${age.toFixed(1)} s old, ${busy.toFixed(1)} s busy`,
    };
  } catch {
    return null; // It has gone meanwhile, or is somebody else's.
  }
}

/** Chromium writes its arguments anew, with spaces between them. */
function dataDirOf(command: string): string | undefined {
  // Chromium's own processes are told the machine's folder in it.
  return / --user-data-dir=(\S+?)(\/machine-[0-9a-f]{8})?(\s|$)/.exec(command)?.[1];
}

function lastLog(dataDir: string): string[] {
  try {
    const log = readFileSync(path.join(dataDir, 'logs', LOG_FILE_NAMES[0] ?? ''), 'utf8');
    return log.trimEnd().split('\n').slice(-LOG_LINES);
  } catch (error) {
    return [String(error)];
  }
}

function seconds(ms: number): string {
  return (ms / 1_000).toFixed(1);
}
