/** The settings and the help panel. */
export const settings = {
  title: 'Settings',
  close: 'Close',
  managed: 'Managed by your organisation',

  general: 'General',
  notifications: 'Notifications',
  away: 'When you are away',
  browser: 'Hand-in from the browser',
  leftovers: 'After a crash',

  startAtLogin: 'Start when you log in',
  startAtLoginHint: 'In the tray, without a window.',
  /** Who has decided on it, where neither the agent has in Signoff nor IT. */
  startAtLoginBy: {
    desktop: 'Switched off in your desktop’s settings',
    installation: 'Switched on by the installation',
  },
  language: 'Language',
  /** Follows the system; `name` is the language that this comes to. */
  systemLanguage: (name: string) => `Same as the system (${name})`,
  appearance: 'Appearance',
  appearances: { system: 'Same as the system', light: 'Light', dark: 'Dark' },

  notifyOutcomes: 'Outcomes that need you',
  notifyOutcomesHint: 'What could not be ended, and what a crash left over and was ended.',
  notifyHandIns: 'Sessions handed in',
  notifyHandInsHint: 'A session was handed in from outside this window.',

  /** Under the title of these choices. */
  awayHint:
    'Only sessions that you signed in to here are set unavailable. Once you are back, those that had been available are so again.',
  awayChoices: { nothing: 'Nothing', unavailable: 'Set unavailable', 'sign-off': 'Sign off' },
  onSuspend: 'When the computer goes to sleep',
  onLock: 'When the screen is locked',
  onLockHint: 'Takes a desktop that reports it, such as GNOME or KDE.',
  onDisconnect: 'When the session is disconnected',
  onDisconnectHint:
    'When a remote desktop session is disconnected, or somebody else takes over the screen.',
  asLock: 'As for a locked screen',
  onIdle: 'When you are idle',
  idleMinutes: 'Minutes without a touch',

  browserHandIn: 'Let consoles in a browser hand sessions in',
  browserHandInHint: 'Only those named below, and each only once you have allowed it.',
  browserOrigins: 'Addresses of the consoles',
  browserOriginsHint: 'One address a line, such as https://console.example.com',
  /** Of the first line that is none. */
  notAnOrigin: (line: string) => `“${line}” is not an address such as https://console.example.com.`,
  /** Why a console cannot reach Signoff. */
  browserProblems: {
    portTaken: (port: number) =>
      `Another program, or another person’s Signoff, already uses port ${port}. Signoff tries again every minute.`,
    portFails: (port: number, code: string) =>
      `Port ${port} could not be opened (${code}). Signoff tries again every minute.`,
  },
  browserAccess: 'What a console needs',
  /** Followed by the address. */
  browserAccessHint: 'This address, and a secret token:',
  copyToken: 'Copy token',

  receiptDays: 'Days that results are kept',
  receiptDaysHint: 'Whole months are deleted, so some stay longer.',

  leftover: 'If Signoff stopped while you went on working',
  leftoverHint: 'What becomes of the sessions that it held.',
  leftoverChoices: {
    ask: 'Ask; sign off without an answer',
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
    signIn: 'Sign in',
    add: 'Add a session',
    search: 'Search the results',
    settings: 'Open the settings',
    sessions: 'Show the sessions',
    results: 'Show the results',
    signOffAll: 'Sign off all',
    resultStep: 'In the results: one up or down',
    resultPage: 'In the results: some up or down',
    resultEnd: 'In the results: to the first or the last',
    chartStep: 'In a chart: along what stands out',
    zoomIn: 'Make everything larger',
    zoomOut: 'Make everything smaller',
    zoomReset: 'Show everything at normal size',
    help: 'Open this help',
    close: 'Close what is open',
  },
  /** What stands on the keys; on a Mac they have signs. */
  keys: {
    control: 'Ctrl',
    shift: 'Shift',
    escape: 'Esc',
    pageUp: 'Page Up',
    pageDown: 'Page Down',
    home: 'Home',
    end: 'End',
  },
  /** Between two ways to do the same. */
  or: 'or',
};
