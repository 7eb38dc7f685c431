import type { signIn as english } from '../en/sign-in.ts';

export const signIn: typeof english = {
  signIn: 'Anmelden',
  title: 'Im Chat anmelden',
  hint: 'Signoff hält Sie anwesend und beendet die Sitzung, wenn Sie gehen.',
  fields: {
    site: 'Adresse der Site',
    userName: 'Benutzername',
    accountId: 'Konto-ID',
    password: 'Passwort',
  },
  hints: {
    site: 'Etwa https://service.example.com',
    userName: 'Wie in Ihrer Konsole',
    accountId: 'Etwa 12',
    password: 'Geht nur an diese Site',
  },
  remembered: 'Gespeichert; darf leer bleiben',
  showPassword: 'Passwort anzeigen',
  forget: 'Vergessen',
  forgetPassword: 'Gespeichertes Passwort vergessen',
  available: 'Sofort für Chats verfügbar',
  remember: 'Zugangsdaten merken',
  rememberHint: 'Bewahrt das Passwort verschlüsselt auf diesem Computer auf',

  starting: 'Anmeldung läuft…',
  steps: {
    settings: 'Der Chatserver wird ermittelt…',
    token: 'Ihre Anmeldung wird bestätigt…',
    session: 'Die Sitzung wird begonnen…',
    status: 'Ihr Status wird gesetzt…',
  },
  failed: {
    settings: 'Die Site hat ihren Chatserver nicht genannt',
    token: 'Die Site hat Ihre Anmeldung nicht bestätigt',
    session: 'Der Chatserver hat keine Sitzung begonnen',
    status: 'Ihr Status konnte nicht gesetzt werden',
  },
  advice: {
    password: 'Prüfen Sie Benutzernamen und Passwort.',
    account:
      'Prüfen Sie die Konto-ID. Stimmt sie, fragen Sie Ihre IT, ob das Konto in Chats arbeiten darf.',
    site: 'Prüfen Sie die Adresse der Site.',
    network: 'Prüfen Sie das Netz dieses Computers, und melden Sie sich dann erneut an.',
    'try-again': 'Warten Sie einen Moment, und melden Sie sich dann erneut an.',
    'ask-it': 'Fragen Sie Ihre IT, und sagen Sie ihr, was hier steht.',
    disk: 'Schaffen Sie Platz auf dem Datenträger, und melden Sie sich dann erneut an.',
  },
  faults: {
    NOT_THIS_API: 'Was geantwortet hat, ist keine solche Site oder keine, die Signoff versteht.',
    UNUSABLE: 'Die Antwort der Site enthält einen Wert, den Signoff nicht verwenden kann.',
    NOT_SAVED:
      'Die Sitzung konnte auf diesem Computer nicht gespeichert werden und wurde deshalb wieder beendet.',
    NOT_ENDED:
      'Die Sitzung konnte auf diesem Computer nicht gespeichert und auch nicht wieder beendet werden. Der Server verwirft sie nach einigen Minuten von selbst.',
    UNKNOWN_SESSION:
      'Der Server kennt seine neue Sitzung unter dieser Konto-ID nicht. Signoff hat beendet, was es konnte.',
    ANSWER_LOST:
      'Die Antwort ging verloren; der Server kann trotzdem eine Sitzung für Sie haben. Er verwirft sie nach einigen Minuten von selbst, oder Sie übernehmen sie beim nächsten Versuch.',
    NOT_ALLOWED:
      'Ihre Organisation lässt diese Site oder ihren Chatserver nicht zu (allowedServers).',
    NOT_OFFERED: 'Ihre Organisation bietet die Anmeldung mit Signoff nicht an (sessionsFrom).',
    LEAVING: 'Signoff wird beendet. Melden Sie sich nach dem nächsten Start an.',
  },
  problems: { 'under-way': 'Eine Anmeldung läuft bereits.' },
  cancelled: 'Abgebrochen. Sie sind nicht angemeldet.',
  statusProblem: (why) =>
    `Sie sind angemeldet, aber Ihr Status konnte nicht gesetzt werden. ${why}`,

  conflict: {
    title: 'Sie sind bereits anderswo angemeldet',
    means:
      'Der Server hat schon eine Sitzung von Ihnen, vielleicht in einem Browser oder auf einem anderen Computer. Übernehmen? Sie endet dort und geht hier weiter.',
    perhapsOursTitle: 'Sie sind möglicherweise schon angemeldet',
    perhapsOursMeans:
      'Der Server hat eine Sitzung von Ihnen. Sie kann vom Versuch unmittelbar zuvor stammen, dessen Antwort verloren ging. Übernehmen? Wird sie anderswo benutzt, endet sie dort.',
    takeOver: 'Übernehmen',
  },
};
