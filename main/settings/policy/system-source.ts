import { execFile } from 'node:child_process';
import { userInfo } from 'node:os';
import { promisify } from 'node:util';
import { systemRoot } from '../../common/system-root.ts';
import { createLinuxSource } from './linux.ts';
import { createMacSource } from './macos.ts';
import { NO_POLICY, type PolicySource, type Run } from './source.ts';
import { createWindowsSource } from './windows.ts';

const RUN_TIMEOUT_MS = 5_000;

/** Where this machine keeps its policies. `onFault` hears of a watch that failed. */
export function createSystemSource(onFault: (error: unknown) => void): PolicySource {
  switch (process.platform) {
    case 'linux':
      return createLinuxSource({ onFault });
    case 'win32':
      return createWindowsSource({ run, systemRoot: systemRoot(process.env), every });
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

function every(ms: number, action: () => void): () => void {
  const timer = setInterval(action, ms).unref();
  return () => clearInterval(timer);
}
