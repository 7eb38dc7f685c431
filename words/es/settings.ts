import type { settings as english } from '../en/settings.ts';

export const settings: typeof english = {
  title: 'Ajustes',
  close: 'Cerrar',
  managed: 'Gestionado por su organización',

  general: 'General',
  notifications: 'Notificaciones',
  away: 'Cuando usted no está',
  browser: 'Entrega desde el navegador',
  leftovers: 'Tras un fallo',

  startAtLogin: 'Iniciar al entrar en el equipo',
  startAtLoginHint: 'En la bandeja del sistema, sin ventana.',
  startAtLoginBy: {
    desktop: 'Desactivado en los ajustes del escritorio',
    installation: 'Activado por la instalación',
  },
  language: 'Idioma',
  systemLanguage: (name) => `Igual que el sistema (${name})`,
  appearance: 'Apariencia',
  appearances: { system: 'Igual que el sistema', light: 'Clara', dark: 'Oscura' },

  notifyOutcomes: 'Resultados que requieren su atención',
  notifyOutcomesHint: 'Lo que no se ha podido cerrar, y lo que dejó un fallo y se ha cerrado.',
  notifyHandIns: 'Sesiones entregadas',
  notifyHandInsHint: 'Se ha entregado una sesión desde fuera de esta ventana.',

  awayHint:
    'Solo pasan a no disponible las sesiones que usted ha iniciado aquí. Cuando vuelve, las que estaban disponibles vuelven a estarlo.',
  awayChoices: {
    nothing: 'No hacer nada',
    unavailable: 'Pasar a no disponible',
    'sign-off': 'Cerrar las sesiones',
  },
  onSuspend: 'Cuando el equipo se suspende',
  onLock: 'Cuando se bloquea la pantalla',
  onLockHint: 'Requiere un escritorio que avise de ello, como GNOME o KDE.',
  onDisconnect: 'Cuando se desconecta del equipo',
  onDisconnectHint:
    'Cuando se desconecta una sesión de escritorio remoto u otra persona pasa a usar la pantalla.',
  asLock: 'Igual que al bloquear la pantalla',
  onIdle: 'Cuando usted está inactivo',
  idleMinutes: 'Minutos sin actividad',

  browserHandIn: 'Permitir que las consolas de un navegador entreguen sesiones',
  browserHandInHint: 'Solo las que se indican abajo, y cada una cuando usted la haya permitido.',
  browserOrigins: 'Direcciones de las consolas',
  browserOriginsHint: 'Una dirección por línea, como https://console.example.com',
  notAnOrigin: (line) => `«${line}» no es una dirección como https://console.example.com.`,
  browserProblems: {
    portTaken: (port: number) =>
      `Otro programa, o el Signoff de otra persona, ya usa el puerto ${port}. Signoff lo vuelve a intentar cada minuto.`,
    portFails: (port: number, code: string) =>
      `No se pudo abrir el puerto ${port} (${code}). Signoff lo vuelve a intentar cada minuto.`,
  },
  browserAccess: 'Lo que necesita una consola',
  browserAccessHint: 'Esta dirección y un token secreto:',
  copyToken: 'Copiar el token',

  receiptDays: 'Días que se conservan los resultados',
  receiptDaysHint: 'Se eliminan meses enteros, así que algunos se conservan más tiempo.',

  leftover: 'Si Signoff se detuvo mientras usted seguía trabajando',
  leftoverHint: 'Qué se hace con las sesiones que mantenía.',
  leftoverChoices: {
    ask: 'Preguntar; cerrarlas si no hay respuesta',
    'sign-off': 'Cerrarlas enseguida',
    resume: 'Seguir manteniéndolas',
  },

  range: (least, most) => `De ${least} a ${most}`,
  problems: {
    managed: 'Su organización gestiona este ajuste.',
    'out-of-bounds': 'Este ajuste no puede tener ese valor.',
    'not-saved': 'No se ha podido guardar; nada ha cambiado. ¿Está lleno el disco?',
  },
  outOfRange: (least, most) => `Puede ser un número entero de ${least} a ${most}.`,

  helpTitle: 'Atajos de teclado',
  version: (version) => `Signoff ${version}`,
  shortcuts: {
    signIn: 'Iniciar sesión',
    add: 'Añadir una sesión',
    search: 'Buscar en los resultados',
    settings: 'Abrir los ajustes',
    sessions: 'Mostrar las sesiones',
    results: 'Mostrar los resultados',
    signOffAll: 'Cerrar todas',
    resultStep: 'En los resultados: uno arriba o abajo',
    resultPage: 'En los resultados: varios arriba o abajo',
    resultEnd: 'En los resultados: al primero o al último',
    chartStep: 'En un gráfico: por lo que destaca',
    zoomIn: 'Ampliar todo',
    zoomOut: 'Reducir todo',
    zoomReset: 'Mostrar todo a su tamaño normal',
    help: 'Abrir esta ayuda',
    close: 'Cerrar lo que está abierto',
  },
  keys: {
    control: 'Ctrl',
    shift: 'Mayús',
    escape: 'Esc',
    pageUp: 'Re Pág',
    pageDown: 'Av Pág',
    home: 'Inicio',
    end: 'Fin',
  },
  or: 'o',
};
