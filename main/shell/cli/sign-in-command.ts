import type { Command } from './command-line.ts';
import { type CommandResult, failed, refused, succeeded } from './command-result.ts';
import { type RunningApp, sendRequest } from './control-client.ts';
import { type ControlRequest, EXIT, type SignInReply, signInReplySchema } from './protocol.ts';
import type { Input } from './read-input.ts';
import { oneLine } from './tables.ts';
import type { Terminal } from './terminal.ts';

type SignInCommand = Extract<Command, { kind: 'sign-in' }>;
type Failure = Extract<SignInReply, { why: 'failed' }>;
type Conflict = Extract<SignInReply, { why: 'conflict' }>;

const FAILED: Readonly<Record<Failure['step'], string>> = {
  settings: 'The site did not say where its chat server is',
  token: 'The site gave no token for the chat server',
  session: 'No session could be kept',
  status: 'The status could not be set',
};
const ADVICE: Readonly<Record<Failure['advice'], string>> = {
  password: 'Check the user name and the password.',
  account: 'Check the account id, and sign in again.',
  site: 'Check the address of the site.',
  network: 'Check the network connection, and try again.',
  'try-again': 'Try again in a moment.',
  'ask-it': 'Ask your IT department.',
  disk: 'Make room on the disk, and sign in again.',
};

/**
 * Signs in through the running app. The password is read from the file that is named or else typed at the
 * terminal or read from standard input.
 * Without a terminal, nobody can be asked whether a session may be taken over.
 */
export async function signInByCommand(
  command: SignInCommand,
  parts: {
    app: RunningApp;
    /** Connects again: each connection is for one request. */
    findApp: () => Promise<RunningApp | null>;
    terminal: Terminal | null;
    readInput: (file: string | null) => Promise<Input>;
  },
): Promise<CommandResult> {
  const { app, findApp, terminal, readInput } = parts;
  const { kind, passwordFile, ...given } = command;
  let password: string | null;
  if (passwordFile === null && terminal !== null) {
    password = await terminal.readHidden('Password: ');
  } else {
    const input = await readInput(passwordFile);
    if (!input.ok) return failed([input.problem], EXIT.misused);
    password = firstLine(input.text);
  }
  if (password === null) return failed(['No password was given, so nobody was signed in.']);
  const request = { command: kind, ...given, password };
  const first = await signIn(app, request);
  if (!isConflict(first)) return resultOf(first);
  if (terminal === null) {
    return failed([...conflictLines(first), 'Add --take-over to take it over.']);
  }
  const answer = await terminal.read(`${conflictLines(first).join('\n')}\nTake it over? [y/N] `);
  if (!/^\s*y(es)?\s*$/i.test(answer ?? '')) return failed(['It was not taken over.']);
  const again = await findApp();
  if (again === null) return failed(['Signoff has quit meanwhile.']);
  const second = await signIn(again, { ...request, takeOver: true });
  return isConflict(second) ? failed(conflictLines(second)) : resultOf(second);
}

/** The app's reply, or the command's result if the app refused the request. */
async function signIn(
  app: RunningApp,
  request: ControlRequest,
): Promise<SignInReply | CommandResult> {
  const reply = await sendRequest(app, request);
  return reply.ok ? signInReplySchema.parse(reply.result) : refused(reply);
}

function isConflict(reply: SignInReply | CommandResult): reply is Conflict {
  return 'ok' in reply && !reply.ok && reply.why === 'conflict';
}

function conflictLines({ message, perhapsOurs }: Conflict): string[] {
  return [
    `The server has a session for this agent already: ${oneLine(message)}`,
    ...(perhapsOurs ? ['It may be of a try just before, whose answer was lost.'] : []),
  ];
}

function resultOf(reply: Exclude<SignInReply, Conflict> | CommandResult): CommandResult {
  if (!('ok' in reply)) return reply;
  if (reply.ok) {
    const { id, statusProblem } = reply;
    const problems =
      statusProblem === null
        ? []
        : [`Signed in, but the status could not be set: ${oneLine(statusProblem)}`];
    return succeeded(`${JSON.stringify({ id })}\n`, problems);
  }
  if (reply.why === 'cancelled') return failed(['The sign-in was called off.']);
  const { step, message, code, advice } = reply;
  return failed([`${FAILED[step]}: ${oneLine(message)} (${oneLine(code)})`, ADVICE[advice]]);
}

/** The password without its line break. */
function firstLine(text: string): string {
  return /^[^\r\n]*/.exec(text)?.[0] ?? '';
}
