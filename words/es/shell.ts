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
  signOffAll: 'Cerrar todas',
  open: 'Abrir Signoff',
  quit: 'Cerrar sesiones y salir',

  inTrayTitle: 'Signoff sigue en marcha',
  inTrayBody:
    'Permanece en la bandeja del sistema para cerrar sus sesiones cuando usted se va. Para terminarlo, elija allí «Cerrar sesiones y salir».',
  leftoverTitle: '¿Sigue trabajando?',
  leftoverBody: (held) =>
    count(held, {
      one: 'Signoff se detuvo mientras mantenía # sesión. Sin respuesta en un minuto, la cierra.',
      other:
        'Signoff se detuvo mientras mantenía # sesiones. Sin respuesta en un minuto, las cierra.',
    }),

  notEnded: (name, outcome) => ({
    title: `No se ha podido cerrar ${name}`,
    body: `${outcome}. Sigue mantenida.`,
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
};
