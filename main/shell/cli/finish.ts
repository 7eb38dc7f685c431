import { once } from 'node:events';
import { writeSync } from 'node:fs';
import { errorText } from '../../common/log.ts';
import { type CommandResult, failed } from './command-result.ts';

/** Prints a command's result and exits with its code. */
export async function finish({ exitCode, output, problems }: CommandResult): Promise<never> {
  await printProblems(problems.map((problem) => `${problem}\n`).join(''));
  await print(process.stdout, output);
  process.exit(exitCode);
}

/** Prints an unexpected error in one line and exits. */
export async function finishFailed(error: unknown): Promise<never> {
  return finish(failed([`Signoff: ${errorText(error)}`]));
}

/**
 * On Windows, Electron sends what is written to `process.stderr` to standard output, into a command's JSON
 * (`lib/browser/init.ts`); the descriptor itself is none where a prompt started a program with windows.
 */
async function printProblems(text: string): Promise<void> {
  if (process.platform === 'win32' && text !== '') {
    try {
      writeSync(2, text);
      return;
    } catch {
      // Better among the output than not at all.
    }
  }
  await print(process.stderr, text);
}

/** Resolves when the text is written: an exit would lose what a full pipe has not taken yet. */
async function print(stream: NodeJS.WriteStream, text: string): Promise<void> {
  if (text !== '' && !stream.write(text)) await once(stream, 'drain');
}
