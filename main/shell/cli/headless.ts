import { spawn } from 'node:child_process';
import { systemClock, within } from '../../common/clock.ts';
import { type CommandResult, failed } from './command-result.ts';

/** For what a command does beside its time: to start, and to say what came of it. */
const BESIDE_MS = 3_000;

/**
 * Whether this process has to start itself again: on Linux Chromium exits without a display, and crashes with one that
 * is not there any more, unless a switch on its own command line says that it is headless.
 */
export function needsHeadless(): boolean {
  const isHeadless = process.argv.some((argument) => argument.startsWith('--ozone-platform='));
  return process.platform === 'linux' && !isHeadless;
}

/**
 * Runs the same command line in a headless child process, which says itself what comes of it. Where a keyring, a bus or
 * a disk does not answer it stands still: then it is ended, and the result says so.
 */
export async function runHeadless(withinMs: number): Promise<CommandResult> {
  const switches = ['--ozone-platform=headless', '--disable-gpu'];
  const child = spawn(process.execPath, [...switches, ...process.argv.slice(1)], {
    stdio: 'inherit',
  });
  const exited = new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
  const exitCode = await within(systemClock, withinMs + BESIDE_MS, exited);
  if (exitCode !== null) return { exitCode, output: '', problems: [] };
  child.kill('SIGKILL');
  return failed([
    `This was not done within ${withinMs / 1000} seconds: the keyring, the session bus that leads to it, or the disk does not answer. What is saved stays so, and is ended at the next start.`,
  ]);
}
