import type { HeldView, State } from '../../../preload/contract.ts';
import type { Leaving } from '../../lifecycle/leaving.ts';
import { type HandInRules, readHandInText } from '../../sessions/hand-in.ts';
import type { Hold } from '../../sessions/hold.ts';
import type { Vault } from '../../sessions/vault.ts';
import type { SettingsReport } from '../../settings/report.ts';
import type { SettingProblem } from '../../settings/settings.ts';
import type { Coordinator } from '../../signoff/coordinator.ts';
import type { SignIn } from '../../signin/sign-in.ts';
import type { SignInEnd } from '../../signin/sign-in-end.ts';
import type { SystemReport } from '../diagnostics/system-report.ts';
import type { ControlHandler } from './control-server.ts';
import {
  type ControlReply,
  type ControlRequest,
  EXIT,
  type SignInReply,
  type SignOffCommand,
} from './protocol.ts';

/** Answers the command line on behalf of the running app. */
export function createControlHandler(parts: {
  readState: () => State;
  electron: string;
  hold: Pick<Hold, 'handIn'>;
  handInRules: () => HandInRules;
  settingsReport: () => SettingsReport;
  systemReport: () => Promise<SystemReport>;
  setStartAtLogin: (on: boolean) => SettingProblem | null;
  signIn: Pick<SignIn, 'signIn' | 'cancel'>;
  /** Sets all agents who signed in here; `problem` says why it failed, for people. */
  setActivity: (request: {
    id: null;
    value: 'available' | 'unavailable';
    reason: number | null;
  }) => Promise<{ problem: string | null }>;
  vault: Pick<Vault, 'held'>;
  /** The session of that id, here or on another machine. */
  find: Vault['find'];
  coordinator: Pick<Coordinator, 'signOff'>;
  leaving: Pick<Leaving, 'leave' | 'exitForRestart'>;
  /** An installer of ours is about to close the app, in order to start its newer version. */
  announceRestart: () => void;
  /** Reads again what other machines hold. */
  lookElsewhere: () => void;
}): ControlHandler {
  const { readState, signIn, vault } = parts;
  return async (request, disconnected) => {
    switch (request.command) {
      case 'status':
        parts.lookElsewhere();
        return done(status(readState(), parts.electron));
      case 'policy':
        return done(parts.settingsReport());
      case 'diagnostics':
        return done(await parts.systemReport());
      case 'hold': {
        const handIn = readHandInText(request.text, parts.handInRules());
        const held = parts.hold.handIn(handIn, 'command');
        if (held.ok) return done({ id: held.id });
        return failed(inputProblems(held.problems), held.badInput ? EXIT.misused : EXIT.failed);
      }
      case 'sign-in': {
        disconnected.addEventListener('abort', signIn.cancel);
        const end = await signIn.signIn(signInInput(request, readState()));
        disconnected.removeEventListener('abort', signIn.cancel);
        return signInReply(end);
      }
      case 'set-activity': {
        const { available, reason } = request;
        const value = available ? 'available' : 'unavailable';
        const { problem } = await parts.setActivity({ id: null, value, reason });
        return problem === null ? done({}) : failed([problem]);
      }
      case 'sign-off':
        parts.lookElsewhere();
        return signOffHeld(parts, 'asked', request);
      case 'login-item':
        return loginItemReply(parts.setStartAtLogin(request.on));
      case 'quit': {
        // A script cannot answer a question.
        const end = await parts.leaving.leave({ cause: 'quit', mayAsk: false });
        const stillHeld = vault.held().length;
        return end === 'gone' ? done({ stillHeld }) : failed([refusedToQuit(stillHeld)]);
      }
      case 'prepare-update':
        parts.announceRestart();
        if (request.close) parts.leaving.exitForRestart();
        return done({});
    }
  };
}

function refusedToQuit(stillHeld: number): string {
  return `Signoff goes on running: ${stillHeld} could not be ended in time, and your IT department does not allow it to quit while something is held (mayQuitHolding); see 'signoff results'.`;
}

/** Ends the held sessions that a command names; an unknown id ends none. */
export async function signOffHeld(
  parts: { find: Vault['find']; coordinator: Pick<Coordinator, 'signOff'> },
  cause: 'asked' | 'leftover',
  { ids, force, budgetMs }: SignOffCommand,
): Promise<ControlReply> {
  const unknown = ids === 'all' ? [] : ids.filter((id) => parts.find(id) === undefined);
  if (unknown.length > 0) {
    return failed(
      unknown.map((id) => `No held session has the id '${id}'.`),
      EXIT.misused,
    );
  }
  const budget = budgetMs === null ? {} : { budgetMs };
  return done(await parts.coordinator.signOff({ cause, ids, force, ...budget }));
}

/** What was not given is taken from the form's defaults, if it is the same user's. */
function signInInput(
  request: Extract<ControlRequest, { command: 'sign-in' }>,
  { signIn: { defaults } }: State,
): object {
  const { command: _command, ...given } = request;
  const userName = given.userName ?? defaults.userName;
  const accountId = userName === defaults.userName ? defaults.accountId : '';
  return {
    ...given,
    site: given.site ?? defaults.site,
    userName,
    accountId: given.accountId ?? accountId,
    // A sign-in with the remembered password must not forget it.
    remember: given.remember || given.password === '',
  };
}

const SIGN_IN_OPTIONS: ReadonlyMap<string, string> = new Map([
  ['site', '--site'],
  ['userName', '--user'],
  ['accountId', '--account'],
]);

function signInReply(end: SignInEnd): ControlReply {
  if (end.ok || end.why !== 'input') return done(end satisfies SignInReply);
  const isInput = end.problems.some(({ field }) => field !== '');
  return failed(inputProblems(end.problems, SIGN_IN_OPTIONS), isInput ? EXIT.misused : EXIT.failed);
}

const LOGIN_ITEM_PROBLEMS: Readonly<Record<SettingProblem, string>> = {
  managed: 'Your IT department decides whether Signoff starts at login.',
  'out-of-bounds': 'Whether Signoff starts at login cannot be set to this.',
  'not-saved': 'The settings file could not be written.',
};

/** The reply to `signoff login-item`. */
export function loginItemReply(problem: SettingProblem | null): ControlReply {
  return problem === null ? done({}) : failed([LOGIN_ITEM_PROBLEMS[problem]]);
}

/** Names each problem's field, by the option that it was given with. */
function inputProblems(
  problems: readonly { field: string; message: string }[],
  options: ReadonlyMap<string, string> = new Map(),
): string[] {
  return problems.map(({ field, message }) =>
    field === '' ? message : `${options.get(field) ?? field}: ${message}`,
  );
}

function failed(problems: string[], exitCode: number = EXIT.failed): ControlReply {
  return { ok: false, exitCode, problems };
}

function done(result: unknown): ControlReply {
  return { ok: true, result };
}

function status({ version, held, elsewhere, vault }: State, electron: string): object {
  return {
    running: true,
    pid: process.pid,
    version,
    electron,
    held: held.map(heldStatus),
    elsewhere: elsewhere.map((machine) => ({
      ...machine,
      since: isoOrNull(machine.since),
      held: machine.held?.map(heldStatus) ?? null,
    })),
    vault,
  };
}

function heldStatus(session: HeldView): object {
  const { heldSince, nextTryAt, presence, ending } = session;
  return {
    ...session,
    heldSince: iso(heldSince),
    nextTryAt: isoOrNull(nextTryAt),
    presence: presence && { ...presence, dropsAt: isoOrNull(presence.dropsAt) },
    ending: ending && { ...ending, deadline: iso(ending.deadline) },
  };
}

function isoOrNull(instant: number | null): string | null {
  return instant === null ? null : iso(instant);
}

function iso(instant: number): string {
  return new Date(instant).toISOString();
}
