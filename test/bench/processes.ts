import { readdir, readFile } from 'node:fs/promises';

/** What processes have used so far. */
export interface Usage {
  /** Milliseconds of processor time. */
  readonly cpuMs: number;
  /** How often the first process's main thread, where the app's own code runs, has begun to wait. */
  readonly wakeUps: number;
}

/** The proportional set size of a process and all its descendants, in megabytes. */
export async function memoryOf(pid: number): Promise<number> {
  const sizes = (await family(pid)).map(async (member) => {
    const rollup = await readFile(`/proc/${member}/smaps_rollup`, 'utf8');
    return Number(/^Pss:\s+(\d+) kB$/m.exec(rollup)?.[1]) / 1024;
  });
  return sum(await Promise.all(sizes));
}

/** What a process and all its descendants have used. */
export async function usageOf(pid: number): Promise<Usage> {
  const times = (await family(pid)).map(async (member) => {
    const threads = await readdir(`/proc/${member}/task`);
    return sum(await Promise.all(threads.map((thread) => runTimeOf(member, thread))));
  });
  const status = await readFile(`/proc/${pid}/task/${pid}/status`, 'utf8');
  return {
    cpuMs: sum(await Promise.all(times)),
    wakeUps: Number(/^voluntary_ctxt_switches:\s+(\d+)$/m.exec(status)?.[1]),
  };
}

/** Milliseconds that a thread has run; finer than the ticks in `stat`, most of which are ten. */
async function runTimeOf(pid: number, thread: string): Promise<number> {
  const [nanoseconds = ''] = (
    await readFile(`/proc/${pid}/task/${thread}/schedstat`, 'utf8')
  ).split(' ');
  return Number(nanoseconds) / 1e6;
}

/** A process and all its descendants. */
async function family(pid: number): Promise<number[]> {
  const parents = new Map<number, number>();
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const parent = await parentOf(Number(name));
    if (parent !== null) parents.set(Number(name), parent);
  }
  const members = [pid];
  // It grows while it is walked through.
  for (const member of members) {
    for (const [child, parent] of parents) if (parent === member) members.push(child);
  }
  return members;
}

/** Null for a process that has ended meanwhile. */
async function parentOf(pid: number): Promise<number | null> {
  try {
    const status = await readFile(`/proc/${pid}/status`, 'utf8');
    return Number(/^PPid:\s+(\d+)$/m.exec(status)?.[1]);
  } catch (error) {
    if (
      error instanceof Error &&
      'code' in error &&
      ['ENOENT', 'ESRCH'].includes(String(error.code))
    )
      return null;
    throw error;
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
