import type { HeldView, State } from '../../preload/contract.ts';
import { mask } from '../common/mask.ts';
import type { Leaving } from '../lifecycle/leaving.ts';
import type { LeftoverQuestion } from '../lifecycle/leftover.ts';
import type { HeldSession } from '../sessions/session.ts';
import type { Vault } from '../sessions/vault.ts';
import type { CurrentSettings } from '../settings/settings.ts';
import type { Coordinator } from '../signoff/coordinator.ts';
import type { Clock } from '../common/clock.ts';
import type { Retries } from '../signoff/retries.ts';

/** What the window (and `status`) may know of the main process; it holds no secret. */
export type ReadState = () => State;

export function createStateReader(parts: {
  version: string;
  /** Epoch milliseconds. */
  runningSince: number;
  vault: Vault;
  setAside: string | null;
  coordinator: Pick<Coordinator, 'underWay' | 'lastFailure'>;
  leftoverQuestion: Pick<LeftoverQuestion, 'state'>;
  leaving: Pick<Leaving, 'state'>;
  retries: Pick<Retries, 'nextTryAt'>;
  settings: Pick<CurrentSettings, 'values' | 'managed'>;
  language: () => State['language'];
  handInDefaults: () => State['handInDefaults'];
  signIn: () => State['signIn'];
  presence: { of(heldId: string): HeldView['presence'] };
  activity: { of(heldId: string): HeldView['activity'] };
  unavailableReasons: () => State['unavailableReasons'];
  browser: () => State['browser'];
  originQuestion: { state(): State['originQuestion'] };
  isOnline: () => boolean;
  clock: Clock;
}): ReadState {
  const { version, runningSince, vault, setAside, coordinator, leftoverQuestion, leaving, clock } =
    parts;
  const { retries, settings, language, handInDefaults, isOnline, signIn, presence, activity } =
    parts;
  const { unavailableReasons, browser, originQuestion } = parts;

  const heldView = (session: HeldSession): HeldView => {
    const signOff = coordinator.underWay(session.id);
    const failure = coordinator.lastFailure(session.id);
    return {
      id: session.id,
      kind: session.kind,
      server: session.server,
      fqSiteName: session.fqSiteName,
      pool: session.pool,
      accountId: session.kind === 'agent' ? session.accountId : null,
      maskedSessionId: mask(session.sessionId),
      label: session.label,
      heldSince: session.heldSince,
      ending:
        signOff === undefined
          ? null
          : {
              cause: signOff.order().cause,
              forced: signOff.order().forced,
              attempt: signOff.attempts(),
              deadline: clock.now() + signOff.order().deadline - clock.monotonic(),
              budgetMs: signOff.order().budgetMs,
            },
      lastFailure:
        failure === undefined
          ? null
          : {
              outcome: failure.outcome,
              code: failure.error?.code ?? '',
              message: failure.error?.message ?? '',
            },
      nextTryAt: retries.nextTryAt(session.id),
      presence: presence.of(session.id),
      activity: activity.of(session.id),
    };
  };

  return () => ({
    version,
    runningSince,
    language: language(),
    settings: { values: settings.values(), managed: settings.managed() },
    handInDefaults: handInDefaults(),
    signIn: signIn(),
    unavailableReasons: unavailableReasons(),
    browser: browser(),
    originQuestion: originQuestion.state(),
    online: isOnline(),
    held: vault.held().map(heldView),
    vault: { durable: vault.durable, setAside },
    leftoverQuestion: leftoverQuestion.state(),
    leaving: leaving.state(),
  });
}
