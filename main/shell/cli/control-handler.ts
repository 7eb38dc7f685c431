import type { Views } from '../../bridge/views.ts';
import type { Leaving } from '../../lifecycle/leaving.ts';
import { type HandInTerms, readHandInText } from '../../sessions/hand-in.ts';
import type { Hold } from '../../sessions/hold.ts';
import type { Vault } from '../../sessions/vault.ts';
import type { SettingsReport } from '../../settings/report.ts';
import type { SettingProblem } from '../../settings/settings.ts';
import type { Coordinator } from '../../signoff/coordinator.ts';
import type { ControlHandler } from './control-server.ts';
import { loginItemReply } from './login-item-command.ts';
import { type ControlReply, EXIT, type SignOffCommand } from './protocol.ts';

/** Answers the command line on behalf of the running app. */
export function createControlHandler(parts: {
  views: Views;
  electron: string;
  hold: Hold;
  handInTerms: () => HandInTerms;
  /** What the settings are, and where each comes from. */
  settingsReport: () => SettingsReport;
  setStartAtLogin: (on: boolean) => SettingProblem | null;
  vault: Pick<Vault, 'find' | 'held'>;
  coordinator: Pick<Coordinator, 'signOff'>;
  leaving: Pick<Leaving, 'leave'>;
}): ControlHandler {
  const { views, electron, hold, handInTerms, settingsReport, vault, coordinator, leaving } = parts;
  const { setStartAtLogin } = parts;
  return async (request) => {
    switch (request.command) {
      case 'status':
        return done(status(views, electron));
      case 'policy':
        return done(settingsReport());
      case 'hold': {
        const held = hold(readHandInText(request.text, handInTerms()));
        if (held.ok) return done({ id: held.id });
        const problems = held.problems.map(({ field, message }) =>
          field === '' ? message : `${field}: ${message}`,
        );
        return { ok: false, exitCode: held.badInput ? EXIT.misused : EXIT.failed, problems };
      }
      case 'sign-off':
        return signOffHeld({ vault, coordinator }, 'asked', request);
      case 'login-item':
        return loginItemReply(setStartAtLogin(request.on));
      case 'quit': {
        // A script that quits the app is nobody who could answer a question.
        await leaving.leave({ cause: 'quit', mayAsk: false });
        return done({ stillHeld: vault.held().length });
      }
    }
  };
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

function done(result: unknown): ControlReply {
  return { ok: true, result };
}

function status(views: Views, electron: string): object {
  const { version, held, vault } = views();
  return {
    running: true,
    pid: process.pid,
    version,
    electron,
    held: held.map((session) => ({
      ...session,
      heldSince: iso(session.heldSince),
      nextTryAt: session.nextTryAt === null ? null : iso(session.nextTryAt),
      ending: session.ending && { ...session.ending, deadline: iso(session.ending.deadline) },
    })),
    vault,
  };
}

function iso(instant: number): string {
  return new Date(instant).toISOString();
}
