import { createCounting } from '../counting.ts';
import type { results as english } from '../en/results.ts';

const count = createCounting('de');

const counted = (found: number): string =>
  count(found, { one: '# Ergebnis', other: '# Ergebnisse' });

export const results: typeof english = {
  title: 'Ergebnisse',

  whatHappened: {
    ended: 'Der Server hat die Sitzung beendet.',
    'already-over': 'Laut Server war die Sitzung schon vor der Anfrage beendet.',
    refused: 'Der Server wollte die Sitzung nicht beenden. Sie wird weiterhin gehalten.',
    'not-found':
      'Was geantwortet hat, ist nicht dieser Chatserver oder kennt diese Site nicht. Die Sitzung wird weiterhin gehalten.',
    'server-error': 'Der Server ist daran gescheitert. Die Sitzung wird weiterhin gehalten.',
    unreachable: 'Der Server war nicht erreichbar. Die Sitzung wird weiterhin gehalten.',
    'timed-out':
      'Der Server hat nicht rechtzeitig geantwortet. Die Sitzung wird weiterhin gehalten.',
    unconfirmed:
      'Der Chatserver selbst hat nicht gesagt, dass die Sitzung beendet ist. Sie wird weiterhin gehalten, und Signoff versucht es erneut.',
    letGo:
      'Der Chatserver selbst hat nie gesagt, dass die Sitzung beendet ist. So lange behält der Server keinen abwesenden Agenten; deshalb wird die Sitzung nicht mehr gehalten.',
    server: 'Der Server hat die Sitzung von sich aus beendet. Signoff hatte nicht darum gebeten.',
    replaced:
      'Eine neuere Sitzung desselben Kontos wurde übergeben und ist an die Stelle dieser getreten. Die Konsole wurde offenbar neu geladen; eine ältere Sitzung kennt der Server nicht mehr.',
  },
  consoleMayHaveAnother:
    'Die Konsole kann seitdem eine neue Sitzungs-ID haben, etwa weil sie neu geladen wurde: Wenn Sie noch arbeiten, übergeben Sie diese.',
  causeNames: {
    asked: 'Auf Ihren Wunsch',
    quit: 'Beenden',
    shutdown: 'Herunterfahren',
    signal: 'Systemsignal',
    suspend: 'Energiesparen',
    lock: 'Bildschirmsperre',
    disconnect: 'Sitzungstrennung',
    idle: 'Inaktivität',
    leftover: 'Von früher übrig',
    server: 'Der Server selbst',
    replaced: 'Neuere Sitzung',
  },
  forced: 'erzwungen',
  attempts: (attempts) => count(attempts, { one: '# Versuch', other: '# Versuche' }),

  views: { label: 'Ansicht', list: 'Liste', times: 'Zeitverlauf' },

  list: {
    label: 'Ergebnisse, die neuesten zuerst',
    noneYet: 'Noch keine Ergebnisse',
    noneYetMore: 'Was der Server auf jede Abmeldung antwortet, wird hier stehen.',
    noneMatch: 'Kein Ergebnis passt',
    noneMatchMore: 'Versuchen Sie andere Wörter, oder entfernen Sie einen Filter.',
    loading: 'Ergebnisse werden gelesen…',
    failed: 'Die Ergebnisse konnten nicht gelesen werden.',
    readAgain: 'Erneut lesen',
    count: (found, more) =>
      more
        ? count(found, { one: '# Ergebnis oder mehr', other: '# Ergebnisse oder mehr' })
        : counted(found),
    unreadable: (lines) =>
      count(lines, {
        one: '# gespeichertes Ergebnis konnte nicht gelesen werden und wurde übersprungen.',
        other: '# gespeicherte Ergebnisse konnten nicht gelesen werden und wurden übersprungen.',
      }),
    serverOf: (took) => `Server ${took} von`,
    took: 'Dauer',
  },

  filter: {
    search: 'Ergebnisse durchsuchen',
    searchHint: 'Bezeichnung, Server, Site, Fehler',
    show: 'Filter',
    from: 'Von',
    to: 'Bis',
    searched: (text) => `„${text}“`,
    since: (day) => `Ab ${day}`,
    until: (day) => `Bis ${day}`,
    active: 'Aktive Filter',
    remove: (name) => `Filter entfernen: ${name}`,
    clear: 'Alle entfernen',
  },

  receipt: {
    back: 'Zurück',
    copyJson: 'Als JSON kopieren',
    copyText: 'Als Text kopieren',
    copied: 'Kopiert.',
    notCopied: 'Das Kopieren ist fehlgeschlagen.',
    said: 'Was der Server sagte',
    wrong: 'Was schiefging',
    code: 'Code',
    status: 'HTTP-Status',
    message: 'Meldung',
    noTimes:
      'Es wurden keine Zeiten gemessen: Es kam keine Antwort, oder die Uhr wurde inzwischen gestellt.',
    details: 'Alle Einzelheiten',
    reply: 'Rohantwort',
    replyStatus: (status) => `HTTP ${status}`,
    replyCut: 'Nur der Anfang wurde aufbewahrt.',
    replyEmpty: 'Die Antwort war leer.',
    outcome: 'Ausgang',
    cause: 'Anlass',
    forced: 'Erzwungen',
    yes: 'Ja',
    no: 'Nein',
    attempts: 'Versuche',
    proxy: 'Proxy',
    connectedTo: 'Verbunden mit',
    tried: 'Versuchte Adressen',
    started: 'Begonnen',
    finished: 'Beendet',
    roundTrip: 'Hin und zurück',
    processing: 'Verarbeitung im Server',
    network: 'Netz',
    serviceStarted: 'Dienst begonnen',
    serviceFinished: 'Dienst beendet',
    clock: 'Uhr des Servers',
    clientId: 'Client-ID',
    sequenceNumber: 'Laufende Nummer',
    technical: 'Technische Einzelheit',
    implausible: {
      label: 'Unplausibel',
      negative: 'Der Server will fertig gewesen sein, bevor er begann.',
      longer: 'Der Server will länger gearbeitet haben, als der Weg hin und zurück dauerte.',
      clock: 'Die Uhren des Servers und dieses Rechners liegen mehr als einen Tag auseinander.',
      other: 'Eine der Zeiten, die der Server nennt, kann nicht stimmen.',
    },
  },

  waterfall: {
    title: 'Wo die Zeit blieb',
    phases: {
      wait: 'Warten auf Verbindung',
      dns: 'DNS',
      tcp: 'TCP',
      tls: 'TLS',
      request: 'Senden',
      firstByte: 'Warten auf Antwort',
      download: 'Empfang',
    },
    server: (took) => `Server ${took}`,
    network: (took) => `Netz ${took}`,
    placed: (uncertainty) =>
      `Der Anteil des Servers ist in die Mitte seiner Wartezeit gezeichnet; er kann bis zu ${uncertainty} früher oder später liegen.`,
    table: 'Zeiten als Tabelle',
    part: 'Teil',
    began: 'Begann nach',
    took: 'Dauer',
    total: 'Gesamt',
  },

  summary: {
    mostlyServer: (took, of) => `Der Server brauchte ${took} von ${of}: die meiste Zeit.`,
    mostlyPart: (took, of, part) =>
      `Der Server brauchte ${took} von ${of}; den größten Teil der Wartezeit nahm ${part} ein.`,
    longestPart: (took, of, part) =>
      `Der Server brauchte ${took} von ${of}; am längsten dauerte ${part}.`,
    noServerMostly: (of, part) => `Es dauerte ${of}; den größten Teil nahm ${part} ein.`,
    noServerLongest: (of, part) => `Es dauerte ${of}; am längsten dauerte ${part}.`,
    noParts: (of) => `Es dauerte ${of}.`,
    serverOnly: (took, of) => `Der Server brauchte ${took} von ${of}.`,
    parts: {
      wait: 'das Warten auf eine Verbindung',
      dns: 'DNS',
      tcp: 'TCP',
      tls: 'TLS',
      request: 'das Senden',
      network: 'das Netz',
      answer: 'das Warten auf die Antwort',
      download: 'der Empfang',
    },
  },

  times: {
    typically: 'Üblicherweise:',
    per: 'Je',
    hour: 'Stunde',
    day: 'Tag',
    median: 'Median',
    percentile: '95. Perzentil',
    outliers: 'Auffällig',
    outlier: (took, name, when) => `${took}, ${name}, ${when}`,
    chart: (what, low, high) => `${what}: Mediane von ${low} bis ${high}`,
    bucket: (when, median, p95, found) =>
      `${when}: Median ${median}, 95. Perzentil ${p95}, ${counted(found)}`,
    none: 'Noch keine Zeiten',
    noneMore: 'Wie lange Server und Netz brauchen, wird hier stehen.',
    noFigures: 'Keines dieser Ergebnisse sagt, wie lange es dauerte.',
    loading: 'Zeiten werden gelesen…',
    failed: 'Die Zeiten konnten nicht gelesen werden.',
    looked: (found, complete) =>
      complete
        ? counted(found)
        : count(found, { one: 'Neuestes # Ergebnis', other: 'Neueste # Ergebnisse' }),
    table: 'Diagramm als Tabelle',
    outliersTable: 'Auffällige Ergebnisse',
    begins: 'Beginn',
    count: 'Ergebnisse',
    serverMedian: 'Server, Median',
    serverPercentile: 'Server, 95. Perzentil',
    roundTripMedian: 'Hin und zurück, Median',
    roundTripPercentile: 'Hin und zurück, 95. Perzentil',
    result: 'Ergebnis',
  },

  export: {
    as: (format) => `Als ${format} exportieren`,
    running: (written) => `Export läuft… bisher ${counted(written)}`,
    saved: (found, fileName) => `${counted(found)} als ${fileName} gespeichert.`,
    cancelled: 'Export abgebrochen. Nichts wurde gespeichert.',
    failed: (why) => `Der Export ist fehlgeschlagen: ${why}`,
    faults: {
      'disk-full':
        'Der Datenträger ist voll. Schaffen Sie Platz, oder wählen Sie einen anderen Ort.',
      'not-allowed': 'Hier darf nicht geschrieben werden. Wählen Sie einen anderen Ordner.',
      'in-use':
        'Ein anderes Programm hat diese Datei geöffnet. Schließen Sie sie dort, oder wählen Sie einen anderen Namen.',
      'folder-gone': 'Den Ordner gibt es nicht mehr. Wählen Sie einen anderen.',
    },
    otherFault: (code) => `Die Datei konnte nicht geschrieben werden (${code}).`,
    showInFolder: 'Im Ordner zeigen',
  },
};
