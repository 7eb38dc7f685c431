import type { Words } from '../../../words/words.ts';

/** What the tray needs to know of a held session. */
export interface TraySession {
  readonly id: string;
  readonly name: string;
  /** False while it is being ended already. */
  readonly canSignOff: boolean;
  /** Whether its newest sign-off did not end it. */
  readonly failed: boolean;
  /** Whether the server takes the agent for present; null where the session was not started here. */
  readonly presence: {
    readonly state: 'present' | 'reconnecting' | 'dropped';
    /** Milliseconds until the server drops the session; null where that is not to be feared, or not known. */
    readonly dropsIn: number | null;
  } | null;
  /** What the agent is set to; null where that is not Signoff's to set. */
  readonly activity: {
    readonly value: 'available' | 'unavailable' | 'unknown';
    readonly reason: number | null;
    readonly changing: boolean;
  } | null;
}

/** What the menu shows besides the sessions. */
export interface TrayMatters {
  /** Whether it is asked about what a crash left over. */
  readonly asksAboutLeftover: boolean;
  /** The browser console that it is asked about, by its origin. */
  readonly askingOrigin: string | null;
  /** Why an agent may be unavailable, as IT has laid it down. */
  readonly unavailableReasons: readonly { readonly id: number; readonly name: string }[];
}

export const nothingElse: TrayMatters = {
  asksAboutLeftover: false,
  askingOrigin: null,
  unavailableReasons: [],
};

export type TrayAction =
  | { readonly kind: 'sign-off'; readonly ids: 'all' | readonly [string] }
  | { readonly kind: 'answer-leftover'; readonly answer: 'keep' | 'sign-off' }
  | {
      readonly kind: 'set-activity';
      readonly id: string;
      readonly value: 'available' | 'unavailable';
      readonly reason: number | null;
    }
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
      /** One of several, of which at most one is checked. */
      readonly kind: 'choice';
      readonly label: string;
      readonly checked: boolean;
      readonly enabled: boolean;
      readonly action: TrayAction;
    }
  | { readonly kind: 'submenu'; readonly label: string; readonly items: readonly TrayItem[] }
  | { readonly kind: 'text'; readonly label: string }
  | { readonly kind: 'separator' };

/** A menu with a screenful of sessions is no menu; the window shows them all. */
const MOST_SESSIONS = 10;

/** The tray's menu as data, in these words; on top what is asked, while it is. */
export function trayMenu(
  say: Words['shell'],
  sessions: readonly TraySession[],
  matters: TrayMatters,
): TrayItem[] {
  const shown = sessions.slice(0, MOST_SESSIONS);
  const more = sessions.length - shown.length;
  return [
    ...(matters.asksAboutLeftover ? leftoverQuestion(say) : []),
    ...(matters.askingOrigin === null ? [] : originQuestion(say, matters.askingOrigin)),
    { kind: 'text', label: trayTitle(say, sessions.length) },
    ...notEnded(say, sessions).map((label): TrayItem => ({ kind: 'text', label })),
    ...shown.flatMap((session) => [
      ...standing(say, session, menuText(session.name)).map((label): TrayItem => ({
        kind: 'text',
        label,
      })),
      ...activityMenu(say, session, matters.unavailableReasons),
      signOffItem(say, session),
    ]),
    ...(more > 0 ? [{ kind: 'text', label: say.more(more) } as const] : []),
    {
      kind: 'action',
      label: say.signOffAll,
      enabled: sessions.some(({ canSignOff }) => canSignOff),
      action: { kind: 'sign-off', ids: 'all' },
    },
    { kind: 'separator' },
    { kind: 'action', label: say.open, enabled: true, action: { kind: 'open' } },
    { kind: 'action', label: say.quit, enabled: true, action: { kind: 'quit' } },
  ];
}

function signOffItem(say: Words['shell'], { id, name, canSignOff }: TraySession): TrayItem {
  return {
    kind: 'action',
    label: canSignOff ? say.signOff(menuText(name)) : say.signingOff(menuText(name)),
    enabled: canSignOff,
    action: { kind: 'sign-off', ids: [id] },
  };
}

/** Whether the server takes the agent for present, as a sentence about `name`. */
function standing(say: Words['shell'], session: TraySession, name: string): string[] {
  const isPresent = session.canSignOff && session.presence?.state === 'present';
  return isPresent ? [say.present(name)] : away(say, session, name);
}

/** That the server does not take the agent for present, as a sentence about `name`; else nothing. */
function away(say: Words['shell'], { presence, canSignOff }: TraySession, name: string): string[] {
  if (presence === null || presence.state === 'present' || !canSignOff) return [];
  if (presence.state === 'dropped') return [say.dropped(name)];
  return [say.reconnecting(name, presence.dropsIn === null ? null : timeLeft(presence.dropsIn))];
}

/** A menu that is open may close when it is made anew: it counts down in steps. */
const COUNTS_BY_MS = 30_000;

function timeLeft(ms: number): string {
  const seconds = (Math.ceil(ms / COUNTS_BY_MS) * COUNTS_BY_MS) / 1_000;
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** After how many milliseconds the tray counts down; null while it does not. */
export function trayCountsIn(sessions: readonly TraySession[]): number | null {
  const left = sessions.flatMap(({ presence }) => presence?.dropsIn ?? []).filter((ms) => ms > 0);
  if (left.length === 0) return null;
  return Math.min(...left.map((ms) => ms % COUNTS_BY_MS || COUNTS_BY_MS));
}

/** The way to the agent's status; its label says what that is now. */
function activityMenu(
  say: Words['shell'],
  { id, name, activity, canSignOff }: TraySession,
  reasons: TrayMatters['unavailableReasons'],
): TrayItem[] {
  if (activity === null) return [];
  const { value, changing } = activity;
  const isUnavailable = value === 'unavailable';
  const enabled = canSignOff && !changing;
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
  const now = reasons.find((reason) => isUnavailable && reason.id === activity.reason);
  const label =
    now === undefined ? say.activityValues[value] : say.unavailableBecause(menuText(now.name));
  return [
    {
      kind: 'submenu',
      label: say.activity(menuText(name), label),
      items: [
        choice(available, value === 'available', 'available', null),
        ...(reasons.length === 0
          ? [choice(unavailable, isUnavailable, 'unavailable', null)]
          : reasons.map((reason) =>
              choice(
                say.unavailableBecause(menuText(reason.name)),
                reason === now,
                'unavailable',
                reason.id,
              ),
            )),
      ],
    },
  ];
}

/** Only leads to the window, which shows the whole of it. */
function originQuestion(say: Words['shell'], origin: string): TrayItem[] {
  const host = URL.canParse(origin) ? new URL(origin).host : origin;
  return [
    {
      kind: 'action',
      label: say.originWants(menuText(host)),
      enabled: true,
      action: { kind: 'open' },
    },
    { kind: 'separator' },
  ];
}

function leftoverQuestion(say: Words['shell']): TrayItem[] {
  return [
    { kind: 'text', label: say.stillAtWork },
    {
      kind: 'action',
      label: say.keepHolding,
      enabled: true,
      action: { kind: 'answer-leftover', answer: 'keep' },
    },
    {
      kind: 'action',
      label: say.signOffNow,
      enabled: true,
      action: { kind: 'answer-leftover', answer: 'sign-off' },
    },
    { kind: 'separator' },
  ];
}

/** A single ampersand in a menu's label marks the letter behind it as its shortcut. */
function menuText(name: string): string {
  return name.replaceAll('&', '&&');
}

/** The tray icon's tooltip. */
export function trayTooltip(say: Words['shell'], sessions: readonly TraySession[]): string {
  const title = say.tooltip(trayTitle(say, sessions.length));
  return [title, ...notEnded(say, sessions), ...notPresent(say, sessions)].join('\n');
}

/**
 * What the icon tells: nothing is held, all is well, or something could not be ended or was
 * dropped.
 */
export function trayMood(sessions: readonly TraySession[]): 'idle' | 'holding' | 'failed' {
  if (sessions.length === 0) return 'idle';
  return sessions.some(needsALook) ? 'failed' : 'holding';
}

function needsALook({ failed, presence }: TraySession): boolean {
  return failed || presence?.state === 'dropped';
}

/** Of one, with its name and until when; of several, how many. */
function notPresent(say: Words['shell'], sessions: readonly TraySession[]): string[] {
  const lines = sessions.flatMap((session) => away(say, session, session.name));
  if (lines.length < 2) return lines;
  const count = (state: 'dropped' | 'reconnecting'): number =>
    sessions.filter(({ presence, canSignOff }) => canSignOff && presence?.state === state).length;
  const dropped = count('dropped');
  const reconnecting = count('reconnecting');
  return [
    ...(dropped > 0 ? [say.droppedCount(dropped)] : []),
    ...(reconnecting > 0 ? [say.reconnectingCount(reconnecting)] : []),
  ];
}

function notEnded(say: Words['shell'], sessions: readonly TraySession[]): string[] {
  const failed = sessions.filter((session) => session.failed).length;
  return failed === 0 ? [] : [say.notEndedYet(failed)];
}

function trayTitle(say: Words['shell'], held: number): string {
  return held === 0 ? say.nothingHeld : say.held(held);
}
