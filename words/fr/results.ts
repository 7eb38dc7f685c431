import { createCounting } from '../counting.ts';
import type { results as english } from '../en/results.ts';

const count = createCounting('fr');

const counted = (found: number): string =>
  count(found, { one: '# résultat', other: '# résultats' });

export const results: typeof english = {
  title: 'Résultats',

  whatHappened: {
    ended: 'Le serveur a fermé la session.',
    'already-over': 'Le serveur indique que la session était déjà fermée avant la demande.',
    refused: 'Le serveur a refusé de fermer la session. Elle reste maintenue.',
    'not-found':
      'Ce qui a répondu n’est pas ce serveur de chat, ou ne connaît pas ce site. La session reste maintenue.',
    'server-error': 'Le serveur n’y est pas parvenu. La session reste maintenue.',
    unreachable: 'Le serveur n’a pas pu être joint. La session reste maintenue.',
    'timed-out': 'Le serveur n’a pas répondu à temps. La session reste maintenue.',
    unconfirmed:
      'Le serveur de chat lui-même n’a pas dit que la session est fermée. Elle reste maintenue, et Signoff réessaie.',
    letGo:
      'Le serveur de chat lui-même n’a jamais dit que la session est fermée. Le serveur ne garde pas si longtemps un agent absent ; la session n’est donc plus maintenue.',
    server: 'Le serveur a fermé la session de lui-même. Signoff ne l’avait pas demandé.',
    replaced:
      'Une session plus récente du même compte a été transmise et a pris la place de celle-ci. La console a sans doute été rechargée ; le serveur ne connaît plus de session antérieure.',
  },
  consoleMayHaveAnother:
    'La console a peut-être reçu depuis un nouvel identifiant de session, après un rechargement : si vous travaillez encore, transmettez celui-ci.',
  causeNames: {
    asked: 'À votre demande',
    quit: 'Fermeture de Signoff',
    shutdown: 'Arrêt',
    signal: 'Signal du système',
    suspend: 'Mise en veille',
    lock: 'Verrouillage de l’écran',
    disconnect: 'Déconnexion du poste',
    idle: 'Inactivité',
    leftover: 'Restée d’avant',
    server: 'Le serveur lui-même',
    replaced: 'Session plus récente',
  },
  forced: 'forcée',
  attempts: (attempts) => count(attempts, { one: '# tentative', other: '# tentatives' }),

  views: { label: 'Affichage', list: 'Liste', times: 'Dans le temps' },

  list: {
    label: 'Résultats, du plus récent au plus ancien',
    noneYet: 'Pas encore de résultats',
    noneYetMore: 'Ce que le serveur répond à chaque fermeture apparaîtra ici.',
    noneMatch: 'Aucun résultat ne correspond',
    noneMatchMore: 'Essayez d’autres mots, ou retirez un filtre.',
    loading: 'Lecture des résultats…',
    failed: 'Les résultats n’ont pas pu être lus.',
    readAgain: 'Relire',
    count: (found, more) =>
      more
        ? count(found, { one: '# résultat ou plus', other: '# résultats ou plus' })
        : counted(found),
    unreadable: (lines) =>
      count(lines, {
        one: '# résultat enregistré n’a pas pu être lu et a été ignoré.',
        other: '# résultats enregistrés n’ont pas pu être lus et ont été ignorés.',
      }),
    serverOf: (took) => `Serveur ${took} sur`,
    took: 'Durée',
  },

  filter: {
    search: 'Rechercher dans les résultats',
    searchHint: 'Libellé, serveur, site, erreur',
    show: 'Filtres',
    from: 'Du',
    to: 'Au',
    searched: (text) => `« ${text} »`,
    since: (day) => `Depuis le ${day}`,
    until: (day) => `Jusqu’au ${day}`,
    active: 'Filtres actifs',
    remove: (name) => `Retirer le filtre : ${name}`,
    clear: 'Tout effacer',
  },

  receipt: {
    back: 'Retour',
    copyJson: 'Copier en JSON',
    copyText: 'Copier en texte',
    copied: 'Copié.',
    notCopied: 'La copie a échoué.',
    said: 'Ce que le serveur a indiqué',
    wrong: 'Ce qui n’a pas fonctionné',
    code: 'Code',
    status: 'Statut HTTP',
    message: 'Message',
    noTimes:
      'Aucun temps n’a été mesuré : il n’y a pas eu de réponse, ou l’horloge a été réglée entre-temps.',
    details: 'Tous les détails',
    reply: 'Réponse brute',
    replyStatus: (status) => `HTTP ${status}`,
    replyCut: 'Seul le début a été conservé.',
    replyEmpty: 'La réponse était vide.',
    outcome: 'Issue',
    cause: 'Cause',
    forced: 'Forcée',
    yes: 'Oui',
    no: 'Non',
    attempts: 'Tentatives',
    proxy: 'Proxy',
    connectedTo: 'Connecté à',
    tried: 'Adresses essayées',
    started: 'Début',
    finished: 'Fin',
    roundTrip: 'Aller-retour',
    processing: 'Traitement du serveur',
    network: 'Réseau',
    serviceStarted: 'Début du service',
    serviceFinished: 'Fin du service',
    clock: 'Horloge du serveur',
    clientId: 'Id de client',
    sequenceNumber: 'Numéro de séquence',
    technical: 'Détail technique',
    implausible: {
      label: 'Invraisemblable',
      negative: 'Le serveur indique avoir fini avant d’avoir commencé.',
      longer: 'Le serveur indique avoir travaillé plus longtemps que tout l’aller-retour.',
      clock: 'L’horloge du serveur et celle de cet ordinateur diffèrent de plus d’un jour.',
      other: 'L’un des temps donnés par le serveur est impossible.',
    },
  },

  waterfall: {
    title: 'Où est passé le temps',
    phases: {
      wait: 'Attente de connexion',
      dns: 'DNS',
      tcp: 'TCP',
      tls: 'TLS',
      request: 'Envoi',
      firstByte: 'Attente de réponse',
      download: 'Réception',
    },
    server: (took) => `Serveur ${took}`,
    network: (took) => `Réseau ${took}`,
    placed: (uncertainty) =>
      `La part du serveur est dessinée au milieu de son attente ; elle peut se situer jusqu’à ${uncertainty} plus tôt ou plus tard.`,
    table: 'Temps sous forme de tableau',
    part: 'Partie',
    began: 'Commence après',
    took: 'Durée',
    total: 'Total',
  },

  summary: {
    mostlyServer: (took, of) => `Le serveur a pris ${took} sur ${of} : la plus grande part.`,
    mostlyPart: (took, of, part) =>
      `Le serveur a pris ${took} sur ${of} ; l’essentiel de l’attente : ${part}.`,
    longestPart: (took, of, part) =>
      `Le serveur a pris ${took} sur ${of} ; l’attente la plus longue : ${part}.`,
    noServerMostly: (of, part) => `Durée : ${of} ; l’essentiel : ${part}.`,
    noServerLongest: (of, part) => `Durée : ${of} ; la partie la plus longue : ${part}.`,
    noParts: (of) => `Durée : ${of}.`,
    serverOnly: (took, of) => `Le serveur a pris ${took} sur ${of}.`,
    parts: {
      wait: 'l’attente d’une connexion',
      dns: 'DNS',
      tcp: 'TCP',
      tls: 'TLS',
      request: 'l’envoi',
      network: 'le réseau',
      answer: 'l’attente de la réponse',
      download: 'la réception',
    },
  },

  times: {
    typically: 'En général :',
    per: 'Par',
    hour: 'Heure',
    day: 'Jour',
    median: 'Médiane',
    percentile: '95e centile',
    outliers: 'Sort du lot',
    outlier: (took, name, when) => `${took}, ${name}, ${when}`,
    chart: (what, low, high) => `${what} : médianes de ${low} à ${high}`,
    bucket: (when, median, p95, found) =>
      `${when} : médiane ${median}, 95e centile ${p95}, ${counted(found)}`,
    none: 'Pas encore de temps',
    noneMore: 'Le temps que prennent le serveur et le réseau apparaîtra ici.',
    noFigures: 'Aucun de ces résultats n’indique sa durée.',
    loading: 'Lecture des temps…',
    failed: 'Les temps n’ont pas pu être lus.',
    looked: (found, complete) =>
      complete
        ? counted(found)
        : count(found, { one: 'Le # plus récent', other: 'Les # plus récents' }),
    table: 'Graphique sous forme de tableau',
    outliersTable: 'Résultats qui sortent du lot',
    begins: 'Début',
    count: 'Résultats',
    serverMedian: 'Serveur, médiane',
    serverPercentile: 'Serveur, 95e centile',
    roundTripMedian: 'Aller-retour, médiane',
    roundTripPercentile: 'Aller-retour, 95e centile',
    result: 'Résultat',
  },

  export: {
    as: (format) => `Exporter en ${format}`,
    running: (written) => `Exportation… ${counted(written)} pour l’instant`,
    saved: (found, fileName) =>
      `${count(found, { one: '# résultat enregistré', other: '# résultats enregistrés' })} sous ${fileName}.`,
    cancelled: 'Exportation annulée. Rien n’a été enregistré.',
    failed: (why) => `L’exportation a échoué : ${why}`,
    faults: {
      'disk-full': 'Le disque est plein. Libérez de la place ou choisissez un autre emplacement.',
      'not-allowed': 'Il n’est pas permis d’écrire à cet emplacement. Choisissez un autre dossier.',
      'in-use':
        'Un autre programme a ouvert ce fichier. Fermez-le là-bas ou choisissez un autre nom.',
      'folder-gone': 'Le dossier n’existe plus. Choisissez-en un autre.',
    },
    otherFault: (code) => `Le fichier n’a pas pu être écrit (${code}).`,
    showInFolder: 'Afficher dans le dossier',
  },
};
