import { inject, onTestFinished } from 'vitest';
import { type CommandRun, runSignoff, startSignoff } from '../../scripts/signoff.ts';
import { heldId } from '../support/commands.ts';
import { electronArgs } from '../app/desktop.ts';
import { ended } from '../support/ended.ts';

/** Starts the packed app, or another copy of it, and resolves when it is ready. */
export async function startPacked(
  dataDir: string,
  args: readonly string[] = ['--hidden'],
  executable = packed().executable,
): Promise<ReturnType<typeof startSignoff>> {
  const app = startSignoff(args, { dataDir, electronArgs, executable });
  onTestFinished(() => ended(app.child));
  await app.ready;
  return app;
}

/** Runs one command of the packed app's command line. */
export function packedSignoff(
  dataDir: string,
  args: readonly string[],
  options: { stdin?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<CommandRun> {
  return runSignoff(args, { dataDir, ...packed(), ...options });
}

/** Hands a session in on the packed app's command line. */
export async function holdPacked(dataDir: string, session: object): Promise<string> {
  return heldId(await packedSignoff(dataDir, ['hold'], { stdin: JSON.stringify(session) }));
}

function packed(): { executable: string; electronArgs: readonly string[] } {
  return { executable: inject('packed').executable, electronArgs };
}
