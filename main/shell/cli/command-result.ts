import type { ControlReply, SignOffCommand } from './protocol.ts';

/** What a command leaves behind: text for standard output and error, and its exit code. */
export interface CommandResult {
  readonly exitCode: number;
  readonly output: string;
  readonly problems: readonly string[];
}

/** What is to be done when no app runs: the caller ends the leftovers itself. */
export interface EndLeftovers {
  readonly endLeftovers: SignOffCommand;
}

/** What is to be done once Electron has started, which it does not before a command is through. */
export interface OnceReady {
  readonly onceReady: () => Promise<CommandResult>;
}

/** What a command leaves behind whose request the app refused. */
export function refused({
  exitCode,
  problems,
}: Extract<ControlReply, { ok: false }>): CommandResult {
  return { exitCode, output: '', problems };
}
