import * as z from 'zod';
import { checkPolicyText } from '../../settings/policy/policy-text.ts';
import { type SettingsReport, settingsReportSchema } from '../../settings/report.ts';
import type { SettingProblem } from '../../settings/settings.ts';
import { errorText } from '../../common/log.ts';
import { isOver, type Receipt, receiptSchema } from '../../results/receipt.ts';
import type { Receipts } from '../../results/receipts.ts';
import { ALL_RESULTS } from '../../results/filter.ts';
import type { Command } from './command-line.ts';
import {
  type CommandResult,
  type EndLeftovers,
  failed,
  type OnceReady,
  refused,
  succeeded,
} from './command-result.ts';
import { type RunningApp, sendRequest } from './control-client.ts';
import { loginItemReply } from './control-handler.ts';
import type { Input } from './read-input.ts';
import { type ControlReply, type ControlRequest, EXIT, type SignOffCommand } from './protocol.ts';
import { signInByCommand } from './sign-in-command.ts';
import { heldTable, receiptTable, settingsTable, statusSchema } from './tables.ts';
import type { Terminal } from './terminal.ts';

const NOT_RUNNING = 'Signoff is not running. Start it first.';
/** Longer than the app's budgets and its question together. */
const QUIT_TIMEOUT_MS = 15_000;
const NOT_GONE = `Signoff has not gone within ${QUIT_TIMEOUT_MS / 1000} seconds.`;

/** A command that the app carries out, or that asks whether it runs. */
type AppCommand = Exclude<
  Command,
  { kind: 'results' | 'policy' | 'policy-check' | 'diagnostics' | 'login-item' }
>;
export type DiagnosticsInvocation = Extract<Command, { kind: 'diagnostics' }>;
type SignOffInvocation = Extract<Command, { kind: 'sign-off' }>;

/**
 * Carries out one command, through the running app if there is one. A sign-off without an app is returned
 * to the caller, because decrypting the vault needs a ready Electron.
 */
export async function runCommand(
  command: Command,
  parts: {
    app: RunningApp | null;
    receipts: Pick<Receipts, 'page'>;
    /** See `wrong-person.ts`; null if the caller may be the agent. */
    wrongPerson: string | null;
    /** Connects again: each connection is for one request. */
    findApp: () => Promise<RunningApp | null>;
    /** See `read-input.ts`; null stands for standard input. */
    readInput: (file: string | null) => Promise<Input>;
    /** Null if standard input is no terminal. */
    terminal: Terminal | null;
    readFile: (file: string) => Promise<string>;
    /** The settings that would be in force if the app ran. */
    settingsReport: () => Promise<SettingsReport>;
    /** Changes the setting and the login item without the app. */
    setStartAtLogin: (on: boolean) => Promise<SettingProblem | null>;
    diagnostics: (
      command: DiagnosticsInvocation,
      app: RunningApp | null,
    ) => Promise<CommandResult | OnceReady>;
  },
): Promise<CommandResult | EndLeftovers | OnceReady> {
  const { app } = parts;
  if (command.kind === 'results') {
    const { limit } = command;
    const page = await parts.receipts.page({ after: null, limit, filter: ALL_RESULTS });
    const unreadable =
      page.unreadable === 0 ? [] : [`${page.unreadable} unreadable lines were passed over.`];
    return succeeded(receiptsOutput(page.receipts, command.json), unreadable);
  }
  if (command.kind === 'policy-check') return checkPolicy(command.file, parts.readFile);
  if (command.kind === 'policy') {
    if (app === null) return policyOutput(await parts.settingsReport(), command.json);
    const reply = await app.request({ command: 'policy' });
    if (!reply.ok) return refused(reply);
    return policyOutput(settingsReportSchema.parse(reply.result), command.json);
  }
  if (command.kind === 'diagnostics') return parts.diagnostics(command, app);
  if (command.kind === 'login-item') {
    const { on } = command;
    const reply =
      app === null
        ? loginItemReply(await parts.setStartAtLogin(on))
        : await app.request({ command: 'login-item', on });
    if (!reply.ok) return refused(reply);
    return succeeded(on ? 'Signoff starts at login.\n' : 'Signoff does not start at login.\n');
  }
  if (app === null) return withoutApp(command, parts.wrongPerson);
  if (command.kind === 'sign-in') return signInByCommand(command, { ...parts, app });
  if (command.kind === 'hold') return holdByCommand(command.file, app, parts.readInput);
  const reply = await sendRequest(app, requestOf(command));
  if (command.kind === 'sign-off') return resultOfSignOff(reply, command.json);
  if (!reply.ok) return refused(reply);
  switch (command.kind) {
    case 'status':
      return succeeded(
        command.json ? json(reply.result) : heldTable(statusSchema.parse(reply.result)),
      );
    case 'set-activity':
      return succeeded('');
    case 'prepare-update': {
      // Only an app that goes by itself is waited for.
      if (!command.close || (await app.exited(QUIT_TIMEOUT_MS))) return succeeded('');
      return failed([NOT_GONE]);
    }
    case 'quit': {
      const isGone = await app.exited(QUIT_TIMEOUT_MS);
      const { stillHeld } = z.object({ stillHeld: z.number() }).parse(reply.result);
      const problems = [
        ...(stillHeld === 0
          ? []
          : [
              `${stillHeld} could not be ended in time. They are saved where this computer offers encryption, and signed off at Signoff's next start, or by 'signoff sign-off'; see 'signoff results'.`,
            ]),
        ...(isGone ? [] : [NOT_GONE]),
      ];
      return problems.length === 0 ? succeeded('') : failed(problems);
    }
  }
}

/** The result of a sign-off's reply, wherever it was carried out. */
export function resultOfSignOff(reply: ControlReply, asJson: boolean): CommandResult {
  if (!reply.ok) return refused(reply);
  const receipts = z.array(receiptSchema).parse(reply.result);
  const allOver = receipts.every(({ outcome }) => isOver(outcome));
  const exitCode = allOver ? EXIT.done : EXIT.failed;
  return { exitCode, output: receiptsOutput(receipts, asJson), problems: [] };
}

/** Problems are part of the JSON; with the table they go to standard error. */
function policyOutput(report: SettingsReport, asJson: boolean): CommandResult {
  if (asJson) return succeeded(json(report));
  const problems = report.problems.map(({ source, problem }) =>
    source === 'agent' ? `settings.json: ${problem}` : `${source}: ${problem}`,
  );
  return succeeded(settingsTable(report), problems);
}

async function checkPolicy(
  file: string,
  readFile: (file: string) => Promise<string>,
): Promise<CommandResult> {
  const misused = (problems: readonly string[]): CommandResult =>
    failed(
      problems.map((problem) => `${file}: ${problem}`),
      EXIT.misused,
    );
  let text: string;
  try {
    text = await readFile(file);
  } catch (error) {
    return misused([`The file could not be read (${errorText(error)}).`]);
  }
  const problems = checkPolicyText(text);
  return problems.length > 0 ? misused(problems) : succeeded(`${file}: every setting is good.\n`);
}

function withoutApp(command: AppCommand, wrongPerson: string | null): CommandResult | EndLeftovers {
  const problems = wrongPerson === null ? [] : [wrongPerson];
  switch (command.kind) {
    case 'status':
      return succeeded(
        command.json ? json({ running: false }) : 'Signoff is not running.\n',
        problems,
      );
    case 'sign-off':
      if (wrongPerson === null) return { endLeftovers: signOffCommand(command) };
      return { exitCode: EXIT.wrongPerson, output: receiptsOutput([], command.json), problems };
    case 'hold':
    case 'sign-in':
    case 'set-activity':
    case 'quit':
    case 'prepare-update':
      return failed([NOT_RUNNING, ...problems], EXIT.notRunning);
  }
}

async function holdByCommand(
  file: string | null,
  app: RunningApp,
  readInput: (file: string | null) => Promise<Input>,
): Promise<CommandResult> {
  const input = await readInput(file);
  if (!input.ok) return failed([input.problem], EXIT.misused);
  const reply = await sendRequest(app, { command: 'hold', text: input.text });
  return reply.ok ? succeeded(json(reply.result)) : refused(reply);
}

function requestOf(command: Exclude<AppCommand, { kind: 'sign-in' | 'hold' }>): ControlRequest {
  switch (command.kind) {
    case 'status':
    case 'quit':
      return { command: command.kind };
    case 'set-activity':
      return { command: 'set-activity', available: command.available, reason: command.reason };
    case 'sign-off':
      return signOffCommand(command);
    case 'prepare-update':
      return { command: command.kind, close: command.close };
  }
}

function signOffCommand({ ids, force, timeoutMs }: SignOffInvocation): SignOffCommand {
  const which = ids.length === 0 ? 'all' : [...ids];
  return { command: 'sign-off', ids: which, force, budgetMs: timeoutMs };
}

function receiptsOutput(receipts: readonly Receipt[], asJson: boolean): string {
  return asJson ? json(receipts) : receiptTable(receipts);
}

function json(value: unknown): string {
  return `${JSON.stringify(value)}\n`;
}
