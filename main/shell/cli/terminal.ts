import { constants } from 'node:os';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';

/** The terminal that a command was typed at. */
export interface Terminal {
  /** Reads a line without echo; null if the person cancels. */
  readHidden(prompt: string): Promise<string | null>;
  /** Reads a line; null if the person cancels. */
  read(prompt: string): Promise<string | null>;
}

/** This process's terminal; null if standard input is none. Prompts go to standard error. */
export function systemTerminal(): Terminal | null {
  if (!process.stdin.isTTY) return null;
  return {
    readHidden: (prompt) => readLine(prompt, true),
    read: (prompt) => readLine(prompt, false),
  };
}

/** The terminal's own echo is off: only readline writes what is typed. */
async function readLine(prompt: string, isHidden: boolean): Promise<string | null> {
  const lines = createInterface({
    input: process.stdin,
    output: isHidden
      ? new Writable({ write: (_chunk, _encoding, done) => done() })
      : process.stderr,
    terminal: true,
    historySize: 0,
  });
  // A signal must not leave the terminal without echo.
  const stop = (signal: NodeJS.Signals): void => {
    lines.close();
    process.exit(128 + constants.signals[signal]);
  };
  process.prependListener('SIGTERM', stop).prependListener('SIGHUP', stop);
  const line = await new Promise<string | null>((resolve) => {
    lines.once('line', resolve);
    // Ctrl-C; Ctrl-D and a closed terminal cause a close.
    lines.once('SIGINT', () => resolve(null));
    lines.once('close', () => resolve(null));
    // Last, because the answer may come at once.
    if (isHidden) process.stderr.write(prompt);
    else lines.setPrompt(prompt);
    lines.prompt();
  });
  lines.close();
  process.off('SIGTERM', stop).off('SIGHUP', stop);
  if (isHidden || line === null) process.stderr.write('\n');
  return line;
}
