import { once } from 'node:events';
import { errorText } from '../../common/log.ts';
import { type CommandResult, failed } from './command-result.ts';

/** Prints a command's result and exits with its code. */
export async function finish({ exitCode, output, problems }: CommandResult): Promise<never> {
  await print(process.stderr, problems.map((problem) => `${problem}\n`).join(''));
  await print(process.stdout, output);
  process.exit(exitCode);
}

/** Prints an unexpected error in one line and exits. */
export async function finishFailed(error: unknown): Promise<never> {
  return finish(failed([`Signoff: ${errorText(error)}`]));
}

/** Resolves when the text is written: an exit would lose what a full pipe has not taken yet. */
async function print(stream: NodeJS.WriteStream, text: string): Promise<void> {
  if (text !== '' && !stream.write(text)) await once(stream, 'drain');
}
