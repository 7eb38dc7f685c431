import { once } from 'node:events';
import { errorText } from '../../common/log.ts';
import type { CommandResult } from './command-result.ts';
import { EXIT } from './protocol.ts';

/** Prints what a command leaves behind and ends the process with its exit code. */
export async function finish({ exitCode, output, problems }: CommandResult): Promise<never> {
  await print(process.stderr, problems.map((problem) => `${problem}\n`).join(''));
  await print(process.stdout, output);
  process.exit(exitCode);
}

/** Ends the process over a fault that no command foresees, in one line. */
export async function finishFailed(error: unknown): Promise<never> {
  return finish({ exitCode: EXIT.failed, output: '', problems: [`Signoff: ${errorText(error)}`] });
}

/** Resolves when the text is out: a pipe may take it later, and an exit would cut it off. */
async function print(stream: NodeJS.WriteStream, text: string): Promise<void> {
  if (text !== '' && !stream.write(text)) await once(stream, 'drain');
}
