import type { HeldView, State } from '../../../preload/contract.ts';
import { heldName } from '../../../words/session-name.ts';
import type { Words } from '../../../words/words.ts';

export type TrayAction =
  | { readonly kind: 'sign-off'; readonly ids: 'all' | readonly [string] }
  | { readonly kind: 'answer-leftover'; readonly answer: 'keep' | 'sign-off' }
  | {
      readonly kind: 'set-activity';
      readonly id: string;
      readonly value: 'available' | 'unavailable';
      readonly reason: number | null;
    }
  | { readonly kind: 'sign-in-again'; readonly id: string }
  | { readonly kind: 'dismiss-called-off' }
  | { readonly kind: 'open' }
  | { readonly kind: 'quit' };

export type TrayItem =
  | {
      readonly kind: 'action';
      readonly label: string;
      readonly enabled: boolean;
      readonly action: TrayAction;
    }
  | {
      /** One of a group with at most one checked. */
      readonly kind: 'choice';
      readonly label: string;
      readonly checked: boolean;
      readonly enabled: boolean;
      readonly action: TrayAction;
    }
  | { readonly kind: 'submenu'; readonly label: string; readonly items: readonly TrayItem[] }
  | { readonly kind: 'text'; readonly label: string }
  | { readonly kind: 'separator' };

/** The window shows them all. */
const MAX_SESSIONS = 10;

/** The tray's menu as data; open questions come first. */
export function trayMenu(words: Words, state: State, now: number): TrayItem[] {
  const say = words.shell;
  const { held } = state;
  const shown = held.slice(0, MAX_SESSIONS);
  const more = held.length - shown.length;
  return [
    ...(state.leftoverQuestion === null ? [] : leftoverQuestion(say)),
    ...(state.originQuestion === null ? [] : originQuestion(say, state.originQuestion.origin)),
    ...(state.calledOff.length === 0 ? [] : calledOff(words, state)),
    text(trayTitle(say, held.length)),
    ...notEnded(say, held).map(text),
    ...shown.flatMap((session) => {
      const name = menuText(heldName(words.sessions, session));
      return [
        ...presenceText(say, session, name, now).map(text),
        ...activityMenu(say, session, name, state),
        signOffItem(say, session, name),
      ];
    }),
    ...(more > 0 ? [text(say.more(more))] : []),
    action(say.signOffAll, { kind: 'sign-off', ids: 'all' }, held.some(canSignOff)),
    ...elsewhere(say, state),
    SEPARATOR,
    action(say.open, { kind: 'open' }),
    action(say.quit, { kind: 'quit' }),
  ];
}

const SEPARATOR: TrayItem = { kind: 'separator' };

function text(label: string): TrayItem {
  return { kind: 'text', label };
}

function action(label: string, does: TrayAction, enabled = true): TrayItem {
  return { kind: 'action', label, enabled, action: does };
}

/** False while a sign-off is under way. */
function canSignOff({ ending }: HeldView): boolean {
  return ending === null;
}

function signOffItem(say: Words['shell'], session: HeldView, name: string): TrayItem {
  const enabled = canSignOff(session);
  const label = enabled ? say.signOff(name) : say.signingOff(name);
  return action(label, { kind: 'sign-off', ids: [session.id] }, enabled);
}

/** The session's presence as a sentence; empty if it has none. */
function presenceText(say: Words['shell'], session: HeldView, name: string, now: number): string[] {
  const isPresent = canSignOff(session) && session.presence?.state === 'present';
  return isPresent ? [say.present(name)] : absenceText(say, session, name, now);
}

/** The same, but empty for an agent who is present. */
function absenceText(say: Words['shell'], session: HeldView, name: string, now: number): string[] {
  const { presence } = session;
  if (presence === null || presence.state === 'present' || !canSignOff(session)) return [];
  if (presence.state === 'dropped') return [say.dropped(name)];
  const ms = dropsIn(session, now);
  return [say.reconnecting(name, ms === null ? null : timeLeft(ms))];
}

/** Milliseconds until the server drops the session; null if it will not, or that is not known. */
function dropsIn({ presence }: HeldView, now: number): number | null {
  if (presence?.state !== 'reconnecting' || presence.dropsAt === null) return null;
  return presence.dropsAt - now;
}

/** Replacing a menu may close an open one, so the countdown has large steps. */
const COUNTDOWN_STEP_MS = 30_000;

function timeLeft(ms: number): string {
  const seconds = (Math.ceil(ms / COUNTDOWN_STEP_MS) * COUNTDOWN_STEP_MS) / 1_000;
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** Milliseconds until the countdown's next step; null if there is none. */
export function nextCountdownStep({ held }: State, now: number): number | null {
  const left = held.flatMap((session) => dropsIn(session, now) ?? []).filter((ms) => ms > 0);
  if (left.length === 0) return null;
  return Math.min(...left.map((ms) => ms % COUNTDOWN_STEP_MS || COUNTDOWN_STEP_MS));
}

/** The submenu for the agent's status; its label shows the current one. */
function activityMenu(
  say: Words['shell'],
  session: HeldView,
  name: string,
  { availableKinds, unavailableReasons: reasons }: State,
): TrayItem[] {
  const { id, activity } = session;
  if (activity === null) return [];
  const { value, changing } = activity;
  const isUnavailable = value === 'unavailable';
  const isAvailable = value === 'available';
  const enabled = canSignOff(session) && !changing;
  const choice = (
    label: string,
    checked: boolean,
    to: 'available' | 'unavailable',
    reason: number | null,
  ): TrayItem => ({
    kind: 'choice',
    label,
    checked,
    enabled,
    action: { kind: 'set-activity', id, value: to, reason },
  });
  const { available, unavailable } = say.activityValues;
  const current = reasons.find((reason) => isUnavailable && reason.id === activity.reason);
  const because = (reason: { name: string }): string =>
    say.unavailableBecause(menuText(reason.name));
  // A single kind is no choice.
  const kinds = availableKinds.length > 1 ? availableKinds : [];
  const currentKind = kinds.find((kind) => isAvailable && kind.id === activity.reason);
  const as = (kind: { name: string }): string => say.availableAs(menuText(kind.name));
  const plain = currentKind === undefined ? say.activityValues[value] : as(currentKind);
  const label = current === undefined ? plain : because(current);
  const availableChoices =
    kinds.length === 0
      ? [choice(available, isAvailable, 'available', null)]
      : kinds.map((kind) => choice(as(kind), kind === currentKind, 'available', kind.id));
  const unavailableChoices =
    reasons.length === 0
      ? [choice(unavailable, isUnavailable, 'unavailable', null)]
      : reasons.map((reason) =>
          choice(because(reason), reason === current, 'unavailable', reason.id),
        );
  const items = [...availableChoices, ...unavailableChoices];
  return [{ kind: 'submenu', label: say.activity(name, label), items }];
}

/** Only opens the window, where the question is answered. */
function originQuestion(say: Words['shell'], origin: string): TrayItem[] {
  const host = URL.canParse(origin) ? new URL(origin).host : origin;
  return [action(say.originWants(menuText(host)), { kind: 'open' }), SEPARATOR];
}

/** Only opens the window, where it is said whether to end it. */
function elsewhere(say: Words['shell'], state: State): TrayItem[] {
  const items = state.elsewhere
    .slice(0, MAX_SESSIONS)
    .map(({ host }) => action(say.heldElsewhere(menuText(host)), { kind: 'open' }));
  return items.length === 0 ? [] : [SEPARATOR, ...items];
}

function leftoverQuestion(say: Words['shell']): TrayItem[] {
  return [
    text(say.stillAtWork),
    action(say.keepHolding, { kind: 'answer-leftover', answer: 'keep' }),
    action(say.signOffNow, { kind: 'answer-leftover', answer: 'sign-off' }),
    SEPARATOR,
  ];
}

/** What a shutdown ended that was then called off, and the way back. */
function calledOff(words: Words, { calledOff: ended, signIn }: State): TrayItem[] {
  const { actionOn, signInAgain, dismiss } = words.sessions;
  const ways = ended.filter((session) => session.signIn !== null).slice(0, MAX_SESSIONS);
  return [
    text(words.shell.calledOff(ended.length)),
    ...ways.map((session) => {
      const label = menuText(actionOn(signInAgain, heldName(words.sessions, session)));
      return action(label, { kind: 'sign-in-again', id: session.id }, signIn.step === null);
    }),
    action(dismiss, { kind: 'dismiss-called-off' }),
    SEPARATOR,
  ];
}

/** A single ampersand in a menu label marks a shortcut. */
function menuText(name: string): string {
  return name.replaceAll('&', '&&');
}

export function trayTooltip(words: Words, state: State, now: number): string {
  const { held } = state;
  const say = words.shell;
  const ended = state.calledOff.length;
  return [
    say.tooltip(trayTitle(say, held.length)),
    ...(ended > 0 ? [say.calledOff(ended)] : []),
    ...notEnded(say, held),
    ...notPresent(words, held, now),
  ].join('\n');
}

/** What the icon shows. `failed`: a session could not be ended, was dropped, or ended for no shutdown. */
export function trayStatus({ held, calledOff: ended }: State): 'idle' | 'holding' | 'failed' {
  if (ended.length > 0) return 'failed';
  if (held.length === 0) return 'idle';
  return held.some(needsAttention) ? 'failed' : 'holding';
}

function needsAttention({ lastFailure, presence }: HeldView): boolean {
  return lastFailure !== null || presence?.state === 'dropped';
}

/** One session by its name, several by their count. */
function notPresent(words: Words, held: readonly HeldView[], now: number): string[] {
  const say = words.shell;
  const lines = held.flatMap((session) =>
    absenceText(say, session, heldName(words.sessions, session), now),
  );
  if (lines.length < 2) return lines;
  const count = (state: 'dropped' | 'reconnecting'): number =>
    held.filter((session) => canSignOff(session) && session.presence?.state === state).length;
  const dropped = count('dropped');
  const reconnecting = count('reconnecting');
  return [
    ...(dropped > 0 ? [say.droppedCount(dropped)] : []),
    ...(reconnecting > 0 ? [say.reconnectingCount(reconnecting)] : []),
  ];
}

function notEnded(say: Words['shell'], held: readonly HeldView[]): string[] {
  const failed = held.filter(({ lastFailure }) => lastFailure !== null).length;
  return failed === 0 ? [] : [say.notEndedYet(failed)];
}

function trayTitle(say: Words['shell'], held: number): string {
  return held === 0 ? say.nothingHeld : say.held(held);
}
