/** The settings and the help panel. */
export const settings = {
  title: 'Settings',
  close: 'Close',
  managed: 'Managed by your organisation',

  general: 'General',
  notifications: 'Notifications',
  away: 'Sign off when you are away',
  results: 'Results',
  leftovers: 'After a crash',

  startAtLogin: 'Start when you log in',
  startAtLoginHint: 'In the tray, without a window.',
  language: 'Language',
  /** Follows the system; `name` is the language that this comes to. */
  systemLanguage: (name: string) => `As the system (${name})`,
  appearance: 'Appearance',
  appearances: { system: 'As the system', light: 'Light', dark: 'Dark' },

  notifyOutcomes: 'Outcomes that need you',
  notifyOutcomesHint: 'What could not be ended, and what a crash left over and was ended.',
  notifyHandIns: 'Hand-ins',
  notifyHandInsHint: 'A session was handed in from outside this window.',

  signOffOnSuspend: 'When the computer goes to sleep',
  signOffOnLock: 'When the screen is locked',
  signOffOnLockHint: 'Linux does not tell when that is.',
  signOffOnIdle: 'When nobody touches the computer',
  idleMinutes: 'Minutes without a touch',

  receiptDays: 'Days that results are kept',
  receiptDaysHint: 'At least; they are deleted by whole months.',

  leftover: 'If Signoff stopped while you went on working',
  leftoverHint: 'What becomes of the sessions that it held.',
  leftoverChoices: {
    ask: 'Ask; sign off after a minute without an answer',
    'sign-off': 'Sign off at once',
    resume: 'Go on holding them',
  },

  /** Beside a number: what it may be. */
  range: (least: string, most: string) => `${least} to ${most}`,
  problems: {
    managed: 'Your organisation manages this setting.',
    'out-of-bounds': 'This setting cannot have that value.',
    'not-saved': 'It could not be saved; nothing has changed. Is the disk full?',
  },
  outOfRange: (least: string, most: string) => `It can be a whole number from ${least} to ${most}.`,

  helpTitle: 'Keyboard shortcuts',
  version: (version: string) => `Signoff ${version}`,
  shortcuts: {
    add: 'Add a session',
    search: 'Search the results',
    settings: 'Open the settings',
    sessions: 'Show the sessions',
    results: 'Show the results',
    signOffAll: 'Sign off all',
    help: 'Open this help',
    close: 'Close what is open',
  },
  /** What stands on the keys; on a Mac they have signs. */
  keys: { control: 'Ctrl', shift: 'Shift', escape: 'Esc' },
  /** Between two ways to do the same. */
  or: 'or',
};
