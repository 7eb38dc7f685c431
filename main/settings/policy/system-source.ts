import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import { promisify } from 'node:util';
import { createLinuxSource } from './linux.ts';
import { createMacSource } from './macos.ts';
import { NO_POLICY, type PolicySource, type Run } from './source.ts';
import { createWindowsSource } from './windows.ts';

const RUN_LIMIT_MS = 5_000;
const USUAL_WINDOWS = String.raw`C:\Windows`;

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
    timeout: RUN_LIMIT_MS,
    windowsHide: true,
    // cmd reads its line by rules of its own, which Node's quoting would break.
    windowsVerbatimArguments: true,
  });
  // A command prompt that is forbidden waits for a key before it goes.
  running.child.stdin?.end();
  const { stdout } = await running;
  return stdout;
};

/** The variable counts only where Windows is not in its usual place: anyone may set one. */
function systemRoot(): string {
  return existsSync(USUAL_WINDOWS) ? USUAL_WINDOWS : (process.env['SystemRoot'] ?? USUAL_WINDOWS);
}

function every(ms: number, action: () => void): () => void {
  const timer = setInterval(action, ms).unref();
  return () => clearInterval(timer);
}
