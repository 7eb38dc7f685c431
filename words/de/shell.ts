import { createCounting } from '../counting.ts';
import type { shell as english } from '../en/shell.ts';

const count = createCounting('de');

export const shell: typeof english = {
  nothingHeld: 'Keine Sitzung gehalten',
  held: (held) => count(held, { one: '# Sitzung gehalten', other: '# Sitzungen gehalten' }),
  notEndedYet: (failed) =>
    count(failed, { one: '# ließ sich nicht beenden', other: '# ließen sich nicht beenden' }),
  tooltip: (state) => `Signoff: ${state}`,
  stillAtWork: 'Signoff wurde unerwartet beendet. Arbeiten Sie noch?',
  keepHolding: 'Weiter halten',
  signOffNow: 'Jetzt abmelden',
  signOff: (name) => `${name} abmelden`,
  signingOff: (name) => `${name} wird abgemeldet…`,
  more: (more) => count(more, { other: 'und # weitere' }),
  heldElsewhere: (host) => `Gehalten von ${host}…`,
  signOffAll: 'Alle abmelden',
  open: 'Signoff öffnen',
  quit: 'Abmelden und beenden',

  present: (name) => `${name}: anwesend`,
  reconnecting: (name, left) =>
    left === null
      ? `${name}: verbindet sich neu`
      : `${name}: verbindet sich neu, binnen ${left} verworfen`,
  dropped: (name) => `${name}: vom Server verworfen`,
  reconnectingCount: (away) =>
    count(away, { one: '# verbindet sich neu', other: '# verbinden sich neu' }),
  droppedCount: (away) => count(away, { other: '# vom Server verworfen' }),
  activity: (name, value) => `${name}: ${value}`,
  activityValues: {
    available: 'Verfügbar',
    unavailable: 'Nicht verfügbar',
    unknown: 'Status nicht bekannt',
  },
  availableAs: (kind) => `Verfügbar: ${kind}`,
  unavailableBecause: (reason) => `Nicht verfügbar: ${reason}`,
  originWants: (host) => `${host} möchte Sitzungen übergeben…`,
  calledOff: (ended) =>
    count(ended, {
      one: 'Herunterfahren abgebrochen: # Sitzung beendet',
      other: 'Herunterfahren abgebrochen: # Sitzungen beendet',
    }),

  inTrayTitle: 'Signoff läuft weiter',
  inTrayBody:
    'Es bleibt im Infobereich, um Sie abzumelden, wenn Sie gehen. Zum Beenden wählen Sie dort „Abmelden und beenden“.',
  leftoverTitle: 'Arbeiten Sie noch?',
  leftoverBody: (held) =>
    count(held, {
      one: 'Signoff wurde beendet, während # Sitzung gehalten wurde. Ohne Antwort meldet Signoff sie bald ab.',
      other:
        'Signoff wurde beendet, während # Sitzungen gehalten wurden. Ohne Antwort meldet Signoff sie bald ab.',
    }),

  notEnded: (name, outcome) => ({
    title: `${name} konnte nicht abgemeldet werden`,
    body: `${outcome}. Die Sitzung wird weiterhin gehalten.`,
  }),
  replaced: (name) => ({
    title: `${name} wurde ersetzt`,
    body: 'Eine neuere Sitzung desselben Kontos wurde übergeben. Diese wird nicht mehr gehalten.',
  }),
  letGo: (name) => ({
    title: `${name} wird nicht mehr gehalten`,
    body: 'Das Ende wurde nie bestätigt, aber so lange behält der Server keinen abwesenden Agenten.',
  }),
  severalNotEnded: (held) => ({
    title: count(held, {
      one: '# Sitzung konnte nicht abgemeldet werden',
      other: '# Sitzungen konnten nicht abgemeldet werden',
    }),
    body: 'Sie werden weiterhin gehalten.',
  }),
  leftoverEnded: (name) => ({
    title: `${name} wurde abgemeldet`,
    body: 'Die Sitzung war aus der Zeit vor dem Start von Signoff übrig.',
  }),
  leftoversEnded: (ended) => ({
    title: count(ended, {
      one: '# Sitzung wurde abgemeldet',
      other: '# Sitzungen wurden abgemeldet',
    }),
    body: 'Sie waren aus der Zeit vor dem Start von Signoff übrig.',
  }),
  handedIn: (name) => ({
    title: `${name} wird gehalten`,
    body: 'Die Sitzung wurde außerhalb des Fensters übergeben und endet, wenn Sie gehen.',
  }),
  severalHandedIn: (held) => ({
    title: count(held, { one: '# Sitzung wird gehalten', other: '# Sitzungen werden gehalten' }),
    body: 'Sie wurden außerhalb des Fensters übergeben und enden, wenn Sie gehen.',
  }),

  activityNotChanged: (name) => `${name}: Status nicht geändert`,
  severalActivitiesNotChanged: (agents) =>
    count(agents, { other: 'Status von # Agenten nicht geändert' }),
  chatOffered: (name, isSetUnavailable) => ({
    title: `${name}: Ihnen wird ein Chat angeboten`,
    body: isSetUnavailable
      ? 'Signoff kann keine Chats annehmen. Nehmen Sie ihn in Ihrer Konsole an, sonst gibt ihn der Server jemand anderem. Sie wurden auf nicht verfügbar gesetzt.'
      : 'Signoff kann keine Chats annehmen. Nehmen Sie ihn in Ihrer Konsole an, sonst gibt ihn der Server jemand anderem.',
  }),
  endedByServer: (name) => ({
    title: `${name} wurde vom Server beendet`,
    body: 'Sie sind dort abgemeldet und bekommen keine Chats mehr. Melden Sie sich erneut an, um weiterzuarbeiten.',
  }),
  originAsks: (origin) => ({
    title: 'Eine Browser-Konsole möchte Sitzungen übergeben',
    body: `Die Anfrage kommt von ${origin}. Öffnen Sie Signoff, um es zu erlauben oder nicht.`,
  }),
  unreachable: (name) => ({
    title: `${name}: Server nicht erreichbar`,
    body: 'Signoff versucht es weiter. Bleibt es dabei, verwirft der Server die Sitzung, und Sie bekommen keine Chats mehr.',
  }),
};
