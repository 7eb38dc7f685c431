import { type ChildProcess, spawn } from 'node:child_process';
import type { SleepInhibitor } from './away.ts';

/**
 * Delays the machine's sleep until it is released. Electron's own inhibitor on Linux is released as soon as
 * its `suspend` listeners have returned, before anything asynchronous is done. systemd-inhibit holds one
 * while its program runs: a `cat` that ends with its input. Windows and macOS wait for a listener anyway.
 */
export function createSleepInhibitor(
  platform: NodeJS.Platform,
  onFault: (error: unknown) => void,
): SleepInhibitor {
  let holder: ChildProcess | null = null;
  return {
    take() {
      if (platform !== 'linux' || holder !== null) return;
      const started = spawn(
        'systemd-inhibit',
        ['--what=sleep', '--mode=delay', '--who=Signoff', '--why=Signs off first', 'cat'],
        { stdio: ['pipe', 'ignore', 'ignore'] },
      );
      started.once('error', (error) => {
        if (holder === started) holder = null;
        onFault(error);
      });
      started.once('exit', (code, signal) => {
        if (holder !== started) return;
        holder = null;
        onFault(new Error(`systemd-inhibit ended by itself (${code ?? signal})`));
      });
      holder = started;
    },
    release() {
      holder?.stdin?.end();
      holder = null;
    },
  };
}
