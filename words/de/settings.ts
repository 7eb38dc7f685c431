import type { settings as english } from '../en/settings.ts';

export const settings: typeof english = {
  title: 'Einstellungen',
  close: 'Schließen',
  managed: 'Von Ihrer Organisation verwaltet',

  general: 'Allgemein',
  notifications: 'Benachrichtigungen',
  away: 'Wenn Sie weg sind',
  browser: 'Übergabe aus dem Browser',
  leftovers: 'Nach einem Absturz',

  startAtLogin: 'Beim Anmelden am Rechner starten',
  startAtLoginHint: 'Im Infobereich, ohne Fenster.',
  startAtLoginBy: {
    desktop: 'In den Einstellungen des Desktops ausgeschaltet',
    installation: 'Durch die Installation eingeschaltet',
  },
  language: 'Sprache',
  systemLanguage: (name) => `Wie das System (${name})`,
  appearance: 'Erscheinungsbild',
  appearances: { system: 'Wie das System', light: 'Hell', dark: 'Dunkel' },

  notifyOutcomes: 'Ergebnisse, die Sie brauchen',
  notifyOutcomesHint:
    'Was sich nicht beenden ließ, und was nach einem Absturz übrig war und beendet wurde.',
  notifyHandIns: 'Übergebene Sitzungen',
  notifyHandInsHint: 'Eine Sitzung wurde außerhalb dieses Fensters übergeben.',

  awayHint:
    'Nicht verfügbar werden nur Sitzungen, bei denen Sie sich hier angemeldet haben. Sind Sie zurück, werden die wieder verfügbar, die es vorher waren.',
  awayChoices: {
    nothing: 'Nichts tun',
    unavailable: 'Nicht verfügbar setzen',
    'sign-off': 'Abmelden',
  },
  onSuspend: 'Wenn der Rechner in den Energiesparmodus geht',
  onLock: 'Wenn der Bildschirm gesperrt wird',
  onLockHint: 'Nur mit einer Arbeitsumgebung, die das meldet, etwa GNOME oder KDE.',
  onDisconnect: 'Wenn die Sitzung am Rechner getrennt wird',
  onDisconnectHint:
    'Wenn eine Remotedesktopsitzung getrennt wird oder jemand anderes den Bildschirm übernimmt.',
  asLock: 'Wie bei Bildschirmsperre',
  onIdle: 'Wenn niemand den Rechner benutzt',
  idleMinutes: 'Minuten ohne Eingabe',

  browserHandIn: 'Konsolen im Browser dürfen Sitzungen übergeben',
  browserHandInHint: 'Nur die unten genannten, und jede erst, wenn Sie es ihr erlaubt haben.',
  browserOrigins: 'Adressen der Konsolen',
  browserOriginsHint: 'Eine Adresse je Zeile, etwa https://console.example.com',
  notAnOrigin: (line) => `„${line}“ ist keine Adresse wie https://console.example.com.`,
  browserProblems: {
    portTaken: (port: number) =>
      `Ein anderes Programm oder das Signoff einer anderen Person benutzt Port ${port} bereits. Signoff versucht es jede Minute wieder.`,
    portFails: (port: number, code: string) =>
      `Port ${port} konnte nicht geöffnet werden (${code}). Signoff versucht es jede Minute wieder.`,
  },
  browserAccess: 'Was eine Konsole braucht',
  browserAccessHint: 'Diese Adresse und ein geheimes Token:',
  copyToken: 'Token kopieren',

  receiptDays: 'Tage, die Ergebnisse aufbewahrt werden',
  receiptDaysHint: 'Gelöscht werden ganze Monate, daher bleiben manche länger.',

  leftover: 'Wenn Signoff endete, während Sie weiterarbeiteten',
  leftoverHint: 'Was mit den Sitzungen geschieht, die es hielt.',
  leftoverChoices: {
    ask: 'Fragen; ohne Antwort abmelden',
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
    signIn: 'Anmelden',
    add: 'Sitzung hinzufügen',
    search: 'Ergebnisse durchsuchen',
    settings: 'Einstellungen öffnen',
    sessions: 'Sitzungen anzeigen',
    results: 'Ergebnisse anzeigen',
    signOffAll: 'Alle abmelden',
    resultStep: 'In den Ergebnissen: eins hinauf oder hinunter',
    resultPage: 'In den Ergebnissen: einige hinauf oder hinunter',
    resultEnd: 'In den Ergebnissen: zum ersten oder letzten',
    chartStep: 'Im Diagramm: von Auffälligem zu Auffälligem',
    zoomIn: 'Alles größer anzeigen',
    zoomOut: 'Alles kleiner anzeigen',
    zoomReset: 'Alles in normaler Größe anzeigen',
    help: 'Diese Hilfe öffnen',
    close: 'Geöffnetes schließen',
  },
  keys: {
    control: 'Strg',
    shift: 'Umschalt',
    escape: 'Esc',
    pageUp: 'Bild ↑',
    pageDown: 'Bild ↓',
    home: 'Pos1',
    end: 'Ende',
  },
  or: 'oder',
};
