import { parseArgs } from 'node:util';
import * as z from 'zod';

export type Invocation =
  | { readonly kind: 'start'; readonly hidden: boolean; readonly atLogin: boolean }
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }
  | { readonly kind: 'misused'; readonly message: string }
  | Command;

export type Command =
  | { readonly kind: 'status'; readonly json: boolean }
  /** `file` is null for standard input. */
  | { readonly kind: 'hold'; readonly file: string | null }
  | {
      readonly kind: 'sign-in';
      /** Null if not given: the running app has defaults from the last sign-in, or from the policy. */
      readonly site: string | null;
      readonly userName: string | null;
      readonly accountId: string | null;
      readonly available: boolean;
      readonly takeOver: boolean;
      readonly remember: boolean;
      /** The file whose first line is the password; null where it is typed or read from standard input. */
      readonly passwordFile: string | null;
    }
  | { readonly kind: 'set-activity'; readonly available: boolean; readonly reason: number | null }
  | {
      readonly kind: 'sign-off';
      /** Ids of held sessions; empty for all. */
      readonly ids: readonly string[];
      readonly force: boolean;
      readonly timeoutMs: number | null;
      readonly json: boolean;
    }
  | { readonly kind: 'results'; readonly json: boolean; readonly limit: number }
  | { readonly kind: 'policy'; readonly json: boolean }
  | { readonly kind: 'policy-check'; readonly file: string }
  | { readonly kind: 'diagnostics'; readonly file: string; readonly force: boolean }
  | { readonly kind: 'login-item'; readonly on: boolean }
  | { readonly kind: 'quit' }
  /** For our installers, so not in the help. `close`: the app goes at once, rather than when it is closed. */
  | { readonly kind: 'prepare-update'; readonly close: boolean };

export interface CommandLine {
  readonly invocation: Invocation;
  /** The data folder; null for the default. */
  readonly userDataDir: string | null;
}

export const HELP = `Signoff ends chat sessions when their agent leaves.

signoff [--hidden]            starts the app, or shows the running one's window
signoff status [--json]       says whether the app runs, and what it holds
signoff hold [FILE]           reads one session as JSON from a file, or standard input, and holds it
signoff sign-in [--site URL] [--user NAME] [--account ID] [--available] [--take-over] [--remember]
                [--password-file FILE]
                              signs in and holds the session; asks for the password, or reads it
                              from standard input or the first line of a file
signoff available [--kind NUMBER]
                              has chats routed to the agent who signed in here
signoff unavailable [--reason NUMBER]
                              has none routed any more
signoff sign-off [ID ...] [--force] [--timeout SECONDS] [--json]
                              ends these sessions, or all; with no app running, what is left over
signoff results [--limit N] [--json]
                              shows the newest receipts first
signoff policy [--json]       shows every setting, its value, and whether policy or agent set it
signoff policy --check FILE   checks a policy file before it is rolled out
signoff diagnostics FILE [--force]
                              writes a zip for whoever helps: versions, settings, logs, connections
signoff login-item on|off     has Signoff start at login, or no more
signoff quit                  quits the running app, which signs off

With all of them: --user-data-dir DIR, --help, --version.

Exit codes: 0 done; 1 something is not over, or failed; 2 bad input, with every problem named;
3 run by somebody who is no agent, such as root or SYSTEM; 4 not running.
`;

const DEFAULT_LIMIT = 20;
const MAX_LIMIT = 10_000;
const MAX_TIMEOUT_SECONDS = 600;

/** Switches of Chromium and Electron, which may be anywhere. */
const PLATFORM_SWITCH =
  /^--(no-sandbox|no-zygote|password-store|ozone-platform(-hint)?|disable-gpu|in-process-gpu|disable-dev-shm-usage|enable-logging|log-level|force-device-scale-factor|lang|inspect(-brk)?|remote-debugging-(port|pipe))(=|$)/;

const flag = { type: 'boolean', default: false } as const;
const positiveNumber = (name: string, most: number) =>
  z.coerce
    .number({ error: `--${name} must be a number` })
    .positive(`--${name} must be more than 0`)
    .max(most, `--${name} must be at most ${most}`);

/** An int32, as the chat server numbers the kinds and reasons. */
const activityNumber = (name: string) =>
  z
    .string()
    .regex(/^\d+$/, `--${name} must be a whole number`)
    .transform(Number)
    .pipe(z.number().max(2 ** 31 - 1, `--${name} must be at most ${2 ** 31 - 1}`));

/** What electron-updater's installer on Windows starts the newer version with. */
export const AFTER_UPDATE = '--updated';

/** The process's arguments for Signoff: in development they follow the app's path. */
export function ownArguments(argv: readonly string[], isPackaged: boolean): string[] {
  if (isPackaged) return argv.slice(1);
  const appPath = argv.findIndex((argument, index) => index > 0 && !argument.startsWith('-'));
  return argv.slice(appPath + 1);
}

/** Reads the arguments behind the executable (and, in development, behind the app's path). */
export function readCommandLine(args: readonly string[]): CommandLine {
  const { userDataDir, rest } = extractUserDataDir(
    args.filter((arg) => !PLATFORM_SWITCH.test(arg)),
  );
  if (userDataDir === '') {
    return { invocation: misused('--user-data-dir needs a folder'), userDataDir: null };
  }
  return { invocation: readInvocation(rest), userDataDir };
}

function readInvocation(args: readonly string[]): Invocation {
  if (args.includes('--help') || args.includes('-h')) return { kind: 'help' };
  if (args.includes('--version')) return { kind: 'version' };
  const command = args.find((arg) => !arg.startsWith('-'));
  // Chromium has hundreds of switches, so unknown ones do not prevent a start.
  if (command === undefined) {
    return {
      kind: 'start',
      // An update that nobody asked for: the installer starts the newer version.
      hidden: args.includes('--hidden') || args.includes(AFTER_UPDATE),
      atLogin: args.includes('--at-login'),
    };
  }
  try {
    return readCommand(command, args.toSpliced(args.indexOf(command), 1));
  } catch (error) {
    if (error instanceof z.ZodError)
      return misused(error.issues.map(({ message }) => message).join('; '));
    // parseArgs throws a TypeError whose first sentence says which argument is wrong.
    if (error instanceof TypeError) return misused(error.message.split(/\.\s/)[0] ?? error.message);
    throw error;
  }
}

function readCommand(command: string, args: string[]): Invocation {
  switch (command) {
    case 'status': {
      const { values } = parseArgs({ args, options: { json: flag } });
      return { kind: 'status', json: values.json };
    }
    case 'hold': {
      const { positionals } = parseArgs({ args, options: {}, allowPositionals: true });
      const [file = '-', ...others] = positionals;
      if (file === '' || others.length > 0) return misused('hold reads one file');
      return { kind: 'hold', file: file === '-' ? null : file };
    }
    case 'sign-in':
      return readSignIn(args);
    case 'available':
      return readSetActivity(args, { available: true, option: 'kind' });
    case 'unavailable':
      return readSetActivity(args, { available: false, option: 'reason' });
    case 'sign-off': {
      const { values, positionals } = parseArgs({
        args,
        options: { force: flag, timeout: { type: 'string' }, json: flag },
        allowPositionals: true,
      });
      const seconds = positiveNumber('timeout', MAX_TIMEOUT_SECONDS)
        .optional()
        .parse(values.timeout);
      return {
        kind: 'sign-off',
        ids: positionals,
        force: values.force,
        timeoutMs: seconds === undefined ? null : seconds * 1000,
        json: values.json,
      };
    }
    case 'results': {
      const { values } = parseArgs({ args, options: { limit: { type: 'string' }, json: flag } });
      const limit = positiveNumber('limit', MAX_LIMIT)
        .int('--limit must be a whole number')
        .default(DEFAULT_LIMIT)
        .parse(values.limit);
      return { kind: 'results', json: values.json, limit };
    }
    case 'policy': {
      const { values } = parseArgs({ args, options: { json: flag, check: { type: 'string' } } });
      if (values.check === undefined) return { kind: 'policy', json: values.json };
      if (values.json) return misused('--check and --json do not go together');
      return { kind: 'policy-check', file: values.check };
    }
    case 'diagnostics': {
      const { values, positionals } = parseArgs({
        args,
        options: { force: flag },
        allowPositionals: true,
      });
      const [file = '', ...others] = positionals;
      if (file === '' || others.length > 0) return misused('diagnostics needs one file to write');
      return { kind: 'diagnostics', file, force: values.force };
    }
    case 'login-item': {
      const { positionals } = parseArgs({ args, options: {}, allowPositionals: true });
      const [state, ...others] = positionals;
      if ((state !== 'on' && state !== 'off') || others.length > 0) {
        return misused("login-item needs 'on' or 'off'");
      }
      return { kind: 'login-item', on: state === 'on' };
    }
    case 'quit':
      parseArgs({ args, options: {} });
      return { kind: 'quit' };
    case 'prepare-update': {
      const { values } = parseArgs({ args, options: { close: flag } });
      return { kind: 'prepare-update', close: values.close };
    }
    default:
      return misused(`There is no command '${command}'`);
  }
}

function readSetActivity(
  args: string[],
  { available, option }: { available: boolean; option: 'kind' | 'reason' },
): Invocation {
  const { values } = parseArgs({ args, options: { [option]: { type: 'string' } } });
  const reason = activityNumber(option).optional().parse(values[option]);
  return { kind: 'set-activity', available, reason: reason ?? null };
}

function readSignIn(args: string[]): Invocation {
  if (args.some((arg) => /^--password(=|$)/.test(arg))) {
    return misused(
      'The password is never an argument, which every program on this computer can read: type it when you are asked for it, send it to standard input, or name a file with --password-file',
    );
  }
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args,
    options: {
      site: text,
      user: text,
      account: text,
      available: flag,
      'take-over': flag,
      remember: flag,
      'password-file': text,
    },
  });
  return {
    kind: 'sign-in',
    site: values.site ?? null,
    userName: values.user ?? null,
    accountId: values.account ?? null,
    available: values.available,
    takeOver: values['take-over'],
    remember: values.remember,
    passwordFile: values['password-file'] ?? null,
  };
}

function misused(problem: string): Invocation {
  return { kind: 'misused', message: `${problem}. See --help.` };
}

/** Chromium only reads `--user-data-dir=DIR`; the form with a space is read here. */
function extractUserDataDir(args: readonly string[]): {
  userDataDir: string | null;
  rest: string[];
} {
  const NAME = '--user-data-dir';
  const at = args.findIndex((arg) => arg === NAME || arg.startsWith(`${NAME}=`));
  const found = args[at];
  if (found === undefined) return { userDataDir: null, rest: [...args] };
  if (found !== NAME) {
    return { userDataDir: found.slice(NAME.length + 1), rest: args.toSpliced(at, 1) };
  }
  const folder = args[at + 1];
  // A folder whose name starts with a hyphen can still be given after an equals sign.
  const isMissing = folder === undefined || folder.startsWith('-');
  return { userDataDir: isMissing ? '' : folder, rest: args.toSpliced(at, 2) };
}
