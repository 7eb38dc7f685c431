import { createCounting } from '../counting.ts';
import type { sessions as english } from '../en/sessions.ts';

const count = createCounting('es');

export const sessions: typeof english = {
  noBridge:
    'Esta ventana no ha podido conectar con Signoff. Salga de Signoff y vuelva a iniciarlo.',
  noReply:
    'Signoff no ha respondido a esta ventana. Inténtelo de nuevo; si persiste, salga de Signoff y vuelva a iniciarlo.',
  cancel: 'Cancelar',
  dismiss: 'Descartar',
  tryAgain: 'Reintentar',
  whatHappened: 'Lo que ha ocurrido',
  views: 'Secciones de la ventana',
  viewSessions: 'Sesiones',
  viewResults: 'Resultados',

  kind: 'Tipo',
  kinds: { agent: 'Sesión de agente', engagement: 'Interacción' },
  outcomes: {
    ended: 'Cerrada',
    'already-over': 'Ya estaba cerrada',
    refused: 'Rechazada por el servidor',
    'not-found': 'No encontrada en el servidor',
    'server-error': 'Error en el servidor',
    unreachable: 'Servidor inaccesible',
    'timed-out': 'Sin respuesta a tiempo',
    unconfirmed: 'Sin confirmar',
  },
  causes: {
    asked: 'a petición suya',
    quit: 'al salir',
    shutdown: 'al apagar',
    signal: 'por una señal del sistema',
    suspend: 'al suspender',
    lock: 'al bloquear la pantalla',
    disconnect: 'al desconectarse del equipo',
    idle: 'por inactividad',
    leftover: 'pendiente de antes',
    server: 'por el propio servidor',
    replaced: 'reemplazada por una sesión más reciente',
  },
  agentName: (accountId) => `Agente ${accountId}`,
  engagementName: (maskedId) => `Interacción ${maskedId}`,

  units: { ms: 'ms', s: 's', min: 'min', h: 'h', d: 'd' },
  justNow: 'ahora mismo',
  more: (more) => count(more, { other: '# más' }),
  heldForLessThanAMinute: 'Mantenida desde hace menos de un minuto',
  heldFor: (duration) => `Mantenida desde hace ${duration}`,
  heldSince: (moment) => `Mantenida desde: ${moment}`,
  timeLeft: (duration) => `Quedan ${duration}`,
  clockAhead: (duration) => `${duration} adelantado`,
  clockBehind: (duration) => `${duration} atrasado`,

  headline: (held) =>
    held === 0
      ? 'No se mantiene ninguna sesión.'
      : count(held, {
          one: '# sesión mantenida: se cierra cuando usted se va.',
          other: '# sesiones mantenidas: se cierran cuando usted se va.',
        }),
  headlineEnding: (ending) => count(ending, { one: '# cerrándose', other: '# cerrándose' }),
  headlineNeedsYou: (refused) =>
    count(refused, { one: '# requiere su atención', other: '# requieren su atención' }),
  headlineStillHeld: (failed) =>
    count(failed, { one: '# no se ha podido cerrar', other: '# no se han podido cerrar' }),

  heldElsewhere: (host, moment) =>
    moment === null ? `En manos de ${host}` : `En manos de ${host} (desde: ${moment})`,
  elsewhereMeans:
    'Puede que alguien esté trabajando allí, por lo que Signoff no la cierra por su cuenta desde este equipo. Ciérrela aquí si no hay nadie.',
  elsewhereSealed:
    'Solo ese equipo puede leer de qué se trata: cierre la sesión allí o en su consola.',

  held: 'Sesiones mantenidas',
  addSession: 'Añadir sesión',
  signOff: 'Cerrar sesión',
  signOffAll: 'Cerrar todas',
  force: 'Forzar',
  forceQuestion: (name) => `¿Forzar el cierre de ${name}?`,
  forceMeans:
    '¿Cerrarla aunque el servidor lo haya rechazado? Los chats que sigan abiertos en ella se cortarán.',
  forceSignOff: 'Forzar el cierre',
  actionOn: (action, name) => `${action}: ${name}`,
  details: 'Detalles',

  server: 'Servidor',
  site: 'Sitio',
  account: 'Cuenta',
  session: 'Sesión',

  signingOff: 'Cerrando sesión…',
  ending: {
    asked: 'Cerrando sesión',
    quit: 'Cerrando sesión al salir',
    shutdown: 'Cerrando sesión al apagar',
    signal: 'Cerrando sesión por una señal del sistema',
    suspend: 'Cerrando sesión al suspender',
    lock: 'Cerrando sesión al bloquear la pantalla',
    disconnect: 'Cerrando sesión al desconectarse del equipo',
    idle: 'Cerrando sesión por inactividad',
    leftover: 'Cerrando una sesión pendiente',
    server: 'Cerrada por el servidor',
    replaced: 'Reemplazada por una sesión más reciente',
  },
  endingByForce: 'Forzando el cierre',
  endingAttempt: (doing, attempt) => count(attempt, { other: `${doing} · intento #` }),
  attempt: (attempt) => count(attempt, { other: 'Intento #' }),

  serverSays: 'El servidor dice',
  serverSaid: (text) => `El servidor dice: «${text}»`,
  code: (code) => `Código ${code}`,
  answeredBy: {
    gateway: 'Parece que ha respondido una pasarela o un cortafuegos en lugar del servidor.',
    'sign-in': 'Parece que ha respondido una página de inicio de sesión en lugar del servidor.',
    nobody: 'La respuesta estaba vacía, así que no dice que la sesión esté cerrada.',
    unknown: 'Lo que respondió no habla como el servidor de chat.',
  },
  answererCalled: (name) => `Se llama «${name}».`,
  answererSaid: (text) => `Dice: «${text}»`,
  faults: {
    CONNECTION_REFUSED: 'Nada acepta conexiones en la dirección del servidor.',
    NAME_NOT_FOUND: 'No se ha podido resolver el nombre del servidor.',
    CONNECTION_BROKEN: 'La conexión se interrumpió antes de que la respuesta estuviera completa.',
    CONNECT_TIMEOUT: 'No se ha podido conectar con el servidor a tiempo.',
    TLS_FAILED: 'No se ha podido establecer una conexión segura con el servidor.',
    CERTIFICATE_REJECTED: 'El certificado del servidor no es de confianza.',
    CLIENT_CERTIFICATE_REJECTED:
      'El servidor no ha aceptado el certificado de cliente de este equipo, o no hay ninguno.',
    PROXY_UNREACHABLE: 'No se ha podido llegar al proxy.',
    PROXY_REFUSED: 'El proxy no se ha conectado con el servidor.',
    PROXY_AUTHENTICATION_REQUIRED: 'El proxy pide un nombre de usuario y una contraseña.',
    PROXY_NOT_SUPPORTED: 'El sistema indica un tipo de proxy que Signoff no puede usar.',
    NO_CONNECTION: 'No se ha podido llegar al servidor.',
    TIMED_OUT: 'El servidor recibió la solicitud, pero no respondió a tiempo.',
    NOT_THIS_API: 'Ha respondido algo que no es un servidor de chat.',
    REPLY_TOO_LARGE: 'La respuesta era demasiado grande para ser de un servidor de chat.',
  },
  faultStatus: (status) => `El servidor respondió con el estado de error ${status}.`,
  faultWithoutReason: 'El servidor se negó sin dar un motivo.',
  nextTry: (duration) => `Nuevo intento en ${duration}`,
  nextTryNow: 'Nuevo intento ahora',
  nextTryOnline: 'Nuevo intento en cuanto haya red',
  nextNeedsForce:
    'Requiere su atención: fuerce el cierre, o termine sus chats e inténtelo de nuevo.',
  nextNeedsAddress:
    'Requiere su atención: la dirección puede ser incorrecta. Signoff lo intenta de nuevo cuando usted se va.',
  nextWhenLeaving: 'Sigue mantenida. Signoff lo intenta de nuevo cuando usted se va.',

  firstRunTitle: 'Sesión cerrada, pase lo que pase',
  firstRunAdd:
    'Añada la sesión en la que trabaja, y Signoff la cierra en el servidor de chat cuando usted se va.',
  firstRunSignIn:
    'Inicie sesión aquí, y Signoff la cierra en el servidor de chat cuando usted se va.',
  firstRunEither:
    'Inicie sesión aquí, o añada la sesión en la que trabaja. Signoff la cierra en el servidor de chat cuando usted se va.',
  firstRunLeave:
    'Salga, cierre sesión en el equipo, apáguelo o piérdalo: ninguna sesión queda atrás.',
  firstRunSee: 'Usted ve lo que respondió el servidor y cuánto tardó.',
  emptyTitle: 'No se mantiene ninguna sesión',
  emptyText: 'Añada la siguiente cuando entre en el chat.',
  emptySignIn: 'Vuelva a iniciar sesión cuando regrese al trabajo.',
  emptyCommand: 'O en la línea de comandos:',
  lately: 'Recién cerradas',
  serverTook: (processing, roundTrip) => `El servidor tardó ${processing} de ${roundTrip}`,
  roundTripTook: (roundTrip) => `Tardó ${roundTrip}`,
  allResults: 'Todos los resultados',

  offlineTitle: 'Sin red',
  offlineText:
    'Las sesiones siguen mantenidas. No se puede cerrar nada hasta que este equipo vuelva a tener conexión; lo pendiente se cierra entonces.',
  notDurableTitle: 'Solo en memoria',
  notDurableText:
    'Este equipo no ofrece cifrado, por lo que las sesiones se guardan solo en memoria. Si Signoff se detiene a la fuerza, no podrá cerrarlas en el próximo inicio.',
  folderUnusableText:
    'No se puede escribir en la carpeta de Signoff de este equipo, por lo que las sesiones se guardan solo en memoria. Si Signoff se detiene a la fuerza, no podrá cerrarlas en el próximo inicio. Su departamento de TI encuentra el motivo en el registro.',
  keyPendingTitle: 'Aún no se ha guardado de forma segura',
  keyPendingText:
    'Windows todavía no ha guardado la clave con la que se cifran las sesiones. Si este equipo falla en los próximos segundos, Signoff no podrá cerrarlas en el próximo inicio.',
  setAsideTitle: 'No se han podido leer sesiones anteriores',
  setAsideText: (file) =>
    `Si había iniciado sesión, ciérrela a mano en su consola. El archivo se ha conservado para TI como «${file}».`,

  addHint: 'Escriba los datos, o péguelos como JSON en cualquier parte de este formulario.',
  holdSession: 'Mantener sesión',
  notTaken: (keys) => `No se ha tomado de lo pegado: ${keys}`,
  cleaned: (fields) => `Sin lo que se copió de más: ${fields}. Compruébelo.`,
  pastedBroken: (line, column) =>
    `Lo pegado no es JSON completo: falla en la línea ${line}, en el carácter ${column}.`,
  pastedCutOff: 'Lo pegado no es JSON completo: le falta el final.',
  optional: 'opcional',
  showSessionId: 'Mostrar el id de sesión',
  fields: {
    server: 'Dirección del servidor',
    fqSiteName: 'Nombre del sitio',
    pool: 'Pool',
    accountId: 'Id de cuenta',
    sessionId: 'Id de sesión',
    label: 'Etiqueta',
  },
  hints: {
    server: 'Por ejemplo, https://chat.example.com',
    fqSiteName: 'Por ejemplo, day001_221100_sql_001h',
    pool: 'Por ejemplo, 297:1',
    accountId: 'Por ejemplo, 12',
    sessionId: 'Se mantiene en secreto',
    label: 'Como usted la llame',
  },
  problems: {
    missing: 'falta',
    'too-long': 'tiene más de 512 caracteres',
    'label-too-long': 'tiene más de 100 caracteres',
    'not-ascii': 'solo admite letras, cifras y signos ASCII, sin espacios',
    'control-characters': 'no admite saltos de línea ni otros caracteres de control',
    'invisible-characters':
      'no admite caracteres invisibles, como los que acompañan al texto copiado',
    'stray-signs': 'no admite comillas, comas ni otros signos ajenos',
    colon: 'no admite dos puntos',
    'not-a-site': 'no es un nombre de sitio',
    'whole-address': 'debe ser solo el nombre, no una dirección completa',
    'not-a-kind': 'debe ser una sesión de agente o una interacción',
    'not-a-field': 'no es un campo de una sesión',
    'not-an-address': 'debe ser una dirección como https://chat.example.com',
    'not-https': 'debe empezar por https://',
    'plain-http': 'debe empezar por https://; http:// solo se admite para este mismo equipo',
    credentials: 'no puede contener usuario ni contraseña',
    'more-than-host': 'debe ser solo la dirección, sin nada detrás del host y el puerto',
    'not-allowed': 'no está entre los servidores que permite su organización (allowedServers)',
    'not-offered': 'Su organización no ofrece la entrega de sesiones (sessionsFrom).',
  },
  fieldProblem: (field, problem) => `${field}: ${problem}`,
  unknownFieldProblem: (field, problem) => `«${field}»: ${problem}`,

  checkAddress: 'Comprobar dirección',
  checking: 'Comprobando…',
  checkWell: (duration) =>
    `La dirección es correcta. El servidor respondió en ${duration}; no se ha cerrado nada.`,
  checkWrong: {
    host: 'Ningún servidor de chat responde en esta dirección.',
    site: 'El servidor no conoce este sitio.',
    pool: 'El servidor conoce el sitio, pero no este pool.',
    unclear: 'Ha habido respuesta, pero no permite saber si la dirección es correcta.',
  },

  stoppedWhileHeld: (held) =>
    count(held, {
      one: 'Signoff se detuvo inesperadamente mientras mantenía # sesión',
      other: 'Signoff se detuvo inesperadamente mientras mantenía # sesiones',
    }),
  stillAtWork: '¿Sigue trabajando?',
  withoutAnswer: (held, duration) =>
    count(held, {
      one: `Sin respuesta, se cierra en ${duration}.`,
      other: `Sin respuesta, se cierran en ${duration}.`,
    }),
  leftoverSaid: (stopped, names, question, warning) =>
    `${stopped}: ${names}. ${question} ${warning}`,
  seconds: (seconds) => count(seconds, { one: '# segundo', other: '# segundos' }),
  keepHolding: 'Seguir manteniendo',
  signOffNow: 'Cerrar ahora',

  endedByServer: 'Cerrada por el servidor',
  replaced: 'Reemplazada por una sesión más reciente',

  presence: {
    present: 'Presente',
    reconnecting: 'Reconectando',
    dropped: 'Descartada por el servidor',
  },
  droppedIn: (time) => `Reconectando: se descarta en ${time}`,
  presenceMeans: {
    reconnecting: 'No se puede llegar al servidor. Signoff lo sigue intentando.',
    dropped:
      'El servidor lleva demasiado tiempo sin saber de usted y ya no le envía chats. Cierre la sesión y vuelva a iniciarla.',
  },
  presenceDoubted: (said) =>
    `Lo que responde no dice que usted esté presente. Signoff lo sigue intentando. Dice: «${said}»`,
  chatOffered: (time) =>
    `Se le ofreció un chat a las ${time}. Signoff no puede aceptar chats: acéptelo en su consola, o el servidor lo dará a otra persona.`,
  headlineReconnecting: (away) => count(away, { other: '# reconectando' }),
  headlineDropped: (away) => count(away, { one: '# descartada', other: '# descartadas' }),

  activity: {
    of: (name) => `Estado de ${name}`,
    values: {
      available: 'Disponible',
      unavailable: 'No disponible',
      unknown: 'Estado desconocido',
    },
    kinds: 'Para qué está disponible',
    reasons: 'Por qué no está disponible',
    changing: 'Cambiando…',
  },
  activityProblems: {
    conflict: (serverWords) =>
      `El servidor no lo ha aceptado, porque no es compatible con lo que usted está haciendo allí. Dice: ${serverWords}`,
    notChanged: (serverWords) => `Su estado no ha cambiado: ${serverWords}`,
    noSession:
      'No se mantiene ninguna sesión iniciada aquí, así que no hay ningún estado que cambiar.',
  },

  originAsks: (host) => `${host} quiere entregar sesiones`,
  originMeans:
    'Permítalo solo si es la consola en la que usted trabaja. Signoff mantiene las sesiones que entregue y las cierra cuando usted se va.',
  originWithoutAnswer: (duration) => `Sin respuesta, se rechaza en ${duration}.`,
  originSaid: (asks, origin, means) => `${asks}: ${origin}. ${means}`,
  allowOrigin: 'Permitir',
  denyOrigin: 'No permitir',

  calledOffTitle: 'Se ha cancelado el apagado',
  calledOffText: (ended, signedOut) => {
    const text = count(ended, {
      one: 'Signoff ya había cerrado # sesión.',
      other: 'Signoff ya había cerrado # sesiones.',
    });
    return signedOut ? `${text} Vuelva a iniciar sesión para continuar.` : text;
  },
  calledOffSaid: (title, names, means) => `${title}: ${names}. ${means}`,
  signInAgain: 'Volver a iniciar sesión',

  leavingTitle: 'Cerrando sesiones antes de salir…',
  leavingLeft: (left) => count(left, { one: 'Queda # por cerrar', other: 'Quedan # por cerrar' }),
  leavingNothingLeft: 'Todo está cerrado.',
  leavingList: 'Lo que se está cerrando',
  over: 'Cerrada',
  waiting: 'En espera',
  notOver: (held) =>
    held === 1
      ? 'Una sesión no se ha cerrado'
      : count(held, { other: '# sesiones no se han cerrado' }),
  notEnded: (held) =>
    count(held, {
      one: 'Signoff no ha podido cerrarla.',
      other: 'Signoff no ha podido cerrarlas.',
    }),
  notOverList: 'Lo que no se ha cerrado',
  mayNotQuit: 'Su organización no permite cerrar Signoff mientras quede alguna sesión retenida.',
  stay: 'Mantener Signoff abierto',
  quitsWithoutAnswer: 'Sin respuesta, Signoff sale.',
  quitFinishesLater: 'Salir; Signoff terminará en su próximo inicio',
  quitLeavesOpen:
    'Salir de todos modos; estas sesiones quedan abiertas en el servidor hasta que las descarte (hasta 6 minutos)',
};
