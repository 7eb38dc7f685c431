import type { settings as english } from '../en/settings.ts';

export const settings: typeof english = {
  title: 'Einstellungen',
  close: 'Schließen',
  managed: 'Von Ihrer Organisation verwaltet',

  general: 'Allgemein',
  notifications: 'Benachrichtigungen',
  away: 'Abmelden, wenn Sie weg sind',
  results: 'Ergebnisse',
  leftovers: 'Nach einem Absturz',

  startAtLogin: 'Beim Anmelden am Rechner starten',
  startAtLoginHint: 'Im Infobereich, ohne Fenster.',
  language: 'Sprache',
  systemLanguage: (name) => `Wie das System (${name})`,
  appearance: 'Erscheinungsbild',
  appearances: { system: 'Wie das System', light: 'Hell', dark: 'Dunkel' },

  notifyOutcomes: 'Ergebnisse, die Sie brauchen',
  notifyOutcomesHint:
    'Was sich nicht beenden ließ, und was nach einem Absturz übrig war und beendet wurde.',
  notifyHandIns: 'Übergebene Sitzungen',
  notifyHandInsHint: 'Eine Sitzung wurde außerhalb dieses Fensters übergeben.',

  signOffOnSuspend: 'Wenn der Rechner in den Energiesparmodus geht',
  signOffOnLock: 'Wenn der Bildschirm gesperrt wird',
  signOffOnLockHint: 'Linux teilt das nicht mit.',
  signOffOnIdle: 'Wenn niemand den Rechner benutzt',
  idleMinutes: 'Minuten ohne Eingabe',

  receiptDays: 'Tage, die Ergebnisse aufbewahrt werden',
  receiptDaysHint: 'Mindestens; gelöscht wird in ganzen Monaten.',

  leftover: 'Wenn Signoff endete, während Sie weiterarbeiteten',
  leftoverHint: 'Was mit den Sitzungen geschieht, die es hielt.',
  leftoverChoices: {
    ask: 'Fragen; nach einer Minute ohne Antwort abmelden',
    'sign-off': 'Sofort abmelden',
    resume: 'Weiter halten',
  },

  range: (least, most) => `${least} bis ${most}`,
  problems: {
    managed: 'Ihre Organisation verwaltet diese Einstellung.',
    'out-of-bounds': 'Diesen Wert kann die Einstellung nicht haben.',
    'not-saved':
      'Das Speichern ist fehlgeschlagen; nichts hat sich geändert. Ist der Datenträger voll?',
  },
  outOfRange: (least, most) => `Möglich ist eine ganze Zahl von ${least} bis ${most}.`,

  helpTitle: 'Tastenkürzel',
  version: (version) => `Signoff ${version}`,
  shortcuts: {
    add: 'Sitzung hinzufügen',
    search: 'Ergebnisse durchsuchen',
    settings: 'Einstellungen öffnen',
    sessions: 'Sitzungen anzeigen',
    results: 'Ergebnisse anzeigen',
    signOffAll: 'Alle abmelden',
    help: 'Diese Hilfe öffnen',
    close: 'Geöffnetes schließen',
  },
  keys: { control: 'Strg', shift: 'Umschalt', escape: 'Esc' },
  or: 'oder',
};
