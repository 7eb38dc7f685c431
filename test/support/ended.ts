import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** Ends a process, whatever it is doing, and resolves when it has gone. */
export async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}

/** Sees to it that a process does not outlive this one, however this one ends. */
export function endedWithUs<T extends ChildProcess>(child: T): T {
  const kill = (): void => void child.kill('SIGKILL');
  process.once('exit', kill);
  child.once('exit', () => process.off('exit', kill));
  return child;
}

/** The result of work that takes a process; rejects at once where the process ends before. */
export async function whileRunning<T>(child: ChildProcess, work: Promise<T>): Promise<T> {
  const over = new AbortController();
  const gone = once(child, 'exit', over).then(([code, signal]) => {
    throw new Error(`${child.spawnfile} ended too early, with ${String(code ?? signal)}.`);
  });
  try {
    return await Promise.race([work, gone]);
  } finally {
    over.abort();
  }
}
