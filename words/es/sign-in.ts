import type { signIn as english } from '../en/sign-in.ts';

export const signIn: typeof english = {
  signIn: 'Iniciar sesión',
  title: 'Iniciar sesión en el chat',
  hint: 'Signoff le mantiene presente y cierra la sesión cuando usted se va.',
  fields: {
    site: 'Dirección del sitio',
    userName: 'Nombre de usuario',
    accountId: 'Id de cuenta',
    password: 'Contraseña',
  },
  hints: {
    site: 'Por ejemplo, https://service.example.com',
    userName: 'Como en su consola',
    accountId: 'Por ejemplo, 12',
    password: 'Solo se envía a este sitio',
  },
  remembered: 'Recordada; puede quedar vacía',
  showPassword: 'Mostrar la contraseña',
  forget: 'Olvidar',
  forgetPassword: 'Olvidar la contraseña recordada',
  available: 'Disponible para chats desde el principio',
  remember: 'Recordarme',
  rememberHint: 'Guarda la contraseña cifrada en este equipo',

  starting: 'Iniciando sesión…',
  steps: {
    settings: 'Buscando el servidor de chat…',
    token: 'Confirmando quién es usted…',
    session: 'Abriendo la sesión…',
    status: 'Fijando su estado…',
  },
  failed: {
    settings: 'El sitio no ha indicado su servidor de chat',
    token: 'El sitio no ha confirmado quién es usted',
    session: 'El servidor de chat no ha abierto ninguna sesión',
    status: 'No se ha podido fijar su estado',
  },
  advice: {
    password: 'Compruebe el nombre de usuario y la contraseña.',
    account:
      'Compruebe el id de cuenta. Si es correcto, pregunte a su equipo de TI si puede trabajar en chats.',
    site: 'Compruebe la dirección del sitio.',
    network: 'Compruebe la red de este equipo y vuelva a iniciar sesión.',
    'try-again': 'Espere un momento y vuelva a iniciar sesión.',
    'ask-it': 'Pregunte a su equipo de TI e indíqueles lo que se dice aquí.',
    disk: 'Libere espacio en el disco y vuelva a iniciar sesión.',
  },
  faults: {
    NOT_THIS_API: 'Lo que respondió no es un sitio de este tipo, o no uno que Signoff entienda.',
    UNUSABLE: 'La respuesta del sitio contiene un valor que Signoff no puede usar.',
    NOT_SAVED:
      'La sesión no se ha podido guardar en este equipo, por lo que se ha vuelto a cerrar.',
    NOT_ENDED:
      'La sesión no se ha podido guardar en este equipo ni volver a cerrar. El servidor la descarta por sí mismo al cabo de unos minutos.',
    UNKNOWN_SESSION:
      'El servidor no reconoce su nueva sesión con este id de cuenta. Signoff ha cerrado lo que ha podido.',
    ANSWER_LOST:
      'La respuesta se perdió, así que el servidor puede tener de todos modos una sesión suya. La descarta por sí mismo al cabo de unos minutos, o puede tomar el control en el próximo intento.',
    NOT_ALLOWED: 'Su organización no permite este sitio o su servidor de chat (allowedServers).',
    NOT_OFFERED: 'Su organización no ofrece el inicio de sesión con Signoff (sessionsFrom).',
    LEAVING: 'Signoff se está cerrando. Inicie sesión cuando vuelva a arrancar.',
  },
  problems: { 'under-way': 'Ya hay un inicio de sesión en curso.' },
  cancelled: 'Cancelado. No ha iniciado sesión.',
  statusProblem: (why) => `Ha iniciado sesión, pero no se ha podido fijar su estado. ${why}`,

  conflict: {
    title: 'Ya ha iniciado sesión en otro lugar',
    means:
      'El servidor ya tiene una sesión suya, quizá en un navegador o en otro equipo. ¿Tomar el control? Allí se cierra y aquí continúa.',
    perhapsOursTitle: 'Es posible que ya haya iniciado sesión',
    perhapsOursMeans:
      'El servidor tiene una sesión suya. Puede ser del intento anterior, cuya respuesta se perdió. ¿Tomar el control? Si se usa en otro lugar, allí se cierra.',
    takeOver: 'Tomar el control',
  },
};
