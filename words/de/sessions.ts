import { createCounting } from '../counting.ts';
import type { sessions as english } from '../en/sessions.ts';

const count = createCounting('de');

export const sessions: typeof english = {
  noBridge:
    'Dieses Fenster konnte Signoff nicht erreichen. Beenden Sie Signoff und starten Sie es neu.',
  noReply:
    'Signoff hat diesem Fenster nicht geantwortet. Versuchen Sie es erneut; bleibt es dabei, beenden Sie Signoff und starten Sie es neu.',
  cancel: 'Abbrechen',
  dismiss: 'Ausblenden',
  tryAgain: 'Erneut versuchen',
  whatHappened: 'Was geschehen ist',
  views: 'Bereiche des Fensters',
  viewSessions: 'Sitzungen',
  viewResults: 'Ergebnisse',

  kind: 'Art',
  kinds: { agent: 'Agentensitzung', engagement: 'Interaktion' },
  outcomes: {
    ended: 'Beendet',
    'already-over': 'War bereits beendet',
    refused: 'Vom Server abgelehnt',
    'not-found': 'Auf dem Server nicht gefunden',
    'server-error': 'Fehler im Server',
    unreachable: 'Server nicht erreicht',
    'timed-out': 'Keine rechtzeitige Antwort',
    unconfirmed: 'Nicht bestätigt',
  },
  causes: {
    asked: 'auf Ihren Wunsch',
    quit: 'beim Beenden',
    shutdown: 'beim Herunterfahren',
    signal: 'auf ein Systemsignal',
    suspend: 'beim Energiesparen',
    lock: 'bei Bildschirmsperre',
    disconnect: 'bei Trennung der Sitzung',
    idle: 'bei Inaktivität',
    leftover: 'von früher übrig',
    server: 'vom Server selbst',
    replaced: 'durch eine neuere Sitzung ersetzt',
  },
  agentName: (accountId) => `Agent ${accountId}`,
  engagementName: (maskedId) => `Interaktion ${maskedId}`,

  units: { ms: 'ms', s: 's', min: 'min', h: 'h', d: 'd' },
  justNow: 'gerade eben',
  more: (more) => count(more, { one: '# weitere', other: '# weitere' }),
  heldForLessThanAMinute: 'Seit weniger als einer Minute gehalten',
  heldFor: (duration) => `Seit ${duration} gehalten`,
  heldSince: (moment) => `Gehalten seit ${moment}`,
  timeLeft: (duration) => `noch ${duration}`,
  clockAhead: (duration) => `geht ${duration} vor`,
  clockBehind: (duration) => `geht ${duration} nach`,

  headline: (held) =>
    held === 0
      ? 'Keine Sitzung gehalten.'
      : count(held, {
          one: '# Sitzung gehalten – sie endet, wenn Sie gehen.',
          other: '# Sitzungen gehalten – sie enden, wenn Sie gehen.',
        }),
  headlineEnding: (ending) =>
    count(ending, { one: '# wird abgemeldet', other: '# werden abgemeldet' }),
  headlineNeedsYou: (refused) => count(refused, { one: '# braucht Sie', other: '# brauchen Sie' }),
  headlineStillHeld: (failed) =>
    count(failed, { one: '# ließ sich nicht beenden', other: '# ließen sich nicht beenden' }),

  heldElsewhere: (host, moment) =>
    moment === null ? `Gehalten von ${host}` : `Gehalten von ${host} seit ${moment}`,
  elsewhereMeans:
    'Vielleicht arbeitet dort jemand, daher beendet Signoff sie von diesem Rechner aus nicht von selbst. Melden Sie hier ab, wenn dort niemand arbeitet.',
  elsewhereSealed:
    'Was gehalten wird, kann nur jener Rechner lesen: Melden Sie sich dort ab oder in Ihrer Konsole.',

  held: 'Gehaltene Sitzungen',
  addSession: 'Sitzung hinzufügen',
  signOff: 'Abmelden',
  signOffAll: 'Alle abmelden',
  force: 'Erzwingen',
  forceQuestion: (name) => `Abmeldung von ${name} erzwingen?`,
  forceMeans:
    'Trotz der Ablehnung des Servers beenden? Chats, die darin noch offen sind, werden abgebrochen.',
  forceSignOff: 'Abmeldung erzwingen',
  actionOn: (action, name) => `${action}: ${name}`,
  details: 'Einzelheiten',

  server: 'Server',
  site: 'Site',
  account: 'Konto',
  session: 'Sitzung',

  signingOff: 'Wird abgemeldet…',
  ending: {
    asked: 'Abmeldung',
    quit: 'Abmeldung beim Beenden',
    shutdown: 'Abmeldung beim Herunterfahren',
    signal: 'Abmeldung auf ein Systemsignal',
    suspend: 'Abmeldung beim Energiesparen',
    lock: 'Abmeldung bei Bildschirmsperre',
    disconnect: 'Abmeldung bei Trennung der Sitzung',
    idle: 'Abmeldung bei Inaktivität',
    leftover: 'Abmeldung einer übrigen Sitzung',
    server: 'Vom Server beendet',
    replaced: 'Durch eine neuere Sitzung ersetzt',
  },
  endingByForce: 'Erzwungene Abmeldung',
  endingAttempt: (doing, attempt) => count(attempt, { other: `${doing} · Versuch #` }),
  attempt: (attempt) => count(attempt, { other: 'Versuch #' }),

  serverSays: 'Der Server sagt',
  serverSaid: (text) => `Der Server sagt: „${text}“`,
  code: (code) => `Code ${code}`,
  answeredBy: {
    gateway: 'Anstelle des Servers scheint ein Gateway oder eine Firewall geantwortet zu haben.',
    'sign-in': 'Anstelle des Servers scheint eine Anmeldeseite geantwortet zu haben.',
    nobody: 'Die Antwort war leer und sagt daher nicht, dass die Sitzung beendet ist.',
    unknown: 'Was geantwortet hat, spricht nicht wie der Chatserver.',
  },
  answererCalled: (name) => `Es nennt sich „${name}“.`,
  answererSaid: (text) => `Es sagt: „${text}“`,
  faults: {
    CONNECTION_REFUSED: 'Unter der Adresse des Servers nimmt nichts Verbindungen an.',
    NAME_NOT_FOUND: 'Der Name des Servers konnte nicht aufgelöst werden.',
    CONNECTION_BROKEN: 'Die Verbindung brach ab, bevor die Antwort vollständig war.',
    CONNECT_TIMEOUT: 'Eine Verbindung zum Server kam nicht rechtzeitig zustande.',
    TLS_FAILED: 'Eine sichere Verbindung zum Server kam nicht zustande.',
    CERTIFICATE_REJECTED: 'Dem Zertifikat des Servers konnte nicht vertraut werden.',
    CLIENT_CERTIFICATE_REJECTED:
      'Der Server hat das Client-Zertifikat dieses Computers nicht akzeptiert, oder es gibt keines.',
    PROXY_UNREACHABLE: 'Der Proxy konnte nicht erreicht werden.',
    PROXY_REFUSED: 'Der Proxy hat keine Verbindung zum Server hergestellt.',
    PROXY_AUTHENTICATION_REQUIRED: 'Der Proxy verlangt Benutzername und Passwort.',
    PROXY_NOT_SUPPORTED: 'Das System nennt eine Art von Proxy, die Signoff nicht verwenden kann.',
    NO_CONNECTION: 'Der Server konnte nicht erreicht werden.',
    TIMED_OUT: 'Der Server nahm die Anfrage an, antwortete aber nicht rechtzeitig.',
    NOT_THIS_API: 'Was geantwortet hat, ist kein Chatserver.',
    REPLY_TOO_LARGE: 'Die Antwort war zu groß für einen Chatserver.',
  },
  faultStatus: (status) => `Der Server antwortete mit dem Fehlerstatus ${status}.`,
  faultWithoutReason: 'Der Server lehnte ab, ohne einen Grund zu nennen.',
  nextTry: (duration) => `Nächster Versuch in ${duration}`,
  nextTryNow: 'Nächster Versuch jetzt',
  nextTryOnline: 'Nächster Versuch, sobald es wieder ein Netz gibt',
  nextNeedsForce: 'Sie sind gefragt: erzwingen, oder Chats abschließen und erneut versuchen.',
  nextNeedsAddress:
    'Bitte prüfen Sie die Adresse, sie könnte falsch sein. Signoff versucht es erneut, wenn Sie gehen.',
  nextWhenLeaving: 'Weiterhin gehalten. Signoff versucht es erneut, wenn Sie gehen.',

  firstRunTitle: 'Abgemeldet, was auch geschieht',
  firstRunAdd:
    'Fügen Sie die Sitzung hinzu, in der Sie arbeiten; Signoff beendet sie auf dem Chatserver, wenn Sie gehen.',
  firstRunSignIn:
    'Melden Sie sich hier an; Signoff beendet Ihre Sitzung auf dem Chatserver, wenn Sie gehen.',
  firstRunEither:
    'Melden Sie sich hier an, oder fügen Sie die Sitzung hinzu, in der Sie arbeiten; Signoff beendet sie auf dem Chatserver, wenn Sie gehen.',
  firstRunLeave:
    'Ob Sie beenden, sich abmelden, herunterfahren oder der Rechner ausfällt: Keine Sitzung bleibt zurück.',
  firstRunSee: 'Sie sehen, was der Server geantwortet hat und wie lange er brauchte.',
  emptyTitle: 'Keine Sitzung wird gehalten',
  emptyText: 'Fügen Sie die nächste hinzu, wenn Sie sich im Chat anmelden.',
  emptySignIn: 'Melden Sie sich wieder an, wenn Sie zurück bei der Arbeit sind.',
  emptyCommand: 'Oder auf der Befehlszeile:',
  lately: 'Gerade beendet',
  serverTook: (processing, roundTrip) => `Der Server brauchte ${processing} von ${roundTrip}`,
  roundTripTook: (roundTrip) => `Dauerte ${roundTrip}`,
  allResults: 'Alle Ergebnisse',

  offlineTitle: 'Kein Netz',
  offlineText:
    'Sitzungen bleiben gehalten. Bis dieser Rechner wieder verbunden ist, lässt sich nichts beenden; was ansteht, wird dann beendet.',
  notDurableTitle: 'Nur im Speicher',
  notDurableText:
    'Dieser Rechner bietet keine Verschlüsselung, daher werden Sitzungen nur im Arbeitsspeicher gehalten. Wird Signoff gewaltsam beendet, kann es sie beim nächsten Start nicht beenden.',
  folderUnusableText:
    'In den Ordner von Signoff auf diesem Rechner kann nicht geschrieben werden, daher werden Sitzungen nur im Arbeitsspeicher gehalten. Wird Signoff gewaltsam beendet, kann es sie beim nächsten Start nicht beenden. Ihre IT-Abteilung findet den Grund im Protokoll.',
  keyPendingTitle: 'Noch nicht sicher gespeichert',
  keyPendingText:
    'Windows hat den Schlüssel, mit dem Sitzungen verschlüsselt werden, noch nicht gespeichert. Fällt dieser Rechner in den nächsten Sekunden aus, kann Signoff sie beim nächsten Start nicht beenden.',
  setAsideTitle: 'Frühere Sitzungen konnten nicht gelesen werden',
  setAsideText: (file) =>
    `Falls Sie angemeldet waren, melden Sie sich in Ihrer Konsole von Hand ab. Die Datei wurde für die IT als „${file}“ aufgehoben.`,

  addHint: 'Tippen Sie sie ein, oder fügen Sie sie irgendwo in diesem Formular als JSON ein.',
  holdSession: 'Sitzung halten',
  notTaken: (keys) => `Vom Eingefügten nicht übernommen: ${keys}`,
  cleaned: (fields) => `Ohne das, was beim Kopieren mitkam: ${fields}. Bitte prüfen.`,
  pastedBroken: (line, column) =>
    `Das Eingefügte ist kein vollständiges JSON: Es bricht in Zeile ${line} bei Zeichen ${column}.`,
  pastedCutOff: 'Das Eingefügte ist kein vollständiges JSON: Sein Ende fehlt.',
  optional: 'optional',
  showSessionId: 'Sitzungs-ID anzeigen',
  fields: {
    server: 'Serveradresse',
    fqSiteName: 'Name der Site',
    pool: 'Pool',
    accountId: 'Konto-ID',
    sessionId: 'Sitzungs-ID',
    label: 'Bezeichnung',
  },
  hints: {
    server: 'Etwa https://chat.example.com',
    fqSiteName: 'Etwa day001_221100_sql_001h',
    pool: 'Etwa 297:1',
    accountId: 'Etwa 12',
    sessionId: 'Bleibt geheim',
    label: 'Wie Sie sie nennen',
  },
  problems: {
    missing: 'fehlt',
    'too-long': 'länger als 512 Zeichen',
    'label-too-long': 'länger als 100 Zeichen',
    'not-ascii': 'nur Buchstaben, Ziffern und Zeichen aus ASCII, ohne Leerzeichen',
    'control-characters': 'keine Zeilenumbrüche oder anderen Steuerzeichen',
    'invisible-characters': 'keine unsichtbaren Zeichen, wie sie beim Kopieren mitkommen',
    'stray-signs': 'keine Anführungszeichen, Kommas oder anderen Zeichen, die nicht dazugehören',
    colon: 'darf keinen Doppelpunkt enthalten',
    'not-a-site': 'kein Name einer Site',
    'whole-address': 'nur der Name, keine ganze Adresse',
    'not-a-kind': 'muss eine Agentensitzung oder eine Interaktion sein',
    'not-a-field': 'kein Feld einer Sitzung',
    'not-an-address': 'muss eine Adresse sein wie https://chat.example.com',
    'not-https': 'muss mit https:// beginnen',
    'plain-http': 'muss mit https:// beginnen; http:// geht nur für diesen Rechner selbst',
    credentials: 'darf weder Benutzernamen noch Kennwort enthalten',
    'more-than-host': 'nur die Adresse, ohne etwas hinter Host und Port',
    'not-allowed': 'gehört nicht zu den Servern, die Ihre Organisation zulässt (allowedServers)',
    'not-offered': 'Ihre Organisation bietet das Übergeben von Sitzungen nicht an (sessionsFrom).',
  },
  fieldProblem: (field, problem) => `${field}: ${problem}`,
  unknownFieldProblem: (field, problem) => `„${field}“: ${problem}`,

  checkAddress: 'Adresse prüfen',
  checking: 'Wird geprüft…',
  checkWell: (duration) =>
    `Die Adresse stimmt. Der Server antwortete in ${duration}; nichts wurde beendet.`,
  checkWrong: {
    host: 'Unter dieser Adresse antwortet kein Chatserver.',
    site: 'Der Server kennt diese Site nicht.',
    pool: 'Der Server kennt die Site, aber nicht diesen Pool.',
    unclear: 'Es kam eine Antwort, die aber nicht erkennen lässt, ob die Adresse stimmt.',
  },

  stoppedWhileHeld: (held) =>
    count(held, {
      one: 'Signoff wurde unerwartet beendet, während # Sitzung gehalten wurde',
      other: 'Signoff wurde unerwartet beendet, während # Sitzungen gehalten wurden',
    }),
  stillAtWork: 'Arbeiten Sie noch?',
  withoutAnswer: (held, duration) =>
    count(held, {
      one: `Ohne Antwort wird sie in ${duration} abgemeldet.`,
      other: `Ohne Antwort werden sie in ${duration} abgemeldet.`,
    }),
  leftoverSaid: (stopped, names, question, warning) =>
    `${stopped}: ${names}. ${question} ${warning}`,
  seconds: (seconds) => count(seconds, { one: '# Sekunde', other: '# Sekunden' }),
  keepHolding: 'Weiter halten',
  signOffNow: 'Jetzt abmelden',

  endedByServer: 'Vom Server beendet',
  replaced: 'Durch eine neuere Sitzung ersetzt',

  presence: {
    present: 'Anwesend',
    reconnecting: 'Verbindung wird wiederhergestellt',
    dropped: 'Vom Server verworfen',
  },
  droppedIn: (time) => `Neu verbinden – in ${time} verworfen`,
  presenceMeans: {
    reconnecting: 'Der Server ist nicht erreichbar. Signoff versucht es weiter.',
    dropped:
      'Der Server hat zu lange nichts von Ihnen gehört und leitet Ihnen keine Chats mehr zu. Melden Sie sich ab und dann wieder an.',
  },
  presenceDoubted: (said) =>
    `Was antwortet, sagt nicht, dass Sie anwesend sind. Signoff versucht es weiter. Es sagt: „${said}“`,
  chatOffered: (time) =>
    `Um ${time} wurde Ihnen ein Chat angeboten. Signoff kann keine Chats annehmen: Nehmen Sie ihn in Ihrer Konsole an, sonst gibt ihn der Server jemand anderem.`,
  headlineReconnecting: (away) =>
    count(away, { one: '# verbindet sich neu', other: '# verbinden sich neu' }),
  headlineDropped: (away) => count(away, { other: '# verworfen' }),

  activity: {
    of: (name) => `Status von ${name}`,
    values: {
      available: 'Verfügbar',
      unavailable: 'Nicht verfügbar',
      unknown: 'Status nicht bekannt',
    },
    kinds: 'Wofür Sie verfügbar sind',
    reasons: 'Warum Sie nicht verfügbar sind',
    changing: 'Wird geändert…',
  },
  activityProblems: {
    conflict: (serverWords) =>
      `Der Server hat es nicht angenommen, weil es dem widerspricht, was Sie dort gerade tun. Er sagt: ${serverWords}`,
    notChanged: (serverWords) => `Ihr Status wurde nicht geändert: ${serverWords}`,
    noSession:
      'Es wird keine Sitzung gehalten, die hier begonnen hat; darum gibt es keinen Status zu setzen.',
  },

  originAsks: (host) => `${host} möchte Sitzungen übergeben`,
  originMeans:
    'Erlauben Sie es nur, wenn dies die Konsole ist, in der Sie arbeiten. Signoff hält die Sitzungen, die sie übergibt, und beendet sie, wenn Sie gehen.',
  originWithoutAnswer: (duration) => `Ohne Antwort wird sie in ${duration} abgewiesen.`,
  originSaid: (asks, origin, means) => `${asks}: ${origin}. ${means}`,
  allowOrigin: 'Erlauben',
  denyOrigin: 'Nicht erlauben',

  calledOffTitle: 'Das Herunterfahren wurde abgebrochen',
  calledOffText: (ended, signedOut) => {
    const text = count(ended, {
      one: 'Signoff hatte # Sitzung bereits beendet.',
      other: 'Signoff hatte # Sitzungen bereits beendet.',
    });
    return signedOut ? `${text} Melden Sie sich erneut an, um weiterzuarbeiten.` : text;
  },
  calledOffSaid: (title, names, means) => `${title}: ${names}. ${means}`,
  signInAgain: 'Erneut anmelden',

  leavingTitle: 'Abmeldung vor dem Beenden…',
  leavingLeft: (left) => count(left, { other: 'Noch # zu beenden' }),
  leavingNothingLeft: 'Alles ist beendet.',
  leavingList: 'Was beendet wird',
  over: 'Beendet',
  waiting: 'Wartet',
  notOver: (held) =>
    held === 1
      ? 'Eine Sitzung ist nicht beendet'
      : count(held, { other: '# Sitzungen sind nicht beendet' }),
  notEnded: (held) =>
    count(held, {
      one: 'Signoff konnte sie nicht beenden.',
      other: 'Signoff konnte sie nicht beenden.',
    }),
  notOverList: 'Was nicht beendet ist',
  mayNotQuit:
    'Ihre Organisation lässt nicht zu, dass Signoff beendet wird, solange noch etwas gehalten wird.',
  stay: 'Signoff geöffnet lassen',
  quitsWithoutAnswer: 'Ohne Antwort wird Signoff beendet.',
  quitFinishesLater: 'Beenden; Signoff holt es beim nächsten Start nach',
  quitLeavesOpen:
    'Trotzdem beenden; diese Sitzungen bleiben auf dem Server offen, bis er sie verwirft (bis zu 6 Minuten)',
};
