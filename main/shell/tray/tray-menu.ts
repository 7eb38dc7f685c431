import type { Words } from '../../../words/words.ts';

/** What the tray needs to know of a held session. */
export interface TraySession {
  readonly id: string;
  readonly name: string;
  /** False while it is being ended already. */
  readonly canSignOff: boolean;
  /** Whether its newest sign-off did not end it. */
  readonly failed: boolean;
}

export type TrayAction =
  | { readonly kind: 'sign-off'; readonly ids: 'all' | readonly [string] }
  | { readonly kind: 'answer-leftover'; readonly answer: 'keep' | 'sign-off' }
  | { readonly kind: 'open' }
  | { readonly kind: 'quit' };

export type TrayItem =
  | {
      readonly kind: 'action';
      readonly label: string;
      readonly enabled: boolean;
      readonly action: TrayAction;
    }
  | { readonly kind: 'text'; readonly label: string }
  | { readonly kind: 'separator' };

/** A menu with a screenful of sessions is no menu; the window shows them all. */
const MOST_SESSIONS = 10;

/**
 * The tray's menu as data, in these words; on top, the question about what a crash left over, while
 * it is asked.
 */
export function trayMenu(
  say: Words['shell'],
  sessions: readonly TraySession[],
  asksAboutLeftover = false,
): TrayItem[] {
  const shown = sessions.slice(0, MOST_SESSIONS);
  const more = sessions.length - shown.length;
  return [
    ...(asksAboutLeftover ? leftoverQuestion(say) : []),
    { kind: 'text', label: trayTitle(say, sessions.length) },
    ...notEnded(say, sessions).map((label): TrayItem => ({ kind: 'text', label })),
    ...shown.map(({ id, name, canSignOff }): TrayItem => ({
      kind: 'action',
      label: canSignOff ? say.signOff(menuText(name)) : say.signingOff(menuText(name)),
      enabled: canSignOff,
      action: { kind: 'sign-off', ids: [id] },
    })),
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
  return [title, ...notEnded(say, sessions)].join('\n');
}

/** What the icon's colour tells: nothing is held, all is well, or something could not be ended. */
export function trayMood(sessions: readonly TraySession[]): 'idle' | 'holding' | 'failed' {
  if (sessions.length === 0) return 'idle';
  return sessions.some(({ failed }) => failed) ? 'failed' : 'holding';
}

function notEnded(say: Words['shell'], sessions: readonly TraySession[]): string[] {
  const failed = sessions.filter((session) => session.failed).length;
  return failed === 0 ? [] : [say.notEndedYet(failed)];
}

function trayTitle(say: Words['shell'], held: number): string {
  return held === 0 ? say.nothingHeld : say.held(held);
}
