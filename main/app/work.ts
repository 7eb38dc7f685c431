import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { createBrowserHandIn } from '../browser/browser-hand-in.ts';
import { BROWSER_MEMORY_FILE, createBrowserMemory } from '../browser/browser-memory.ts';
import { createOriginQuestion } from '../browser/origin-question.ts';
import { errorText } from '../common/log.ts';
import { createAway } from '../lifecycle/away.ts';
import { createCalledOff } from '../lifecycle/called-off.ts';
import { createLeaving } from '../lifecycle/leaving.ts';
import { createLeftoverQuestion, planLeftovers } from '../lifecycle/leftover.ts';
import { createRestartAnnouncement } from '../lifecycle/restart-announcement.ts';
import { createActivity } from '../presence/activity.ts';
import { createAttendance } from '../presence/attendance.ts';
import { createNetworkWatch } from '../presence/network-watch.ts';
import { createPresence } from '../presence/presence.ts';
import { createSequence } from '../presence/sequence.ts';
import { readHandInText } from '../sessions/hand-in.ts';
import { createHold } from '../sessions/hold.ts';
import { createOtherMachines } from '../sessions/other-machines.ts';
import { VaultWriteError } from '../sessions/vault.ts';
import { availableKinds, unavailableReasons } from '../settings/activity-kinds.ts';
import { handInRulesOf } from '../settings/hand-in-rules.ts';
import { signInRulesOf } from '../settings/sign-in-rules.ts';
import { createRemembered, REMEMBERED_FILE } from '../signin/remembered.ts';
import { createSignIn } from '../signin/sign-in.ts';
import { signOffDuringSignIn } from '../signin/sign-off-during-sign-in.ts';
import { budgetsOf } from '../signoff/causes.ts';
import { type Coordinator, createCoordinator } from '../signoff/coordinator.ts';
import { createLastBreath } from '../signoff/last-breath.ts';
import { createRetries } from '../signoff/retries.ts';
import { signOffNamed } from '../signoff/sign-off-named.ts';
import { createStanding, type Standing } from '../signoff/standing.ts';
import type { Ground } from './ground.ts';

/** The sessions' side of the running app: how they come, stay and end. */
export type Work = ReturnType<typeof createWork>;

/** Builds it in the order in which one part needs another. Nothing happens until `joints.ts` joins it. */
export function createWork(ground: Ground) {
  const ending = createEnding(ground);
  const elsewhere = createElsewhere(ground, ending.coordinator);
  const leftovers = createLeftovers(ground, ending);
  const staying = createStaying(ground, ending);
  const coming = createComing(ground, { ...ending, ...staying });
  const going = createGoing(ground, { ...ending, ...staying, ...coming, ...leftovers });
  return { ...ending, elsewhere, ...leftovers, ...staying, ...coming, ...going };
}

/**
 * Ends sessions by the settings as they are at that moment. Without `standing`, none is let go whose end was not
 * confirmed: another machine's agent may be at work in it.
 */
export function createSignOffs(
  ground: Pick<Ground, 'thread' | 'settings' | 'clock' | 'log'> &
    Pick<Parameters<typeof createCoordinator>[0], 'vault' | 'receipts'>,
  standing: Standing | null = null,
) {
  const { vault, receipts, thread, settings, clock, log } = ground;
  return createCoordinator({
    vault,
    receipts,
    startSignOff: thread.startSignOff,
    clock,
    newId: randomUUID,
    budgetMs: budgetsOf(settings.values),
    standing,
    onReceiptFault: (error) => log('receipt-write-failed', { error: errorText(error) }),
  });
}

/** For how long the server keeps an agent who is away, as it is set at the moment. */
function absentAfterMs({ settings }: Ground): () => number {
  return () => settings.values().absentAfterSeconds * 1_000;
}

function createEnding(ground: Ground) {
  const { vault, clock, machine } = ground;
  const standing = createStanding({ clock, absentAfterMs: absentAfterMs(ground) });
  const coordinator = createSignOffs(ground, standing);
  const retries = createRetries({ coordinator, vault, clock, isOnline: machine.isOnline });
  const attendance = createAttendance({ vault, isRetried: retries.isRetrying });
  return { coordinator, retries, attendance };
}

/** What other machines hold. Only whoever names it has it ended. */
export function createElsewhere(
  ground: Parameters<typeof createSignOffs>[0] & Pick<Ground, 'dataDir' | 'machineDir' | 'cipher'>,
  own: Pick<Coordinator, 'signOff'>,
) {
  const { clock, log } = ground;
  const machines = createOtherMachines({
    ...ground,
    clock,
    onFault: (error) => log('vault-not-read', { error: errorText(error) }),
  });
  const coordinator = createSignOffs({ ...ground, vault: machines });
  return { machines, coordinator, named: signOffNamed(own, coordinator) };
}

type Ending = ReturnType<typeof createEnding>;

/** What a crash left over. In what nobody has answered for yet, nobody is at work as far as is known. */
function createLeftovers(ground: Ground, { retries, attendance }: Ending) {
  const { vault, settings, login, resumeUntil, clock } = ground;
  const plan = planLeftovers(vault.held(), {
    login,
    resumeUntil,
    now: clock.now(),
    leftover: settings.values().leftover,
  });
  attendance.left([...plan.signOff, ...plan.ask]);
  const keep = (ids: readonly string[]): void => {
    vault.keep(ids);
    attendance.arrived(ids);
  };
  const leftoverQuestion = createLeftoverQuestion({
    ids: plan.ask,
    answerWithinMs: settings.values().leftoverAfterSeconds * 1_000,
    clock,
    keep,
    signOff: (ids) => void retries.signOff('leftover', ids),
  });
  return {
    leftoverQuestion,
    /** Does what needs no answer: goes on holding some, and signs others off. */
    settleLeftovers(): void {
      keep(plan.keep);
      void retries.signOff('leftover', plan.signOff);
    },
  };
}

/** Keeps agents present, and sets their status. */
function createStaying(ground: Ground, { coordinator, attendance }: Ending) {
  const { vault, chat, settings, words, clock, random, log, machine } = ground;
  const sequence = createSequence({ vault, clock });
  const common = { vault, coordinator, sequence, clock, random };
  const presence = createPresence({
    ...common,
    attendance,
    getMessages: chat.getMessages,
    absentAfterMs: absentAfterMs(ground),
    onFault(error) {
      const event = error instanceof VaultWriteError ? 'vault-write-failed' : 'uncaught-exception';
      log(event, { error: errorText(error) });
    },
  });
  const activity = createActivity({
    ...common,
    setActivityStatus: chat.setActivityStatus,
    kinds: () => availableKinds(settings.values()),
    reasons: () => unavailableReasons(settings.values()),
    words: () => words().sessions.activityProblems,
    onUnknownSession: presence.check,
  });
  const networkWatch = createNetworkWatch({
    addresses: machine.addresses,
    onChange: presence.pollNow,
    clock,
  });
  return { presence, activity, networkWatch };
}

type Staying = ReturnType<typeof createStaying>;

/** How sessions come to be held: hand-in, by the browser as well, and sign-in. */
function createComing(ground: Ground, work: Ending & Staying) {
  const { machineDir, cipher, vault, chat, settings, words, clock, random, log } = ground;
  const { retries, attendance, activity } = work;
  const handInRules = () => handInRulesOf(settings.values());
  const signInRules = () => signInRulesOf(settings.values());
  const hold = createHold(vault, attendance.isLeaving);
  const remembered = createRemembered({
    file: path.join(machineDir, REMEMBERED_FILE),
    cipher,
    rules: signInRules,
    onWriteFault: (error) => log('sign-in-not-remembered', { error: errorText(error) }),
  });
  const signIn = createSignIn({
    chat,
    hold: hold.signedIn,
    vault,
    endAbandoned(heldId) {
      attendance.left([heldId]);
      return retries.signOff('asked', [heldId]);
    },
    rules: () => {
      const { offers, applicationContext, isAllowed } = signInRules();
      return { offered: offers.signIn, applicationContext, isAllowed };
    },
    remembered,
    setActivity: (heldId, available) =>
      activity.set(heldId, { value: available ? 'available' : 'unavailable', reason: null }),
    isLeaving: attendance.isLeaving,
    clock,
    random,
  });
  const browserMemory = createBrowserMemory({
    file: path.join(machineDir, BROWSER_MEMORY_FILE),
    cipher,
    onWriteFault: (error) => log('browser-not-remembered', { error: errorText(error) }),
  });
  const originQuestion = createOriginQuestion({ memory: browserMemory, clock });
  const browser = createBrowserHandIn({
    rules() {
      const { browserHandIn, browserHandInPort, browserOrigins, browserHandInToken } =
        settings.values();
      return {
        on: browserHandIn && handInRules().isOffered,
        port: browserHandInPort,
        origins: browserOrigins,
        token: browserHandInToken,
      };
    },
    memory: browserMemory,
    originQuestion,
    hold: (text) => hold.handIn(readHandInText(text, handInRules()), 'browser'),
    words: () => words().settings.browserProblems,
    clock,
    onHandedIn: (origin) => log('browser-handed-in', { origin }),
    onRefused: (reason, origin) => log('browser-refused', { reason, origin }),
    onNotListening: (problem) => log('browser-not-listening', { problem }),
    onFault: (error) => log('uncaught-exception', { error: errorText(error) }),
  });
  return { hold, handInRules, signInRules, remembered, signIn, originQuestion, browser };
}

/** How agents go: for good, or away for a while. */
function createGoing(
  ground: Ground,
  work: Ending & Staying & ReturnType<typeof createComing> & ReturnType<typeof createLeftovers>,
) {
  const { vault, receipts, thread, settings, clock, machine } = ground;
  const { coordinator, retries, attendance, activity, signIn, leftoverQuestion } = work;
  const budgetMs = budgetsOf(settings.values);
  const isSigningOff = (): boolean =>
    vault.held().some(({ id }) => coordinator.underWay(id) !== undefined);
  /** Whether something is under way that the next start could not go on with. */
  const isBusy = (): boolean =>
    signIn.step() !== null || isSigningOff() || leftoverQuestion.state() !== null;
  const restartAnnouncement = createRestartAnnouncement(clock);
  const leaving = createLeaving({
    vault,
    coordinator: signOffDuringSignIn({ signIn, coordinator, clock, budgetMs }),
    lastBreath: createLastBreath({
      coordinator,
      stopSignIn: signIn.leaveAtOnce,
      waitFor: thread.waitFor,
      receipts,
      vault,
      budgetMs: () => budgetMs('shutdown'),
    }),
    clock,
    budgetMs,
    isUnconfirmed: (heldId) => coordinator.lastFailure(heldId)?.outcome === 'unconfirmed',
    mayQuitHolding: () => settings.values().mayQuitHolding,
    mayRestart: () => !isBusy() && !retries.isPending(),
  });
  const away = createAway({
    settings: settings.values,
    vault,
    retries,
    attendance,
    availability: activity,
    clock,
    idleSeconds: machine.idleSeconds,
    sleepInhibitor: machine.sleepInhibitor,
    sessionWatch: machine.sessionWatch,
  });
  return { isSigningOff, isBusy, leaving, calledOff: createCalledOff(), away, restartAnnouncement };
}
