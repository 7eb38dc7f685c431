import { constants } from 'node:os';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';

/** The terminal that a command was typed at. */
export interface Terminal {
  /** A line that does not show as it is typed; null where the person gives up. */
  readHidden(prompt: string): Promise<string | null>;
  /** A line; null where the person gives up. */
  read(prompt: string): Promise<string | null>;
}

/** This process's terminal, or null where standard input is none. Prompts go to standard error. */
export function systemTerminal(): Terminal | null {
  if (!process.stdin.isTTY) return null;
  return {
    readHidden: (prompt) => readLine(prompt, true),
    read: (prompt) => readLine(prompt, false),
  };
}

/** Reads one line, with the terminal's own echo off meanwhile: what shows, readline shows. */
async function readLine(prompt: string, isHidden: boolean): Promise<string | null> {
  const lines = createInterface({
    input: process.stdin,
    output: isHidden ? nullStream() : process.stderr,
    terminal: true,
    historySize: 0,
  });
  // Whoever stops the command from elsewhere must not be left with a terminal that shows nothing.
  const stop = (signal: NodeJS.Signals): void => {
    lines.close();
    process.exit(128 + constants.signals[signal]);
  };
  process.prependListener('SIGTERM', stop).prependListener('SIGHUP', stop);
  const line = await new Promise<string | null>((resolve) => {
    lines.once('line', resolve);
    // Ctrl-C; Ctrl-D closes it, and so does a terminal that goes away.
    lines.once('SIGINT', () => resolve(null));
    lines.once('close', () => resolve(null));
    // Only now: whoever sees it may type.
    if (isHidden) process.stderr.write(prompt);
    else lines.setPrompt(prompt);
    lines.prompt();
  });
  lines.close();
  process.off('SIGTERM', stop).off('SIGHUP', stop);
  if (isHidden || line === null) process.stderr.write('\n');
  return line;
}

function nullStream(): Writable {
  return new Writable({ write: (_chunk, _encoding, done) => done() });
}
