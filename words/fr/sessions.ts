import { createCounting } from '../counting.ts';
import type { sessions as english } from '../en/sessions.ts';

const count = createCounting('fr');

export const sessions: typeof english = {
  noBridge: 'Cette fenêtre n’a pas pu joindre Signoff. Quittez Signoff, puis relancez-le.',
  noReply:
    'Signoff n’a pas répondu à cette fenêtre. Réessayez ; si cela persiste, quittez Signoff et relancez-le.',
  cancel: 'Annuler',
  dismiss: 'Ignorer',
  tryAgain: 'Réessayer',
  whatHappened: 'Ce qui s’est passé',
  views: 'Parties de la fenêtre',
  viewSessions: 'Sessions',
  viewResults: 'Résultats',

  kind: 'Type',
  kinds: { agent: 'Session d’agent', engagement: 'Engagement' },
  outcomes: {
    ended: 'Fermée',
    'already-over': 'Déjà fermée',
    refused: 'Refusée par le serveur',
    'not-found': 'Introuvable sur le serveur',
    'server-error': 'Erreur du serveur',
    unreachable: 'Serveur injoignable',
    'timed-out': 'Pas de réponse à temps',
    unconfirmed: 'Non confirmée',
  },
  causes: {
    asked: 'à votre demande',
    quit: 'en quittant',
    shutdown: 'à l’arrêt',
    signal: 'sur un signal du système',
    suspend: 'à la mise en veille',
    lock: 'au verrouillage de l’écran',
    disconnect: 'à la déconnexion du poste',
    idle: 'pour inactivité',
    leftover: 'restée d’avant',
    server: 'par le serveur lui-même',
    replaced: 'remplacée par une session plus récente',
  },
  agentName: (accountId) => `Agent ${accountId}`,
  engagementName: (maskedId) => `Engagement ${maskedId}`,

  units: { ms: 'ms', s: 's', min: 'min', h: 'h', d: 'j' },
  justNow: 'à l’instant',
  more: (more) => count(more, { one: '# autre', other: '# autres' }),
  heldForLessThanAMinute: 'Maintenue depuis moins d’une minute',
  heldFor: (duration) => `Maintenue depuis ${duration}`,
  heldSince: (moment) => `Maintenue depuis le ${moment}`,
  timeLeft: (duration) => `Reste ${duration}`,
  clockAhead: (duration) => `${duration} d’avance`,
  clockBehind: (duration) => `${duration} de retard`,

  headline: (held) =>
    held === 0
      ? 'Aucune session maintenue.'
      : count(held, {
          one: '# session maintenue : elle se ferme quand vous partez.',
          other: '# sessions maintenues : elles se ferment quand vous partez.',
        }),
  headlineEnding: (ending) => count(ending, { other: '# en cours de fermeture' }),
  headlineNeedsYou: (refused) =>
    count(refused, { one: '# requiert votre attention', other: '# requièrent votre attention' }),
  headlineStillHeld: (failed) =>
    count(failed, { one: '# n’a pas pu être fermée', other: '# n’ont pas pu être fermées' }),

  heldElsewhere: (host, moment) =>
    moment === null ? `Maintenu par ${host}` : `Maintenu par ${host} (depuis : ${moment})`,
  elsewhereMeans:
    'Quelqu’un y travaille peut-être : depuis cet ordinateur, Signoff n’y met donc pas fin de lui-même. Fermez-la ici si personne n’y travaille.',
  elsewhereSealed:
    'Seul cet autre ordinateur peut en lire le contenu : fermez la session sur celui-ci ou dans votre console.',

  held: 'Sessions maintenues',
  addSession: 'Ajouter une session',
  signOff: 'Fermer',
  signOffAll: 'Tout fermer',
  force: 'Forcer',
  forceQuestion: (name) => `Forcer la fermeture de ${name} ?`,
  forceMeans:
    'La fermer malgré le refus du serveur ? Les chats encore ouverts y seront interrompus.',
  forceSignOff: 'Forcer la fermeture',
  actionOn: (action, name) => `${action} : ${name}`,
  details: 'Détails',

  server: 'Serveur',
  site: 'Site',
  account: 'Compte',
  session: 'Session',

  signingOff: 'Fermeture…',
  ending: {
    asked: 'Fermeture',
    quit: 'Fermeture en quittant',
    shutdown: 'Fermeture à l’arrêt',
    signal: 'Fermeture sur un signal du système',
    suspend: 'Fermeture à la mise en veille',
    lock: 'Fermeture au verrouillage de l’écran',
    disconnect: 'Fermeture à la déconnexion du poste',
    idle: 'Fermeture pour inactivité',
    leftover: 'Fermeture d’une session restée ouverte',
    server: 'Fermée par le serveur',
    replaced: 'Remplacée par une session plus récente',
  },
  endingByForce: 'Fermeture forcée',
  endingAttempt: (doing, attempt) => count(attempt, { other: `${doing} · tentative #` }),
  attempt: (attempt) => count(attempt, { other: 'Tentative #' }),

  serverSays: 'Le serveur indique',
  serverSaid: (text) => `Le serveur dit : « ${text} »`,
  code: (code) => `Code ${code}`,
  answeredBy: {
    gateway: 'Une passerelle ou un pare-feu semble avoir répondu à la place du serveur.',
    'sign-in': 'Une page de connexion semble avoir répondu à la place du serveur.',
    nobody: 'La réponse était vide : elle ne dit pas que la session est fermée.',
    unknown: 'Ce qui a répondu ne parle pas comme le serveur de chat.',
  },
  answererCalled: (name) => `Nom indiqué : « ${name} ».`,
  answererSaid: (text) => `Message : « ${text} »`,
  faults: {
    CONNECTION_REFUSED: 'Rien n’accepte de connexion à l’adresse du serveur.',
    NAME_NOT_FOUND: 'Le nom du serveur n’a pas pu être résolu.',
    CONNECTION_BROKEN: 'La connexion a été coupée avant que la réponse soit complète.',
    CONNECT_TIMEOUT: 'La connexion au serveur n’a pas pu être établie à temps.',
    TLS_FAILED: 'Aucune connexion sécurisée au serveur n’a pu être établie.',
    CERTIFICATE_REJECTED: 'Le certificat du serveur n’est pas fiable.',
    CLIENT_CERTIFICATE_REJECTED:
      'Le serveur n’a pas accepté le certificat client de cet ordinateur, ou il n’y en a pas.',
    PROXY_UNREACHABLE: 'Le proxy n’a pas pu être joint.',
    PROXY_REFUSED: 'Le proxy n’a pas établi la connexion avec le serveur.',
    PROXY_AUTHENTICATION_REQUIRED: 'Le proxy demande un nom d’utilisateur et un mot de passe.',
    PROXY_NOT_SUPPORTED: 'Le système indique un type de proxy que Signoff ne peut pas utiliser.',
    NO_CONNECTION: 'Le serveur n’a pas pu être joint.',
    TIMED_OUT: 'Le serveur a reçu la demande, mais n’a pas répondu à temps.',
    NOT_THIS_API: 'Ce qui a répondu n’est pas un serveur de chat.',
    REPLY_TOO_LARGE: 'La réponse était trop volumineuse pour venir d’un serveur de chat.',
  },
  faultStatus: (status) => `Le serveur a répondu par le statut d’erreur ${status}.`,
  faultWithoutReason: 'Le serveur a refusé sans donner de raison.',
  nextTry: (duration) => `Nouvelle tentative dans ${duration}`,
  nextTryNow: 'Nouvelle tentative maintenant',
  nextTryOnline: 'Nouvelle tentative dès que le réseau est là',
  nextNeedsForce: 'À vous de décider : forcez la fermeture, ou terminez vos chats puis réessayez.',
  nextNeedsAddress:
    'À vous de vérifier : l’adresse est peut-être fausse. Signoff réessaie quand vous partez.',
  nextWhenLeaving: 'Toujours maintenue. Signoff réessaie quand vous partez.',

  firstRunTitle: 'Session fermée, quoi qu’il arrive',
  firstRunAdd:
    'Ajoutez la session dans laquelle vous travaillez, et Signoff la ferme sur le serveur de chat quand vous partez.',
  firstRunSignIn:
    'Connectez-vous ici, et Signoff ferme votre session sur le serveur de chat quand vous partez.',
  firstRunEither:
    'Connectez-vous ici, ou ajoutez la session dans laquelle vous travaillez. Signoff la ferme sur le serveur de chat quand vous partez.',
  firstRunLeave:
    'Quittez, déconnectez-vous, éteignez ou perdez l’ordinateur : aucune session ne reste ouverte.',
  firstRunSee: 'Vous voyez ce que le serveur a répondu, et en combien de temps.',
  emptyTitle: 'Aucune session maintenue',
  emptyText: 'Ajoutez la prochaine quand vous vous connectez au chat.',
  emptySignIn: 'Reconnectez-vous à votre retour au travail.',
  emptyCommand: 'Ou en ligne de commande :',
  lately: 'Fermées à l’instant',
  serverTook: (processing, roundTrip) => `Le serveur a pris ${processing} sur ${roundTrip}`,
  roundTripTook: (roundTrip) => `En ${roundTrip}`,
  allResults: 'Tous les résultats',

  offlineTitle: 'Pas de réseau',
  offlineText:
    'Les sessions restent maintenues. Rien ne peut être fermé tant que cet ordinateur n’est pas reconnecté ; ce qui est dû le sera alors.',
  notDurableTitle: 'Conservées en mémoire seulement',
  notDurableText:
    'Cet ordinateur n’offre pas de chiffrement : les sessions ne sont conservées qu’en mémoire. Si Signoff est interrompu de force, il ne pourra pas les fermer à son prochain démarrage.',
  folderUnusableText:
    'Le dossier de Signoff sur cet ordinateur ne peut pas être modifié : les sessions ne sont conservées qu’en mémoire. Si Signoff est interrompu de force, il ne pourra pas les fermer à son prochain démarrage. Votre service informatique trouve la raison dans le journal.',
  keyPendingTitle: 'Pas encore enregistrées de façon sûre',
  keyPendingText:
    'Windows n’a pas encore enregistré la clé qui chiffre les sessions. Si cet ordinateur tombe en panne dans les prochaines secondes, Signoff ne pourra pas les fermer à son prochain démarrage.',
  setAsideTitle: 'Des sessions antérieures n’ont pas pu être lues',
  setAsideText: (file) =>
    `Si vous étiez connecté, déconnectez-vous vous-même dans votre console. Le fichier a été conservé pour le service informatique sous le nom « ${file} ».`,

  addHint: 'Saisissez-la, ou collez-la en JSON n’importe où dans ce formulaire.',
  holdSession: 'Maintenir la session',
  notTaken: (keys) => `Non repris de ce que vous avez collé : ${keys}`,
  cleaned: (fields) => `Sans ce qui a été copié en trop : ${fields}. Veuillez vérifier.`,
  pastedBroken: (line, column) =>
    `Ce que vous avez collé n’est pas du JSON complet : il y a une erreur à la ligne ${line}, au caractère ${column}.`,
  pastedCutOff: 'Ce que vous avez collé n’est pas du JSON complet : il manque la fin.',
  optional: 'facultatif',
  showSessionId: 'Afficher l’id de session',
  fields: {
    server: 'Adresse du serveur',
    fqSiteName: 'Nom du site',
    pool: 'Pool',
    accountId: 'Id de compte',
    sessionId: 'Id de session',
    label: 'Libellé',
  },
  hints: {
    server: 'Par exemple https://chat.example.com',
    fqSiteName: 'Par exemple day001_221100_sql_001h',
    pool: 'Par exemple 297:1',
    accountId: 'Par exemple 12',
    sessionId: 'Reste secret',
    label: 'Le nom que vous lui donnez',
  },
  problems: {
    missing: 'manque',
    'too-long': 'plus de 512 caractères',
    'label-too-long': 'plus de 100 caractères',
    'not-ascii': 'seuls les lettres, chiffres et signes ASCII sont admis, sans espaces',
    'control-characters':
      'les retours à la ligne et autres caractères de contrôle ne sont pas admis',
    'invisible-characters':
      'les caractères invisibles, comme ceux qui accompagnent un texte copié, ne sont pas admis',
    'stray-signs': 'les guillemets, virgules et autres signes étrangers ne sont pas admis',
    colon: 'ne peut pas contenir de deux-points',
    'not-a-site': 'ce n’est pas un nom de site',
    'whole-address': 'seul le nom est admis, pas une adresse entière',
    'not-a-kind': 'session d’agent ou engagement attendu',
    'not-a-field': 'ce n’est pas un champ d’une session',
    'not-an-address': 'une adresse telle que https://chat.example.com est attendue',
    'not-https': 'doit commencer par https://',
    'plain-http':
      'doit commencer par https:// ; http:// n’est admis que pour cet ordinateur lui-même',
    credentials: 'ne peut contenir ni nom d’utilisateur ni mot de passe',
    'more-than-host': 'l’adresse seule, sans rien après l’hôte et le port',
    'not-allowed':
      'ne fait pas partie des serveurs autorisés par votre organisation (allowedServers)',
    'not-offered': 'Votre organisation ne propose pas la remise de sessions (sessionsFrom).',
  },
  fieldProblem: (field, problem) => `${field} : ${problem}`,
  unknownFieldProblem: (field, problem) => `« ${field} » : ${problem}`,

  checkAddress: 'Vérifier l’adresse',
  checking: 'Vérification…',
  checkWell: (duration) =>
    `L’adresse est correcte. Le serveur a répondu en ${duration} ; rien n’a été fermé.`,
  checkWrong: {
    host: 'Aucun serveur de chat ne répond à cette adresse.',
    site: 'Le serveur ne connaît pas ce site.',
    pool: 'Le serveur connaît le site, mais pas ce pool.',
    unclear: 'Il y a eu une réponse, mais elle ne dit pas si l’adresse est correcte.',
  },

  stoppedWhileHeld: (held) =>
    count(held, {
      one: 'Signoff s’est arrêté de façon inattendue alors qu’il maintenait # session',
      other: 'Signoff s’est arrêté de façon inattendue alors qu’il maintenait # sessions',
    }),
  stillAtWork: 'Travaillez-vous encore ?',
  withoutAnswer: (held, duration) =>
    count(held, {
      one: `Sans réponse, elle est fermée dans ${duration}.`,
      other: `Sans réponse, elles sont fermées dans ${duration}.`,
    }),
  leftoverSaid: (stopped, names, question, warning) =>
    `${stopped} : ${names}. ${question} ${warning}`,
  seconds: (seconds) => count(seconds, { one: '# seconde', other: '# secondes' }),
  keepHolding: 'Continuer à maintenir',
  signOffNow: 'Fermer maintenant',

  endedByServer: 'Fermée par le serveur',
  replaced: 'Remplacée par une session plus récente',

  presence: {
    present: 'Présent',
    reconnecting: 'Reconnexion',
    dropped: 'Abandonnée par le serveur',
  },
  droppedIn: (time) => `Reconnexion – abandon dans ${time}`,
  presenceMeans: {
    reconnecting: 'Le serveur est injoignable. Signoff continue d’essayer.',
    dropped:
      'Le serveur est resté trop longtemps sans nouvelles de vous et ne vous envoie plus de chats. Fermez la session, puis reconnectez-vous.',
  },
  presenceDoubted: (said) =>
    `Ce qui répond n’indique pas que vous êtes présent. Signoff continue d’essayer. Message : « ${said} »`,
  chatOffered: (time) =>
    `Un chat vous a été proposé à ${time}. Signoff ne peut pas prendre de chats : prenez-le dans votre console, sinon le serveur le confie à quelqu’un d’autre.`,
  headlineReconnecting: (away) => count(away, { other: '# en reconnexion' }),
  headlineDropped: (away) => count(away, { one: '# abandonnée', other: '# abandonnées' }),

  activity: {
    of: (name) => `Statut de ${name}`,
    values: {
      available: 'Disponible',
      unavailable: 'Indisponible',
      unknown: 'Statut inconnu',
    },
    kinds: 'Pour quoi vous êtes disponible',
    reasons: 'Pourquoi vous êtes indisponible',
    changing: 'Changement…',
  },
  activityProblems: {
    conflict: (serverWords) =>
      `Le serveur ne l’a pas accepté, car cela contredit ce que vous y faites en ce moment. Il indique : ${serverWords}`,
    notChanged: (serverWords) => `Votre statut n’a pas été changé : ${serverWords}`,
    noSession: 'Aucune session ouverte ici n’est maintenue : il n’y a pas de statut à définir.',
  },

  originAsks: (host) => `${host} veut remettre des sessions`,
  originMeans:
    'Ne l’autorisez que s’il s’agit de la console dans laquelle vous travaillez. Signoff maintient les sessions qu’elle remet, et les ferme quand vous partez.',
  originWithoutAnswer: (duration) => `Sans réponse, elle est refusée dans ${duration}.`,
  originSaid: (asks, origin, means) => `${asks} : ${origin}. ${means}`,
  allowOrigin: 'Autoriser',
  denyOrigin: 'Ne pas autoriser',

  calledOffTitle: 'L’arrêt de l’ordinateur a été annulé',
  calledOffText: (ended, signedOut) => {
    const text = count(ended, {
      one: 'Signoff avait déjà fermé # session.',
      other: 'Signoff avait déjà fermé # sessions.',
    });
    return signedOut ? `${text} Reconnectez-vous pour continuer.` : text;
  },
  calledOffSaid: (title, names, means) => `${title} : ${names}. ${means}`,
  signInAgain: 'Se reconnecter',

  leavingTitle: 'Fermeture des sessions avant de quitter…',
  leavingLeft: (left) => count(left, { other: 'Encore # à fermer' }),
  leavingNothingLeft: 'Tout est fermé.',
  leavingList: 'Ce qui est en cours de fermeture',
  over: 'Fermée',
  waiting: 'En attente',
  notOver: (held) =>
    held === 1
      ? 'Une session n’est pas fermée'
      : count(held, { other: '# sessions ne sont pas fermées' }),
  notEnded: (held) =>
    count(held, {
      one: 'Signoff n’a pas pu la fermer.',
      other: 'Signoff n’a pas pu les fermer.',
    }),
  notOverList: 'Ce qui n’est pas fermé',
  mayNotQuit:
    'Votre organisation ne permet pas de quitter Signoff tant qu’une session est encore conservée.',
  stay: 'Laisser Signoff ouvert',
  quitsWithoutAnswer: 'Sans réponse, Signoff quitte.',
  quitFinishesLater: 'Quitter ; Signoff terminera à son prochain démarrage',
  quitLeavesOpen:
    'Quitter quand même ; ces sessions restent ouvertes sur le serveur jusqu’à ce qu’il les abandonne (6 minutes au plus)',
};
