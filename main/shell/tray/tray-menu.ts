/** What the tray needs to know of a held session. */
export interface TraySession {
  readonly id: string;
  readonly name: string;
  /** False while it is being ended already. */
  readonly canSignOff: boolean;
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

const LEFTOVER_QUESTION: readonly TrayItem[] = [
  { kind: 'text', label: 'Signoff stopped unexpectedly. Are you still at work?' },
  {
    kind: 'action',
    label: 'Keep holding',
    enabled: true,
    action: { kind: 'answer-leftover', answer: 'keep' },
  },
  {
    kind: 'action',
    label: 'Sign off now',
    enabled: true,
    action: { kind: 'answer-leftover', answer: 'sign-off' },
  },
  { kind: 'separator' },
];

/** The tray's menu as data; on top, the question about what a crash left over, while it is asked. */
export function trayMenu(sessions: readonly TraySession[], asksAboutLeftover = false): TrayItem[] {
  const shown = sessions.slice(0, MOST_SESSIONS);
  const more = sessions.length - shown.length;
  return [
    ...(asksAboutLeftover ? LEFTOVER_QUESTION : []),
    { kind: 'text', label: trayTitle(sessions.length) },
    ...shown.map(({ id, name, canSignOff }): TrayItem => ({
      kind: 'action',
      label: canSignOff ? `Sign off ${menuText(name)}` : `Signing off ${menuText(name)}…`,
      enabled: canSignOff,
      action: { kind: 'sign-off', ids: [id] },
    })),
    ...(more > 0 ? [{ kind: 'text', label: `and ${more} more` } as const] : []),
    {
      kind: 'action',
      label: 'Sign off all',
      enabled: sessions.some(({ canSignOff }) => canSignOff),
      action: { kind: 'sign-off', ids: 'all' },
    },
    { kind: 'separator' },
    { kind: 'action', label: 'Open Signoff', enabled: true, action: { kind: 'open' } },
    { kind: 'action', label: 'Quit and sign off', enabled: true, action: { kind: 'quit' } },
  ];
}

/** A single ampersand in a menu's label marks the letter behind it as its shortcut. */
function menuText(name: string): string {
  return name.replaceAll('&', '&&');
}

/** The tray icon's tooltip. */
export function trayTooltip(held: number): string {
  return `Signoff: ${trayTitle(held).toLowerCase()}`;
}

function trayTitle(held: number): string {
  if (held === 0) return 'Nothing held';
  return held === 1 ? '1 session held' : `${held} sessions held`;
}
