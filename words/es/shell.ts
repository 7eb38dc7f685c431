import { createCounting } from '../counting.ts';
import type { shell as english } from '../en/shell.ts';

const count = createCounting('es');

export const shell: typeof english = {
  nothingHeld: 'No se mantiene ninguna sesión',
  held: (held) => count(held, { one: '# sesión mantenida', other: '# sesiones mantenidas' }),
  notEndedYet: (failed) =>
    count(failed, { one: '# no se ha podido cerrar', other: '# no se han podido cerrar' }),
  tooltip: (state) => `Signoff: ${state.charAt(0).toLowerCase()}${state.slice(1)}`,
  stillAtWork: 'Signoff se detuvo inesperadamente. ¿Sigue trabajando?',
  keepHolding: 'Seguir manteniendo',
  signOffNow: 'Cerrar ahora',
  signOff: (name) => `Cerrar ${name}`,
  signingOff: (name) => `Cerrando ${name}…`,
  more: (more) => count(more, { other: 'y # más' }),
  heldElsewhere: (host) => `En manos de ${host}…`,
  signOffAll: 'Cerrar todas',
  open: 'Abrir Signoff',
  quit: 'Cerrar sesiones y salir',

  present: (name) => `${name}: presente`,
  reconnecting: (name, left) =>
    left === null
      ? `${name}: reconectando`
      : `${name}: reconectando, se descarta en ${left} como máximo`,
  dropped: (name) => `${name}: descartada por el servidor`,
  reconnectingCount: (away) => count(away, { other: '# reconectando' }),
  droppedCount: (away) =>
    count(away, {
      one: '# descartada por el servidor',
      other: '# descartadas por el servidor',
    }),
  activity: (name, value) => `${name}: ${value}`,
  activityValues: {
    available: 'Disponible',
    unavailable: 'No disponible',
    unknown: 'Estado desconocido',
  },
  availableAs: (kind) => `Disponible: ${kind}`,
  unavailableBecause: (reason) => `No disponible: ${reason}`,
  originWants: (host) => `${host} quiere entregar sesiones…`,
  calledOff: (ended) =>
    count(ended, {
      one: 'Apagado cancelado: # sesión cerrada',
      other: 'Apagado cancelado: # sesiones cerradas',
    }),

  inTrayTitle: 'Signoff sigue en marcha',
  inTrayBody:
    'Permanece en la bandeja del sistema para cerrar sus sesiones cuando usted se va. Para terminarlo, elija allí «Cerrar sesiones y salir».',
  leftoverTitle: '¿Sigue trabajando?',
  leftoverBody: (held) =>
    count(held, {
      one: 'Signoff se detuvo mientras mantenía # sesión. Sin respuesta, la cierra pronto.',
      other: 'Signoff se detuvo mientras mantenía # sesiones. Sin respuesta, las cierra pronto.',
    }),

  notEnded: (name, outcome) => ({
    title: `No se ha podido cerrar ${name}`,
    body: `${outcome}. Sigue mantenida.`,
  }),
  replaced: (name) => ({
    title: `${name} fue reemplazada`,
    body: 'Se entregó una sesión más reciente de la misma cuenta. Esta ya no se mantiene.',
  }),
  letGo: (name) => ({
    title: `${name} ya no se mantiene`,
    body: 'Su cierre nunca se confirmó, pero el servidor no conserva tanto tiempo a un agente ausente.',
  }),
  severalNotEnded: (held) => ({
    title: count(held, {
      one: 'No se ha podido cerrar # sesión',
      other: 'No se han podido cerrar # sesiones',
    }),
    body: 'Siguen mantenidas.',
  }),
  leftoverEnded: (name) => ({
    title: `Se ha cerrado ${name}`,
    body: 'Había quedado pendiente de antes de iniciar Signoff.',
  }),
  leftoversEnded: (ended) => ({
    title: count(ended, { one: 'Se ha cerrado # sesión', other: 'Se han cerrado # sesiones' }),
    body: 'Habían quedado pendientes de antes de iniciar Signoff.',
  }),
  handedIn: (name) => ({
    title: `Se mantiene ${name}`,
    body: 'Se entregó desde fuera de la ventana y se cierra cuando usted se va.',
  }),
  severalHandedIn: (held) => ({
    title: count(held, { one: 'Se mantiene # sesión', other: 'Se mantienen # sesiones' }),
    body: 'Se entregaron desde fuera de la ventana y se cierran cuando usted se va.',
  }),

  activityNotChanged: (name) => `${name}: el estado no ha cambiado`,
  severalActivitiesNotChanged: (agents) =>
    count(agents, { other: 'El estado de # agentes no ha cambiado' }),
  chatOffered: (name, isSetUnavailable) => ({
    title: `${name}: se le ofrece un chat`,
    body: isSetUnavailable
      ? 'Signoff no puede aceptar chats. Acéptelo en su consola, o el servidor lo dará a otra persona. Se le ha puesto como no disponible.'
      : 'Signoff no puede aceptar chats. Acéptelo en su consola, o el servidor lo dará a otra persona.',
  }),
  endedByServer: (name) => ({
    title: `El servidor ha cerrado ${name}`,
    body: 'Allí ya no tiene la sesión iniciada y no le llegan chats. Vuelva a iniciar sesión para continuar.',
  }),
  originAsks: (origin) => ({
    title: 'Una consola del navegador quiere entregar sesiones',
    body: `Lo pide ${origin}. Abra Signoff para permitirlo o no.`,
  }),
  unreachable: (name) => ({
    title: `${name}: no se puede llegar al servidor`,
    body: 'Signoff lo sigue intentando. Si continúa así, el servidor descarta la sesión y dejan de llegarle chats.',
  }),
};
