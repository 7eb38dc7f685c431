import { app, nativeTheme, powerMonitor } from 'electron';
import { sendEvent } from '../bridge/bridge.ts';
import { durability } from '../bridge/state.ts';
import { errorText } from '../common/log.ts';
import {
  quitNow,
  listenForLeaving,
  listenForPower,
  listenOnWindows,
} from '../lifecycle/electron-events.ts';
import { touchVault } from '../sessions/vault-file.ts';
import type { SettingName } from '../settings/schema.ts';
import { listenForCommands } from '../shell/cli/control-server.ts';
import { openControlEndpoint, removeControlEndpoint } from '../shell/cli/control-endpoint.ts';
import type { TrayAction } from '../shell/tray/tray-menu.ts';
import { showWhileLeaving } from '../shell/window/show-while-leaving.ts';
import type { Face } from './face.ts';
import type { Opened } from './open.ts';
import type { Upkeep } from './upkeep.ts';
import type { Work } from './work.ts';
import { joinWork, passOverEnded } from './work-joints.ts';

/** The parts of the running app. */
export interface Parts {
  readonly ground: Opened;
  readonly work: Work;
  readonly face: Face;
  readonly upkeep: Upkeep;
}

/** A clock that is wrong when the machine starts is set by then; until then, it may make every receipt old. */
const PRUNE_AFTER_MS = 60 * 60 * 1000;

/** Other machines take one for unused after a day. */
const TOUCH_EVERY_MS = 60 * 60 * 1000;

/** What decides how servers are reached. */
const NETWORK_SETTINGS: ReadonlySet<SettingName> = new Set([
  'proxy',
  'extraCaCertificates',
  'clientCertificate',
]);

/** Joins the parts: the one place where what one part tells becomes what another does. */
export function join(parts: Parts): Parts {
  joinWork(parts.ground, parts.work);
  joinLeaving(parts);
  joinShowing(parts);
  joinTelling(parts);
  joinUpkeep(parts);
  joinSettings(parts);
  joinSystem(parts);
  return parts;
}

/**
 * Has the joined app do what it is there for; `hidden`: in the tray. Resolves once it hears commands and its
 * log is in its file.
 */
export async function begin(parts: Parts, { hidden }: { hidden: boolean }): Promise<void> {
  const { ground, work, face, upkeep } = parts;
  const { vault, log, policy, machineDir } = ground;
  const asked = work.leftoverQuestion.state()?.ids.length ?? 0;
  // macOS starts a login item without its arguments.
  const isLoginItem = process.platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin;
  if (!(hidden || isLoginItem) || asked > 0) face.window.show();
  if (asked > 0) face.notifications.asksAboutLeftovers(asked);
  work.settleLeftovers();
  keepSeen(ground);
  work.elsewhere.machines.look();
  passOverEnded(ground, work).catch((error: unknown) =>
    log('uncaught-exception', { error: errorText(error) }),
  );
  work.presence.update();
  try {
    const endpoint = openControlEndpoint(machineDir);
    app.once('quit', () => removeControlEndpoint(machineDir));
    await listenForCommands(endpoint, face.handleCommand, (error) =>
      log('command-failed', { error: errorText(error) }),
    );
  } catch (error) {
    // What is held is looked after all the same.
    log('commands-not-heard', { error: errorText(error) });
  }
  work.browser.changed();
  log('ready', {
    version: app.getVersion(),
    durable: durability(ground).durable,
    held: vault.held().length,
  });
  // What nobody waits for comes after what somebody does.
  upkeep.network.warmUp();
  policy.watch();
  upkeep.fleet.changed();
  upkeep.updates.changed();
  upkeep.settleLoginItem();
  work.remembered.changed();
  setTimeout(upkeep.prune, PRUNE_AFTER_MS).unref();
  releaseMemorySoon(parts);
  await upkeep.openLog();
}

/** So that other machines see that this one is in use. */
function keepSeen({ machineDir, clock, log }: Opened): void {
  const touch = (): void => {
    try {
      touchVault(machineDir, clock.now());
    } catch (error) {
      log('vault-write-failed', { error: errorText(error) });
    }
  };
  touch();
  setInterval(touch, TOUCH_EVERY_MS).unref();
}

function releaseMemorySoon({ work, face, upkeep }: Parts): void {
  upkeep.network.releaseMemorySoon(
    () => face.window.isOpen() || work.leaving.isUnderWay() || work.isBusy(),
  );
}

function joinLeaving({ ground, work, face, upkeep }: Parts): void {
  const { leaving, away } = work;
  listenForLeaving(app, leaving);
  listenForPower(powerMonitor, away, leaving);
  listenOnWindows(leaving, work.restartAnnouncement.isAnnounced);
  leaving.onMayGo(() => {
    ground.log('going', { held: ground.vault.held().length });
    // A machine that shuts down waits for no telemetry.
    if (leaving.endsLogin()) quitNow(app);
    else void Promise.all([upkeep.fleet.flush(), upkeep.logInTime()]).then(() => quitNow(app));
  });
  showWhileLeaving(leaving, face.window.show, ground.clock);
}

/** What window and tray draw has changed. */
function joinShowing({ ground, work, face }: Parts): void {
  ground.vault.onChange(face.show);
  ground.key.onSaved(face.show);
  work.coordinator.onProgress(face.show);
  work.elsewhere.machines.onChange(face.show);
  work.elsewhere.coordinator.onProgress(face.show);
  work.leftoverQuestion.onChange(face.show);
  work.originQuestion.onChange(face.show);
  work.browser.onChange(face.show);
  work.leaving.onChange(face.show);
  work.calledOff.onChange(face.show);
  work.signIn.onChange(face.show);
  work.activity.onChange(face.show);
  work.presence.onChange(face.show);
  face.onTrayAction((action) => actOnTray(action, { ground, work, face }));
}

function actOnTray(action: TrayAction, { ground, work, face }: Omit<Parts, 'upkeep'>): void {
  if (action.kind === 'open') face.window.show();
  else if (action.kind === 'answer-leftover') work.leftoverQuestion.answer(action.answer);
  else if (action.kind === 'sign-in-again')
    face.navigation.open({ view: 'sign-in', id: action.id });
  else if (action.kind === 'dismiss-called-off') work.calledOff.dismiss();
  else if (action.kind === 'quit') void work.leaving.leave({ cause: 'quit', mayAsk: true });
  else if (action.kind === 'set-activity') void setActivity(action, { ground, work, face });
  else void work.coordinator.signOff({ cause: 'asked', ids: action.ids });
}

async function setActivity(
  { id, value, reason }: Extract<TrayAction, { kind: 'set-activity' }>,
  { ground, work, face }: Omit<Parts, 'upkeep'>,
): Promise<void> {
  const { problem } = await work.activity.set(id, { value, reason });
  const held = ground.vault.find(id);
  // In the window, it stands beside the session.
  if (problem !== null && held !== undefined && !face.window.isFocused())
    face.notifications.activityNotChanged(held, problem);
}

/** What the agent is told of by notifications, and the window by events. */
function joinTelling({ ground, work, face }: Parts): void {
  const { vault } = ground;
  const { window, notifications, navigation } = face;
  work.hold.onHeld((held, source) => {
    // Whoever types or signs in sees it come in.
    if (source === 'command' || source === 'browser') notifications.handedIn(held);
  });
  work.activity.onGivenUp((heldId, problem) => {
    const held = vault.find(heldId);
    if (held !== undefined) notifications.activityNotChanged(held, problem);
  });
  work.presence.onChange((heldId, is) => {
    const held = vault.find(heldId);
    if (held !== undefined) notifications.presenceChanged(held, is?.state ?? null);
  });
  work.presence.onChatOffered((heldId) => {
    const held = vault.find(heldId);
    if (held !== undefined) notifications.chatOffered(held);
  });
  work.originQuestion.onAsked(notifications.asksAboutOrigin);
  work.elsewhere.coordinator.onReceipt((receipt) => {
    if (window.isOpen()) sendEvent(window.send, 'receipt', receipt);
  });
  work.leaving.onCalledOff(notifications.shutdownCalledOff);
  work.coordinator.onReceipt((receipt) => {
    if (window.isOpen()) sendEvent(window.send, 'receipt', receipt);
    notifications.signedOff(receipt);
  });
  face.onWindowClosed(() => {
    navigation.windowClosed();
    if (!work.leaving.isUnderWay()) notifications.windowClosed();
  });
}

function joinUpkeep(parts: Parts): void {
  const { ground, work, face, upkeep } = parts;
  const { fleet, ghostTime, updates, network } = upkeep;
  face.onWindowClosed(() => releaseMemorySoon(parts));
  ground.vault.onChange(updates.workChanged);
  ground.vault.onChange(network.heldChanged);
  work.coordinator.onProgress(updates.workChanged);
  work.coordinator.onProgress(() => {
    if (!upkeep.hasTelemetry()) return;
    ghostTime.progressed(
      ground.vault.held().map(({ id }) => id),
      (id) => work.coordinator.underWay(id) !== undefined,
    );
  });
  work.coordinator.onReceipt((receipt) => fleet.signedOff(receipt, ghostTime.ended(receipt)));
}

function joinSettings({ ground, face, upkeep }: Parts): void {
  const { settings, wording, log } = ground;
  const applyAppearance = (): void => {
    nativeTheme.themeSource = settings.values().appearance;
  };
  const follow: Partial<Record<SettingName, () => void>> = {
    language: () =>
      void wording
        .changed()
        .then(face.show)
        .catch((error: unknown) => log('uncaught-exception', { error: errorText(error) })),
    appearance: applyAppearance,
    startAtLogin: upkeep.applyLoginItem,
    receiptDays: upkeep.prune,
    telemetryEndpoint: upkeep.fleet.changed,
    updateFeed: upkeep.updates.changed,
    updateChannel: upkeep.updates.changed,
  };
  applyAppearance();
  settings.onChange((name) => {
    follow[name]?.();
    if (NETWORK_SETTINGS.has(name)) upkeep.network.prepare();
    face.show();
  });
}

/** What Electron tells of the system and of other starts. */
function joinSystem({ ground, work, face }: Parts): void {
  const { log, policy } = ground;
  const { leaving, presence } = work;
  const { window } = face;
  ground.onOtherStart(({ hidden }) => {
    const isGoing = leaving.mayGo() || leaving.state()?.phase === 'ending';
    // Whoever starts the app while it goes is to have one all the same.
    if (isGoing && !leaving.endsLogin()) face.relaunch(hidden);
    else if (!hidden) window.show();
  });
  app.on('child-process-gone', (_event, { type, reason }) => {
    if (reason !== 'clean-exit') log('process-gone', { type, reason });
  });
  app.on('activate', () => window.show());
  powerMonitor.on('resume', presence.pollNow);
  // Windows does not tell of a change of its policies; these are the moments at which there may be one.
  powerMonitor.on('resume', () => void policy.refresh());
  powerMonitor.on('unlock-screen', () => void policy.refresh());
}
