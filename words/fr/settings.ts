import type { settings as english } from '../en/settings.ts';

export const settings: typeof english = {
  title: 'Paramètres',
  close: 'Fermer',
  managed: 'Géré par votre organisation',

  general: 'Général',
  notifications: 'Notifications',
  away: 'En votre absence',
  browser: 'Remise depuis le navigateur',
  leftovers: 'Après un plantage',

  startAtLogin: 'Démarrer à l’ouverture de votre session',
  startAtLoginHint: 'Dans la zone de notification, sans fenêtre.',
  startAtLoginBy: {
    desktop: 'Désactivé dans les réglages du bureau',
    installation: 'Activé par l’installation',
  },
  language: 'Langue',
  systemLanguage: (name) => `Identique au système (${name})`,
  appearance: 'Apparence',
  appearances: { system: 'Identique au système', light: 'Claire', dark: 'Sombre' },

  notifyOutcomes: 'Résultats qui requièrent votre attention',
  notifyOutcomesHint:
    'Ce qui n’a pas pu être fermé, et ce qu’un plantage avait laissé et qui a été fermé.',
  notifyHandIns: 'Sessions remises',
  notifyHandInsHint: 'Une session a été remise hors de cette fenêtre.',

  awayHint:
    'Seules les sessions auxquelles vous vous êtes connecté ici deviennent indisponibles. À votre retour, celles qui étaient disponibles le redeviennent.',
  awayChoices: {
    nothing: 'Ne rien faire',
    unavailable: 'Rendre indisponible',
    'sign-off': 'Fermer les sessions',
  },
  onSuspend: 'Quand l’ordinateur se met en veille',
  onLock: 'Quand l’écran est verrouillé',
  onLockHint: 'Nécessite un environnement de bureau qui le signale, comme GNOME ou KDE.',
  onDisconnect: 'Quand la session du poste est déconnectée',
  onDisconnectHint:
    'Quand une session de bureau à distance est déconnectée ou que quelqu’un d’autre prend l’écran.',
  asLock: 'Comme pour l’écran verrouillé',
  onIdle: 'Quand personne n’utilise l’ordinateur',
  idleMinutes: 'Minutes d’inactivité',

  browserHandIn: 'Autoriser les consoles d’un navigateur à remettre des sessions',
  browserHandInHint:
    'Seulement celles indiquées ci-dessous, et chacune une fois que vous l’avez autorisée.',
  browserOrigins: 'Adresses des consoles',
  browserOriginsHint: 'Une adresse par ligne, par exemple https://console.example.com',
  notAnOrigin: (line) => `« ${line} » n’est pas une adresse telle que https://console.example.com.`,
  browserProblems: {
    portTaken: (port: number) =>
      `Un autre programme, ou le Signoff d’une autre personne, utilise déjà le port ${port}. Signoff réessaie toutes les minutes.`,
    portFails: (port: number, code: string) =>
      `Le port ${port} n’a pas pu être ouvert (${code}). Signoff réessaie toutes les minutes.`,
  },
  browserAccess: 'Ce qu’il faut à une console',
  browserAccessHint: 'Cette adresse, et un jeton secret :',
  copyToken: 'Copier le jeton',

  receiptDays: 'Jours de conservation des résultats',
  receiptDaysHint: 'Des mois entiers sont supprimés ; certains restent donc plus longtemps.',

  leftover: 'Si Signoff s’est arrêté pendant que vous travailliez',
  leftoverHint: 'Ce que deviennent les sessions qu’il maintenait.',
  leftoverChoices: {
    ask: 'Demander ; les fermer en l’absence de réponse',
    'sign-off': 'Les fermer aussitôt',
    resume: 'Continuer à les maintenir',
  },

  range: (least, most) => `De ${least} à ${most}`,
  problems: {
    managed: 'Votre organisation gère ce paramètre.',
    'out-of-bounds': 'Ce paramètre ne peut pas avoir cette valeur.',
    'not-saved': 'L’enregistrement a échoué ; rien n’a changé. Le disque est-il plein ?',
  },
  outOfRange: (least, most) => `Un nombre entier de ${least} à ${most} est possible.`,

  helpTitle: 'Raccourcis clavier',
  version: (version) => `Signoff ${version}`,
  shortcuts: {
    signIn: 'Se connecter',
    add: 'Ajouter une session',
    search: 'Rechercher dans les résultats',
    settings: 'Ouvrir les paramètres',
    sessions: 'Afficher les sessions',
    results: 'Afficher les résultats',
    signOffAll: 'Tout fermer',
    resultStep: 'Dans les résultats : un de plus haut ou plus bas',
    resultPage: 'Dans les résultats : plusieurs de plus haut ou plus bas',
    resultEnd: 'Dans les résultats : au premier ou au dernier',
    chartStep: 'Dans un graphique : d’un point remarquable à l’autre',
    zoomIn: 'Tout agrandir',
    zoomOut: 'Tout réduire',
    zoomReset: 'Tout afficher à la taille normale',
    help: 'Ouvrir cette aide',
    close: 'Fermer ce qui est ouvert',
  },
  keys: {
    control: 'Ctrl',
    shift: 'Maj',
    escape: 'Échap',
    pageUp: 'Page préc.',
    pageDown: 'Page suiv.',
    home: 'Début',
    end: 'Fin',
  },
  or: 'ou',
};
