import type { signIn as english } from '../en/sign-in.ts';

export const signIn: typeof english = {
  signIn: 'Se connecter',
  title: 'Se connecter au chat',
  hint: 'Signoff vous maintient présent, et ferme la session quand vous partez.',
  fields: {
    site: 'Adresse du site',
    userName: 'Nom d’utilisateur',
    accountId: 'Id de compte',
    password: 'Mot de passe',
  },
  hints: {
    site: 'Par exemple https://service.example.com',
    userName: 'Comme dans votre console',
    accountId: 'Par exemple 12',
    password: 'N’est envoyé qu’à ce site',
  },
  remembered: 'Mémorisé ; peut rester vide',
  showPassword: 'Afficher le mot de passe',
  forget: 'Oublier',
  forgetPassword: 'Oublier le mot de passe mémorisé',
  available: 'Disponible pour les chats tout de suite',
  remember: 'Se souvenir de moi',
  rememberHint: 'Conserve le mot de passe chiffré sur cet ordinateur',

  starting: 'Connexion…',
  steps: {
    settings: 'Recherche du serveur de chat…',
    token: 'Confirmation de votre identité…',
    session: 'Ouverture de la session…',
    status: 'Définition de votre statut…',
  },
  failed: {
    settings: 'Le site n’a pas indiqué son serveur de chat',
    token: 'Le site n’a pas confirmé votre identité',
    session: 'Le serveur de chat n’a pas ouvert de session',
    status: 'Votre statut n’a pas pu être défini',
  },
  advice: {
    password: 'Vérifiez le nom d’utilisateur et le mot de passe.',
    account:
      'Vérifiez l’id de compte. S’il est correct, demandez à votre service informatique si ce compte peut travailler en chat.',
    site: 'Vérifiez l’adresse du site.',
    network: 'Vérifiez le réseau de cet ordinateur, puis reconnectez-vous.',
    'try-again': 'Patientez un instant, puis reconnectez-vous.',
    'ask-it': 'Adressez-vous à votre service informatique en indiquant ce qui est écrit ici.',
    disk: 'Libérez de l’espace sur le disque, puis reconnectez-vous.',
  },
  faults: {
    NOT_THIS_API: 'Ce qui a répondu n’est pas un tel site, ou pas un que Signoff comprend.',
    UNUSABLE: 'La réponse du site contient une valeur que Signoff ne peut pas utiliser.',
    NOT_SAVED:
      'La session n’a pas pu être enregistrée sur cet ordinateur ; elle a donc été refermée.',
    NOT_ENDED:
      'La session n’a pu être ni enregistrée sur cet ordinateur, ni refermée. Le serveur l’abandonne de lui-même au bout de quelques minutes.',
    UNKNOWN_SESSION:
      'Le serveur ne connaît pas sa nouvelle session sous cet id de compte. Signoff a fermé ce qu’il pouvait.',
    ANSWER_LOST:
      'La réponse s’est perdue : le serveur a peut-être quand même une session à votre nom. Il l’abandonne de lui-même au bout de quelques minutes, ou vous la reprenez à la prochaine tentative.',
    NOT_ALLOWED:
      'Votre organisation n’autorise pas ce site ou son serveur de chat (allowedServers).',
    NOT_OFFERED: 'Votre organisation ne propose pas la connexion avec Signoff (sessionsFrom).',
    LEAVING: 'Signoff est en train de quitter. Connectez-vous après son prochain démarrage.',
  },
  problems: { 'under-way': 'Une connexion est déjà en cours.' },
  cancelled: 'Annulé. Vous n’êtes pas connecté.',
  statusProblem: (why) => `Vous êtes connecté, mais votre statut n’a pas pu être défini. ${why}`,

  conflict: {
    title: 'Vous êtes déjà connecté ailleurs',
    means:
      'Le serveur a déjà une session à votre nom, peut-être dans un navigateur ou sur un autre ordinateur. La reprendre ? Elle se ferme là-bas et continue ici.',
    perhapsOursTitle: 'Vous êtes peut-être déjà connecté',
    perhapsOursMeans:
      'Le serveur a une session à votre nom. Elle vient peut-être de la tentative précédente, dont la réponse s’est perdue. La reprendre ? Si elle sert ailleurs, elle s’y ferme.',
    takeOver: 'Reprendre',
  },
};
