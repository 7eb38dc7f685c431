import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import { promisify } from 'node:util';
import { createLinuxSource } from './linux.ts';
import { createMacSource } from './macos.ts';
import { NO_POLICY, type PolicySource, type Run } from './source.ts';
import { createWindowsSource } from './windows.ts';

const RUN_TIMEOUT_MS = 5_000;
const DEFAULT_WINDOWS = String.raw`C:\Windows`;

/** Where this machine keeps its policies. `onFault` hears of a watch that failed. */
export function createSystemSource(onFault: (error: unknown) => void): PolicySource {
  switch (process.platform) {
    case 'linux':
      return createLinuxSource({ onFault });
    case 'win32':
      return createWindowsSource({ run, systemRoot: systemRoot(), every });
    case 'darwin':
      return createMacSource({ run, userName: userInfo().username, onFault });
    default:
      return {
        read: () => Promise.resolve({ machine: NO_POLICY, user: NO_POLICY }),
        watch: () => () => undefined,
      };
  }
}

const run: Run = async (program, args) => {
  const running = promisify(execFile)(program, args, {
    timeout: RUN_TIMEOUT_MS,
    windowsHide: true,
    // cmd has its own quoting rules, which Node's quoting would break.
    windowsVerbatimArguments: true,
  });
  // A disabled command prompt waits for a key before it exits.
  running.child.stdin?.end();
  const { stdout } = await running;
  return stdout;
};

/** The variable is a fallback only: any user can set it. */
function systemRoot(): string {
  return existsSync(DEFAULT_WINDOWS)
    ? DEFAULT_WINDOWS
    : (process.env['SystemRoot'] ?? DEFAULT_WINDOWS);
}

function every(ms: number, action: () => void): () => void {
  const timer = setInterval(action, ms).unref();
  return () => clearInterval(timer);
}
