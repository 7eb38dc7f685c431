import { type ControlReply, EXIT, type SignOffCommand } from './protocol.ts';

/** The result of a command: text for standard output, lines for standard error, and the exit code. */
export interface CommandResult {
  readonly exitCode: number;
  readonly output: string;
  readonly problems: readonly string[];
}

/** Returned when no app runs: the caller ends the leftovers itself. */
export interface EndLeftovers {
  readonly endLeftovers: SignOffCommand;
}

/** The rest of a command that needs Electron to be ready. */
export interface OnceReady {
  readonly onceReady: () => Promise<CommandResult>;
}

export function succeeded(output: string, problems: readonly string[] = []): CommandResult {
  return { exitCode: EXIT.done, output, problems };
}

export function failed(problems: readonly string[], exitCode: number = EXIT.failed): CommandResult {
  return { exitCode, output: '', problems };
}

/** The result of a command whose request the app refused. */
export function refused({ problems, exitCode }: Extract<ControlReply, { ok: false }>) {
  return failed(problems, exitCode);
}
