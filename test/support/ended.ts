import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** Ends a process, whatever it is doing, and resolves when it has gone. */
export async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}
