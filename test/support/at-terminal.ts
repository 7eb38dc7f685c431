import { execFile, execFileSync } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import * as z from 'zod';
import { takes } from './takes.ts';

const resultSchema = z.object({
  /** All that the terminal showed. */
  shown: z.string(),
  code: z.number(),
  /** Whether the terminal is as it was before. */
  restored: z.boolean(),
});

/** What is done once something shows: typing, or sending a signal. */
type Step = readonly [shows: string, action: string | { readonly signal: number }];

/** Whether there is what `atTerminal` needs. */
export const hasTerminals = tryPython();
export const TAKES_A_TERMINAL = takes('python3, 3.9 or newer');

/** Runs a command at a terminal of its own. */
export async function atTerminal(
  command: readonly string[],
  steps: readonly Step[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<z.infer<typeof resultSchema>> {
  const driver = path.join(import.meta.dirname, 'terminal.py');
  const { stdout } = await promisify(execFile)(
    'python3',
    [driver, JSON.stringify(steps), ...command],
    { env },
  );
  return resultSchema.parse(JSON.parse(stdout));
}

function tryPython(): boolean {
  if (process.platform === 'win32') return false;
  try {
    execFileSync('python3', ['-c', 'import pty, termios, os; os.waitstatus_to_exitcode']);
    return true;
  } catch {
    // No Python, or one older than 3.9.
    return false;
  }
}
