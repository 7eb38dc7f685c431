import type { ElsewhereView, EndedView, HeldView, State } from '../../preload/contract.ts';
import { mask } from '../common/redact.ts';
import type { CalledOff } from '../lifecycle/called-off.ts';
import type { Leaving } from '../lifecycle/leaving.ts';
import type { LeftoverQuestion } from '../lifecycle/leftover.ts';
import type { AgentSession, HeldSession } from '../sessions/session.ts';
import type { OtherMachines } from '../sessions/other-machines.ts';
import type { Vault } from '../sessions/vault.ts';
import type { CurrentSettings } from '../settings/settings.ts';
import type { Coordinator } from '../signoff/coordinator.ts';
import type { Clock } from '../common/clock.ts';
import type { Retries } from '../signoff/retries.ts';

interface Parts {
  version: string;
  /** Epoch milliseconds. */
  runningSince: number;
  vault: Pick<Vault, 'held' | 'durable'>;
  key: { isSaved(): boolean };
  elsewhere: {
    machines: Pick<OtherMachines, 'machines'>;
    coordinator: Pick<Coordinator, 'underWay' | 'lastFailure'>;
  };
  setAside: string | null;
  isFolderUnusable: boolean;
  coordinator: Pick<Coordinator, 'underWay' | 'lastFailure'>;
  leftoverQuestion: Pick<LeftoverQuestion, 'state'>;
  leaving: Pick<Leaving, 'state'>;
  calledOff: Pick<CalledOff, 'ended'>;
  retries: Pick<Retries, 'nextTryAt'>;
  settings: Pick<CurrentSettings, 'values' | 'managed' | 'sourceOf'>;
  language: () => State['language'];
  handInDefaults: () => State['handInDefaults'];
  signIn: () => State['signIn'];
  /** What is known for signing in to this session again; null if that is not offered. */
  signInAgain: (session: AgentSession) => EndedView['signIn'];
  presence: { of(heldId: string): HeldView['presence'] };
  activity: { of(heldId: string): HeldView['activity'] };
  availableKinds: () => State['availableKinds'];
  unavailableReasons: () => State['unavailableReasons'];
  browser: () => State['browser'];
  originQuestion: { state(): State['originQuestion'] };
  isOnline: () => boolean;
  clock: Clock;
}

/** Returns a function that reads the state for window, tray and `status`, without secrets. */
export function createStateReader(parts: Parts): () => State {
  const { version, runningSince, vault, settings } = parts;
  return () => ({
    version,
    runningSince,
    language: parts.language(),
    settings: {
      values: settings.values(),
      managed: settings.managed(),
      startAtLoginBy: startAtLoginBy(settings.sourceOf('startAtLogin')),
    },
    handInDefaults: parts.handInDefaults(),
    signIn: parts.signIn(),
    availableKinds: parts.availableKinds(),
    unavailableReasons: parts.unavailableReasons(),
    browser: parts.browser(),
    originQuestion: parts.originQuestion.state(),
    online: parts.isOnline(),
    held: vault.held().map((session) => heldView(session, parts)),
    elsewhere: elsewhereView(parts),
    vault: {
      ...durability(parts),
      folderUnusable: parts.isFolderUnusable,
      setAside: parts.setAside,
    },
    leftoverQuestion: parts.leftoverQuestion.state(),
    leaving: parts.leaving.state(),
    calledOff: parts.calledOff.ended().map((session) => endedView(session, parts)),
  });
}

function startAtLoginBy(
  source: ReturnType<CurrentSettings['sourceOf']>,
): State['settings']['startAtLoginBy'] {
  return source === 'desktop' || source === 'installation' ? source : null;
}

/** What is on the disk is of no use to the next start without the key. */
export function durability({
  vault,
  key,
}: Pick<Parts, 'key'> & { vault: Pick<Vault, 'durable'> }): Pick<
  State['vault'],
  'durable' | 'keyPending'
> {
  const keyPending = vault.durable && !key.isSaved();
  return { durable: vault.durable && !keyPending, keyPending };
}

/** Nothing here keeps agents present in what other machines hold, or tries again to end it. */
function elsewhereView({ elsewhere, clock }: Parts): ElsewhereView[] {
  const { machines, coordinator } = elsewhere;
  const nothing = { of: () => null };
  const parts = {
    coordinator,
    clock,
    presence: nothing,
    activity: nothing,
    retries: { nextTryAt: () => null },
  };
  return machines.machines().map(({ host, since, held }) => ({
    host,
    since,
    held: held?.map((session) => heldView(session, parts)) ?? null,
  }));
}

type HeldParts = Pick<Parts, 'coordinator' | 'clock' | 'presence' | 'activity' | 'retries'>;

/** What a session is told apart by. */
function identity(session: HeldSession) {
  const { id, kind, label } = session;
  const accountId = session.kind === 'agent' ? session.accountId : null;
  return { id, kind, accountId, maskedSessionId: mask(session.sessionId), label };
}

function endedView(session: HeldSession, { signInAgain }: Parts): EndedView {
  const beganHere = session.kind === 'agent' && session.startedHere;
  return { ...identity(session), signIn: beganHere ? signInAgain(session) : null };
}

function heldView(session: HeldSession, parts: HeldParts): HeldView {
  const { id, server, fqSiteName, pool, heldSince } = session;
  return {
    ...identity(session),
    server,
    fqSiteName,
    pool,
    heldSince,
    ending: ending(id, parts),
    lastFailure: lastFailure(id, parts),
    nextTryAt: parts.retries.nextTryAt(id),
    presence: parts.presence.of(id),
    activity: parts.activity.of(id),
  };
}

function ending(heldId: string, { coordinator, clock }: HeldParts): HeldView['ending'] {
  const signOff = coordinator.underWay(heldId);
  if (signOff === undefined) return null;
  const { cause, forced, deadline, budgetMs } = signOff.order();
  return {
    cause,
    forced,
    attempt: signOff.attempts(),
    deadline: clock.now() + deadline - clock.monotonic(),
    budgetMs,
  };
}

function lastFailure(heldId: string, { coordinator }: HeldParts): HeldView['lastFailure'] {
  const failure = coordinator.lastFailure(heldId);
  if (failure === undefined) return null;
  const { outcome, error, answeredBy } = failure;
  return { outcome, code: error?.code ?? '', message: error?.message ?? '', answeredBy };
}
