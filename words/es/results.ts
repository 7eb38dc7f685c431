import { createCounting } from '../counting.ts';
import type { results as english } from '../en/results.ts';

const count = createCounting('es');

const counted = (found: number): string =>
  count(found, { one: '# resultado', other: '# resultados' });

export const results: typeof english = {
  title: 'Resultados',

  whatHappened: {
    ended: 'El servidor cerró la sesión.',
    'already-over': 'El servidor dijo que la sesión ya estaba cerrada antes de la solicitud.',
    refused: 'El servidor no quiso cerrar la sesión. Sigue mantenida.',
    'not-found':
      'Lo que respondió no es este servidor de chat, o no conoce este sitio. La sesión sigue mantenida.',
    'server-error': 'El servidor falló al cerrarla. La sesión sigue mantenida.',
    unreachable: 'No se ha podido llegar al servidor. La sesión sigue mantenida.',
    'timed-out': 'El servidor no respondió a tiempo. La sesión sigue mantenida.',
    unconfirmed:
      'El propio servidor de chat no ha dicho que la sesión esté cerrada. Sigue mantenida, y Signoff lo intenta de nuevo.',
    letGo:
      'El propio servidor de chat nunca dijo que la sesión estuviera cerrada. El servidor no conserva tanto tiempo a un agente ausente, así que la sesión ya no se mantiene.',
    server: 'El servidor cerró la sesión por sí mismo. Signoff no lo había solicitado.',
    replaced:
      'Se entregó una sesión más reciente de la misma cuenta, que ocupa el lugar de esta. Al parecer, la consola se recargó; el servidor ya no conoce una sesión anterior.',
  },
  consoleMayHaveAnother:
    'Puede que la consola tenga desde entonces un nuevo identificador de sesión, por haberse recargado: si sigue trabajando, entregue ese.',
  causeNames: {
    asked: 'A petición suya',
    quit: 'Salida',
    shutdown: 'Apagado',
    signal: 'Señal del sistema',
    suspend: 'Suspensión',
    lock: 'Bloqueo de pantalla',
    disconnect: 'Desconexión del equipo',
    idle: 'Inactividad',
    leftover: 'Pendiente de antes',
    server: 'El propio servidor',
    replaced: 'Sesión más reciente',
  },
  forced: 'forzada',
  attempts: (attempts) => count(attempts, { one: '# intento', other: '# intentos' }),

  views: { label: 'Vista', list: 'Lista', times: 'En el tiempo' },

  list: {
    label: 'Resultados, los más recientes primero',
    noneYet: 'Aún no hay resultados',
    noneYetMore: 'Aquí aparecerá lo que responda el servidor a cada cierre de sesión.',
    noneMatch: 'Ningún resultado coincide',
    noneMatchMore: 'Pruebe con otras palabras o quite un filtro.',
    loading: 'Leyendo resultados…',
    failed: 'No se han podido leer los resultados.',
    readAgain: 'Leer de nuevo',
    count: (found, more) =>
      more ? count(found, { other: 'Más de # resultados' }) : counted(found),
    unreadable: (lines) =>
      count(lines, {
        one: '# resultado guardado no se ha podido leer y se ha omitido.',
        other: '# resultados guardados no se han podido leer y se han omitido.',
      }),
    serverOf: (took) => `Servidor ${took} de`,
    took: 'Tardó',
  },

  filter: {
    search: 'Buscar resultados',
    searchHint: 'Etiqueta, servidor, sitio, error',
    show: 'Filtros',
    from: 'Desde',
    to: 'Hasta',
    searched: (text) => `«${text}»`,
    since: (day) => `Desde el ${day}`,
    until: (day) => `Hasta el ${day}`,
    active: 'Filtros activos',
    remove: (name) => `Quitar filtro: ${name}`,
    clear: 'Borrar todos',
  },

  receipt: {
    back: 'Volver',
    copyJson: 'Copiar como JSON',
    copyText: 'Copiar como texto',
    copied: 'Copiado.',
    notCopied: 'No se ha podido copiar.',
    said: 'Lo que dijo el servidor',
    wrong: 'Qué ha fallado',
    code: 'Código',
    status: 'Estado HTTP',
    message: 'Mensaje',
    noTimes: 'No se midieron tiempos: no hubo respuesta, o se ajustó el reloj entretanto.',
    details: 'Todos los detalles',
    reply: 'Respuesta sin procesar',
    replyStatus: (status) => `HTTP ${status}`,
    replyCut: 'Solo se ha conservado el principio.',
    replyEmpty: 'La respuesta estaba vacía.',
    outcome: 'Resultado',
    cause: 'Causa',
    forced: 'Forzada',
    yes: 'Sí',
    no: 'No',
    attempts: 'Intentos',
    proxy: 'Proxy',
    connectedTo: 'Conectado a',
    tried: 'Direcciones intentadas',
    started: 'Inicio',
    finished: 'Fin',
    roundTrip: 'Ida y vuelta',
    processing: 'Proceso del servidor',
    network: 'Red',
    serviceStarted: 'Inicio del servicio',
    serviceFinished: 'Fin del servicio',
    clock: 'Reloj del servidor',
    clientId: 'Id de cliente',
    sequenceNumber: 'Número de secuencia',
    technical: 'Detalle técnico',
    implausible: {
      label: 'Inverosímil',
      negative: 'El servidor dice que terminó antes de empezar.',
      longer: 'El servidor dice que trabajó más tiempo del que duró toda la ida y vuelta.',
      clock: 'El reloj del servidor y el de este equipo difieren en más de un día.',
      other: 'Uno de los tiempos que da el servidor no puede ser.',
    },
  },

  waterfall: {
    title: 'En qué se fue el tiempo',
    phases: {
      wait: 'Espera de conexión',
      dns: 'DNS',
      tcp: 'TCP',
      tls: 'TLS',
      request: 'Envío',
      firstByte: 'Espera de respuesta',
      download: 'Descarga',
    },
    server: (took) => `Servidor ${took}`,
    network: (took) => `Red ${took}`,
    placed: (uncertainty) =>
      `La parte del servidor se dibuja en medio de su espera; puede situarse hasta ${uncertainty} antes o después.`,
    table: 'Tiempos en una tabla',
    part: 'Parte',
    began: 'Empezó a los',
    took: 'Duró',
    total: 'Total',
  },

  summary: {
    mostlyServer: (took, of) => `El servidor tardó ${took} de ${of}: la mayor parte del tiempo.`,
    mostlyPart: (took, of, part) =>
      `El servidor tardó ${took} de ${of}; la mayor parte de la espera fue ${part}.`,
    longestPart: (took, of, part) =>
      `El servidor tardó ${took} de ${of}; la espera más larga fue ${part}.`,
    noServerMostly: (of, part) => `Tardó ${of}; la mayor parte fue ${part}.`,
    noServerLongest: (of, part) => `Tardó ${of}; la parte más larga fue ${part}.`,
    noParts: (of) => `Tardó ${of}.`,
    serverOnly: (took, of) => `El servidor tardó ${took} de ${of}.`,
    parts: {
      wait: 'la espera de una conexión',
      dns: 'DNS',
      tcp: 'TCP',
      tls: 'TLS',
      request: 'el envío',
      network: 'la red',
      answer: 'la espera de la respuesta',
      download: 'la descarga',
    },
  },

  times: {
    typically: 'Lo habitual:',
    per: 'Por',
    hour: 'Hora',
    day: 'Día',
    median: 'Mediana',
    percentile: 'Percentil 95',
    outliers: 'Destaca',
    outlier: (took, name, when) => `${took}, ${name}, ${when}`,
    chart: (what, low, high) => `${what}: medianas de ${low} a ${high}`,
    bucket: (when, median, p95, found) =>
      `${when}: mediana ${median}, percentil 95 ${p95}, ${counted(found)}`,
    none: 'Aún no hay tiempos',
    noneMore: 'Aquí aparecerá cuánto tardan el servidor y la red.',
    noFigures: 'Ninguno de estos resultados dice cuánto tardó.',
    loading: 'Leyendo tiempos…',
    failed: 'No se han podido leer los tiempos.',
    looked: (found, complete) =>
      complete
        ? counted(found)
        : count(found, { one: 'El # más reciente', other: 'Los # más recientes' }),
    table: 'Gráfico como tabla',
    outliersTable: 'Resultados que destacan',
    begins: 'Comienza',
    count: 'Resultados',
    serverMedian: 'Servidor, mediana',
    serverPercentile: 'Servidor, percentil 95',
    roundTripMedian: 'Ida y vuelta, mediana',
    roundTripPercentile: 'Ida y vuelta, percentil 95',
    result: 'Resultado',
  },

  export: {
    as: (format) => `Exportar como ${format}`,
    running: (written) => `Exportando… ${counted(written)} hasta ahora`,
    saved: (found, fileName) =>
      `${count(found, { one: '# resultado guardado', other: '# resultados guardados' })} como ${fileName}.`,
    cancelled: 'Exportación cancelada. No se ha guardado nada.',
    failed: (why) => `La exportación ha fallado: ${why}`,
    faults: {
      'disk-full': 'El disco está lleno. Libere espacio o elija otro lugar.',
      'not-allowed': 'No se puede escribir en este lugar. Elija otra carpeta.',
      'in-use': 'Otro programa tiene abierto este archivo. Ciérrelo allí o elija otro nombre.',
      'folder-gone': 'La carpeta ya no existe. Elija otra.',
    },
    otherFault: (code) => `No se ha podido escribir el archivo (${code}).`,
    showInFolder: 'Mostrar en la carpeta',
  },
};
