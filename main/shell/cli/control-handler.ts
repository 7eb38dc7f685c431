import type { State } from '../../../preload/contract.ts';
import type { Leaving } from '../../lifecycle/leaving.ts';
import { type HandInTerms, readHandInText } from '../../sessions/hand-in.ts';
import type { Hold } from '../../sessions/hold.ts';
import type { Vault } from '../../sessions/vault.ts';
import type { SettingsReport } from '../../settings/report.ts';
import type { SettingProblem } from '../../settings/settings.ts';
import type { Coordinator } from '../../signoff/coordinator.ts';
import type { SignIn } from '../../signin/sign-in.ts';
import type { SignInEnd } from '../../signin/sign-in-end.ts';
import type { SystemReport } from '../diagnostics/system-report.ts';
import type { ControlHandler } from './control-server.ts';
import { loginItemReply } from './login-item-command.ts';
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
  handInTerms: () => HandInTerms;
  /** What the settings are, and where each comes from. */
  settingsReport: () => SettingsReport;
  /** What diagnostics have of the running app. */
  systemReport: () => Promise<SystemReport>;
  setStartAtLogin: (on: boolean) => SettingProblem | null;
  signIn: Pick<SignIn, 'signIn' | 'cancel'>;
  /** Sets all agents who signed in here; `problem` says in words why that did not come about. */
  setActivity: (request: {
    id: null;
    value: 'available' | 'unavailable';
    reason: number | null;
  }) => Promise<{ problem: string | null }>;
  vault: Pick<Vault, 'find' | 'held'>;
  coordinator: Pick<Coordinator, 'signOff'>;
  leaving: Pick<Leaving, 'leave'>;
}): ControlHandler {
  const { readState, electron, hold, handInTerms, settingsReport, vault, coordinator, leaving } =
    parts;
  const { systemReport, setStartAtLogin, signIn, setActivity } = parts;
  return async (request, gone) => {
    switch (request.command) {
      case 'status':
        return done(status(readState(), electron));
      case 'policy':
        return done(settingsReport());
      case 'diagnostics':
        return done(await systemReport());
      case 'hold': {
        const held = hold.handIn(readHandInText(request.text, handInTerms()), 'command');
        if (held.ok) return done({ id: held.id });
        const problems = held.problems.map(({ field, message }) =>
          field === '' ? message : `${field}: ${message}`,
        );
        return { ok: false, exitCode: held.badInput ? EXIT.misused : EXIT.failed, problems };
      }
      case 'sign-in': {
        gone.addEventListener('abort', signIn.cancel);
        const end = await signIn.signIn(signInInput(request, readState()));
        gone.removeEventListener('abort', signIn.cancel);
        return signInReply(end);
      }
      case 'set-activity': {
        const { available, reason } = request;
        const value = available ? 'available' : 'unavailable';
        const { problem } = await setActivity({ id: null, value, reason });
        if (problem === null) return done({});
        return { ok: false, exitCode: EXIT.failed, problems: [problem] };
      }
      case 'sign-off':
        return signOffHeld({ vault, coordinator }, 'asked', request);
      case 'login-item':
        return loginItemReply(setStartAtLogin(request.on));
      case 'quit': {
        // A script that quits the app is nobody who could answer a question.
        const end = await leaving.leave({ cause: 'quit', mayAsk: false });
        const stillHeld = vault.held().length;
        if (end === 'gone') return done({ stillHeld });
        return { ok: false, exitCode: EXIT.failed, problems: [refusedToQuit(stillHeld)] };
      }
    }
  };
}

function refusedToQuit(stillHeld: number): string {
  return `Signoff goes on running: ${stillHeld} could not be ended in time, and your IT department does not allow it to quit while something is held (mayQuitHolding); see 'signoff results'.`;
}

/** Ends the held sessions that a command names; a misspelt id ends none. */
export async function signOffHeld(
  parts: { vault: Pick<Vault, 'find'>; coordinator: Pick<Coordinator, 'signOff'> },
  cause: 'asked' | 'leftover',
  { ids, force, budgetMs }: SignOffCommand,
): Promise<ControlReply> {
  const unknown = ids === 'all' ? [] : ids.filter((id) => parts.vault.find(id) === undefined);
  if (unknown.length > 0) {
    const problems = unknown.map((id) => `No held session has the id '${id}'.`);
    return { ok: false, exitCode: EXIT.misused, problems };
  }
  const budget = budgetMs === null ? {} : { budgetMs };
  return done(await parts.coordinator.signOff({ cause, ids, force, ...budget }));
}

/** What was not given is what the window's form begins with, as far as it is the same person's. */
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
    // Whoever signs in with the remembered password has not asked for it to be forgotten.
    remember: given.remember || given.password === '',
  };
}

const OPTIONS: ReadonlyMap<string, string> = new Map([
  ['site', '--site'],
  ['userName', '--user'],
  ['accountId', '--account'],
]);

function signInReply(end: SignInEnd): ControlReply {
  if (end.ok || end.why !== 'input') return done(end satisfies SignInReply);
  const isInput = end.problems.some(({ field }) => field !== '');
  const problems = end.problems.map(({ field, message }) =>
    field === '' ? message : `${OPTIONS.get(field) ?? field}: ${message}`,
  );
  return { ok: false, exitCode: isInput ? EXIT.misused : EXIT.failed, problems };
}

function done(result: unknown): ControlReply {
  return { ok: true, result };
}

function status({ version, held, vault }: State, electron: string): object {
  return {
    running: true,
    pid: process.pid,
    version,
    electron,
    held: held.map((session) => ({
      ...session,
      heldSince: iso(session.heldSince),
      nextTryAt: isoOrNull(session.nextTryAt),
      presence: session.presence && {
        ...session.presence,
        dropsAt: isoOrNull(session.presence.dropsAt),
      },
      ending: session.ending && { ...session.ending, deadline: iso(session.ending.deadline) },
    })),
    vault,
  };
}

function isoOrNull(instant: number | null): string | null {
  return instant === null ? null : iso(instant);
}

function iso(instant: number): string {
  return new Date(instant).toISOString();
}
