import { spawn } from 'node:child_process';

/**
 * Whether this process has to start itself again: on Linux Chromium exits without a display, unless a
 * switch on its own command line says that it is headless.
 */
export function needsHeadless(): boolean {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  const hasDisplay = (DISPLAY ?? '') !== '' || (WAYLAND_DISPLAY ?? '') !== '';
  const isHeadless = process.argv.some((argument) => argument.startsWith('--ozone-platform='));
  return process.platform === 'linux' && !hasDisplay && !isHeadless;
}

/** Runs the same command line in a headless child process; resolves with its exit code. */
export async function runHeadless(): Promise<number> {
  const switches = ['--ozone-platform=headless', '--disable-gpu'];
  const child = spawn(process.execPath, [...switches, ...process.argv.slice(1)], {
    stdio: 'inherit',
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}
