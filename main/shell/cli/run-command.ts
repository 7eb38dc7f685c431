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
  type OnceReady,
  refused,
} from './command-result.ts';
import { ask, type RunningApp } from './control-client.ts';
import { loginItemReply } from './login-item-command.ts';
import { type ControlReply, type ControlRequest, EXIT, type SignOffCommand } from './protocol.ts';
import { signInByCommand } from './sign-in-command.ts';
import { heldTable, receiptTable, settingsTable, statusSchema } from './tables.ts';
import type { Terminal } from './terminal.ts';

const NOT_RUNNING = 'Signoff is not running. Start it first.';
/** The app's own budgets and question are over well before this. */
const QUIT_LIMIT_MS = 15_000;

/** A command that the app carries out, or that at least asks whether it runs. */
type AppCommand = Exclude<
  Command,
  { kind: 'results' | 'policy' | 'policy-check' | 'diagnostics' | 'login-item' }
>;
export type DiagnosticsInvocation = Extract<Command, { kind: 'diagnostics' }>;
type SignOffInvocation = Extract<Command, { kind: 'sign-off' }>;

/**
 * Carries out one command of the command line, through the running app where there is one (`app`).
 * A sign-off without one is handed back to the caller, because decrypting takes a started Electron.
 */
export async function runCommand(
  command: Command,
  parts: {
    app: RunningApp | null;
    receipts: Pick<Receipts, 'page'>;
    /** In words, that this looks at no agent's Signoff; null where it may well. See `wrong-person.ts`. */
    wrongPerson: string | null;
    /** Looks for the running app once more: each connection is for one request. */
    findApp: () => Promise<RunningApp | null>;
    readStandardInput: () => Promise<string>;
    /** What the command was typed at; null where its standard input is no terminal. */
    terminal: Terminal | null;
    readFile: (file: string) => Promise<string>;
    /** What the settings would be if the app ran. */
    settingsReport: () => Promise<SettingsReport>;
    /** Changes the setting and the login item without an app. */
    setStartAtLogin: (on: boolean) => Promise<SettingProblem | null>;
    diagnostics: (
      command: DiagnosticsInvocation,
      app: RunningApp | null,
    ) => Promise<CommandResult | OnceReady>;
  },
): Promise<CommandResult | EndLeftovers | OnceReady> {
  const { app, receipts } = parts;
  if (command.kind === 'results') {
    const page = await receipts.page({
      after: null,
      limit: command.limit,
      filter: ALL_RESULTS,
    });
    const unreadable =
      page.unreadable === 0 ? [] : [`${page.unreadable} unreadable lines were passed over.`];
    return {
      exitCode: EXIT.done,
      output: receiptsOutput(page.receipts, command.json),
      problems: unreadable,
    };
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
    const output = on ? 'Signoff starts at login.\n' : 'Signoff does not start at login.\n';
    return { exitCode: EXIT.done, output, problems: [] };
  }
  if (app === null) return withoutApp(command, parts.wrongPerson);
  if (command.kind === 'sign-in') return signInByCommand(command, { ...parts, app });
  const text = command.kind === 'hold' ? await parts.readStandardInput() : '';
  const request = requestOf(command, text);
  const reply = await ask(app, request);
  if (command.kind === 'sign-off') return resultOfSignOff(reply, command.json);
  if (!reply.ok) return refused(reply);
  switch (command.kind) {
    case 'status': {
      const output = command.json
        ? json(reply.result)
        : heldTable(statusSchema.parse(reply.result));
      return { exitCode: EXIT.done, output, problems: [] };
    }
    case 'hold':
      return { exitCode: EXIT.done, output: json(reply.result), problems: [] };
    case 'set-activity':
      return { exitCode: EXIT.done, output: '', problems: [] };
    case 'quit': {
      const isGone = await app.gone(QUIT_LIMIT_MS);
      const { stillHeld } = z.object({ stillHeld: z.number() }).parse(reply.result);
      const problems = [
        ...(stillHeld === 0
          ? []
          : [
              `${stillHeld} could not be ended in time. They are saved where this computer offers encryption, and signed off at Signoff's next start, or by 'signoff sign-off'; see 'signoff results'.`,
            ]),
        ...(isGone ? [] : [`Signoff has not gone within ${QUIT_LIMIT_MS / 1000} seconds.`]),
      ];
      return { exitCode: problems.length === 0 ? EXIT.done : EXIT.failed, output: '', problems };
    }
  }
}

/** What a sign-off's reply comes to, wherever it was carried out. */
export function resultOfSignOff(reply: ControlReply, asJson: boolean): CommandResult {
  if (!reply.ok) return refused(reply);
  const receipts = z.array(receiptSchema).parse(reply.result);
  const allOver = receipts.every(({ outcome }) => isOver(outcome));
  return {
    exitCode: allOver ? EXIT.done : EXIT.failed,
    output: receiptsOutput(receipts, asJson),
    problems: [],
  };
}

/** Problems are in the JSON; beside the table for people, they stand on standard error. */
function policyOutput(report: SettingsReport, asJson: boolean): CommandResult {
  if (asJson) return { exitCode: EXIT.done, output: json(report), problems: [] };
  const problems = report.problems.map(({ source, problem }) =>
    source === 'agent' ? `settings.json: ${problem}` : `${source}: ${problem}`,
  );
  return { exitCode: EXIT.done, output: settingsTable(report), problems };
}

async function checkPolicy(
  file: string,
  readFile: (file: string) => Promise<string>,
): Promise<CommandResult> {
  const misused = (problems: string[]): CommandResult => ({
    exitCode: EXIT.misused,
    output: '',
    problems: problems.map((problem) => `${file}: ${problem}`),
  });
  let text: string;
  try {
    text = await readFile(file);
  } catch (error) {
    return misused([`The file could not be read (${errorText(error)}).`]);
  }
  const problems = checkPolicyText(text);
  if (problems.length > 0) return misused([...problems]);
  return { exitCode: EXIT.done, output: `${file}: every setting is good.\n`, problems: [] };
}

function withoutApp(command: AppCommand, wrongPerson: string | null): CommandResult | EndLeftovers {
  const problems = wrongPerson === null ? [] : [wrongPerson];
  switch (command.kind) {
    case 'status': {
      const output = command.json ? json({ running: false }) : 'Signoff is not running.\n';
      return { exitCode: EXIT.done, output, problems };
    }
    case 'sign-off': {
      if (wrongPerson === null) return { endLeftovers: signOffCommand(command) };
      return { exitCode: EXIT.wrongPerson, output: receiptsOutput([], command.json), problems };
    }
    case 'hold':
    case 'sign-in':
    case 'set-activity':
    case 'quit':
      return { exitCode: EXIT.notRunning, output: '', problems: [NOT_RUNNING, ...problems] };
  }
}

function requestOf(
  command: Exclude<AppCommand, { kind: 'sign-in' }>,
  text: string,
): ControlRequest {
  switch (command.kind) {
    case 'status':
    case 'quit':
      return { command: command.kind };
    case 'hold':
      return { command: 'hold', text };
    case 'set-activity': {
      const { available, reason } = command;
      return { command: 'set-activity', available, reason };
    }
    case 'sign-off':
      return signOffCommand(command);
  }
}

function signOffCommand(command: SignOffInvocation): SignOffCommand {
  const { ids, force, timeoutMs } = command;
  return {
    command: 'sign-off',
    ids: ids.length === 0 ? 'all' : [...ids],
    force,
    budgetMs: timeoutMs,
  };
}

function receiptsOutput(receipts: readonly Receipt[], asJson: boolean): string {
  return asJson ? json(receipts) : receiptTable(receipts);
}

function json(value: unknown): string {
  return `${JSON.stringify(value)}\n`;
}
