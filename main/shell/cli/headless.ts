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
  return process.platform === 'linux' && !choosesDisplay();
}

/** Whether a switch says that it is, or that there is a display of another kind. */
export function choosesDisplay(): boolean {
  return process.argv.some((argument) => argument.startsWith('--ozone-platform='));
}

/**
 * Runs the same command line in a headless child process, which says itself what comes of it. Where a keyring, a bus or
 * a disk does not answer it stands still: then it is ended, and the result says so.
 */
export async function runHeadless(withinMs: number): Promise<CommandResult> {
  const switches = ['--ozone-platform=headless', '--disable-gpu'];
  // Chromium would look at them all the same, and complain of what is not there.
  const { DISPLAY: _, WAYLAND_DISPLAY: __, ...env } = process.env;
  const child = spawn(process.execPath, [...switches, ...process.argv.slice(1)], {
    stdio: 'inherit',
    env,
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
