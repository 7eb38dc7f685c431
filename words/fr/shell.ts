import { createCounting } from '../counting.ts';
import type { shell as english } from '../en/shell.ts';

const count = createCounting('fr');

export const shell: typeof english = {
  nothingHeld: 'Aucune session maintenue',
  held: (held) => count(held, { one: '# session maintenue', other: '# sessions maintenues' }),
  notEndedYet: (failed) =>
    count(failed, { one: '# n’a pas pu être fermée', other: '# n’ont pas pu être fermées' }),
  tooltip: (state) => `Signoff : ${state.charAt(0).toLowerCase()}${state.slice(1)}`,
  stillAtWork: 'Signoff s’est arrêté de façon inattendue. Travaillez-vous encore ?',
  keepHolding: 'Continuer à maintenir',
  signOffNow: 'Fermer maintenant',
  signOff: (name) => `Fermer ${name}`,
  signingOff: (name) => `Fermeture de ${name}…`,
  more: (more) => count(more, { one: 'et # autre', other: 'et # autres' }),
  heldElsewhere: (host) => `Maintenu par ${host}…`,
  signOffAll: 'Tout fermer',
  open: 'Ouvrir Signoff',
  quit: 'Fermer les sessions et quitter',

  present: (name) => `${name} : présent`,
  reconnecting: (name, left) =>
    left === null ? `${name} : reconnexion` : `${name} : reconnexion, abandon dans ${left} au plus`,
  dropped: (name) => `${name} : abandonnée par le serveur`,
  reconnectingCount: (away) => count(away, { other: '# en reconnexion' }),
  droppedCount: (away) =>
    count(away, {
      one: '# abandonnée par le serveur',
      other: '# abandonnées par le serveur',
    }),
  activity: (name, value) => `${name} : ${value}`,
  activityValues: {
    available: 'Disponible',
    unavailable: 'Indisponible',
    unknown: 'Statut inconnu',
  },
  availableAs: (kind) => `Disponible : ${kind}`,
  unavailableBecause: (reason) => `Indisponible : ${reason}`,
  originWants: (host) => `${host} veut remettre des sessions…`,
  calledOff: (ended) =>
    count(ended, {
      one: 'Arrêt annulé : # session fermée',
      other: 'Arrêt annulé : # sessions fermées',
    }),

  inTrayTitle: 'Signoff est toujours actif',
  inTrayBody:
    'Il reste dans la zone de notification pour fermer vos sessions quand vous partez. Pour l’arrêter, choisissez-y « Fermer les sessions et quitter ».',
  leftoverTitle: 'Travaillez-vous encore ?',
  leftoverBody: (held) =>
    count(held, {
      one: 'Signoff s’est arrêté alors qu’il maintenait # session. Sans réponse, il la ferme bientôt.',
      other:
        'Signoff s’est arrêté alors qu’il maintenait # sessions. Sans réponse, il les ferme bientôt.',
    }),

  notEnded: (name, outcome) => ({
    title: `${name} n’a pas pu être fermée`,
    body: `${outcome}. Elle est toujours maintenue.`,
  }),
  replaced: (name) => ({
    title: `${name} a été remplacée`,
    body: 'Une session plus récente du même compte a été transmise. Celle-ci n’est plus maintenue.',
  }),
  letGo: (name) => ({
    title: `${name} n’est plus maintenue`,
    body: 'Sa fermeture n’a jamais été confirmée, mais le serveur ne garde pas si longtemps un agent absent.',
  }),
  severalNotEnded: (held) => ({
    title: count(held, {
      one: '# session n’a pas pu être fermée',
      other: '# sessions n’ont pas pu être fermées',
    }),
    body: 'Elles sont toujours maintenues.',
  }),
  leftoverEnded: (name) => ({
    title: `${name} a été fermée`,
    body: 'Elle était restée ouverte avant le démarrage de Signoff.',
  }),
  leftoversEnded: (ended) => ({
    title: count(ended, { one: '# session a été fermée', other: '# sessions ont été fermées' }),
    body: 'Elles étaient restées ouvertes avant le démarrage de Signoff.',
  }),
  handedIn: (name) => ({
    title: `${name} est maintenue`,
    body: 'Elle a été remise hors de la fenêtre et se ferme quand vous partez.',
  }),
  severalHandedIn: (held) => ({
    title: count(held, { one: '# session est maintenue', other: '# sessions sont maintenues' }),
    body: 'Elles ont été remises hors de la fenêtre et se ferment quand vous partez.',
  }),

  activityNotChanged: (name) => `${name} : statut inchangé`,
  severalActivitiesNotChanged: (agents) => count(agents, { other: 'Statut de # agents inchangé' }),
  chatOffered: (name, isSetUnavailable) => ({
    title: `${name} : un chat vous est proposé`,
    body: isSetUnavailable
      ? 'Signoff ne peut pas prendre de chats. Prenez-le dans votre console, sinon le serveur le confie à quelqu’un d’autre. Vous avez été mis indisponible.'
      : 'Signoff ne peut pas prendre de chats. Prenez-le dans votre console, sinon le serveur le confie à quelqu’un d’autre.',
  }),
  endedByServer: (name) => ({
    title: `${name} a été fermée par le serveur`,
    body: 'Vous y êtes déconnecté et ne recevez plus de chats. Reconnectez-vous pour continuer.',
  }),
  originAsks: (origin) => ({
    title: 'Une console de navigateur veut remettre des sessions',
    body: `La demande vient de ${origin}. Ouvrez Signoff pour l’autoriser ou non.`,
  }),
  unreachable: (name) => ({
    title: `${name} : le serveur est injoignable`,
    body: 'Signoff continue d’essayer. Si cela dure, le serveur abandonne la session et vous ne recevez plus de chats.',
  }),
};
