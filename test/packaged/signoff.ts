import { onTestFinished } from 'vitest';
import {
  type CommandRun,
  runSignoff,
  type SignoffProcess,
  startSignoff,
} from '../../scripts/signoff.ts';
import { electronArgs } from '../app/desktop.ts';
import { heldId } from '../support/commands.ts';
import { ended } from '../support/ended.ts';

/** What a test does with a packed app, given its executable. */
export function packedSignoff(executable: string) {
  const packed = { executable, electronArgs };

  /** Starts it and resolves when it is ready. */
  async function start(
    dataDir: string,
    args: readonly string[] = ['--hidden'],
  ): Promise<SignoffProcess> {
    const app = startSignoff(args, { dataDir, ...packed });
    onTestFinished(() => ended(app.child));
    await app.ready;
    return app;
  }

  /** Runs one command of its command line. */
  function run(
    dataDir: string,
    args: readonly string[],
    options: { stdin?: string; env?: NodeJS.ProcessEnv } = {},
  ): Promise<CommandRun> {
    return runSignoff(args, { dataDir, ...packed, ...options });
  }

  /** Hands a session in on its command line. */
  async function hold(dataDir: string, session: object): Promise<string> {
    return heldId(await run(dataDir, ['hold'], { stdin: JSON.stringify(session) }));
  }

  return { start, run, hold };
}
