import type { signIn as english } from '../en/sign-in.ts';

export const signIn: typeof english = {
  signIn: 'Entrar',
  title: 'Entrar no chat',
  hint: 'O Signoff mantém você presente e encerra a sessão quando você sai.',
  fields: {
    site: 'Endereço do site',
    userName: 'Nome de usuário',
    accountId: 'ID da conta',
    password: 'Senha',
  },
  hints: {
    site: 'Por exemplo, https://service.example.com',
    userName: 'Como no seu console',
    accountId: 'Por exemplo, 12',
    password: 'Enviada somente a este site',
  },
  remembered: 'Lembrada; pode ficar vazia',
  showPassword: 'Mostrar a senha',
  forget: 'Esquecer',
  forgetPassword: 'Esquecer a senha lembrada',
  available: 'Disponível para chats imediatamente',
  remember: 'Lembrar de mim',
  rememberHint: 'Guarda a senha criptografada neste computador',

  starting: 'Entrando…',
  steps: {
    settings: 'Localizando o servidor de chat…',
    token: 'Confirmando quem você é…',
    session: 'Iniciando a sessão…',
    status: 'Definindo seu status…',
  },
  failed: {
    settings: 'O site não informou seu servidor de chat',
    token: 'O site não confirmou quem você é',
    session: 'O servidor de chat não iniciou uma sessão',
    status: 'Não foi possível definir seu status',
  },
  advice: {
    password: 'Verifique o nome de usuário e a senha.',
    account:
      'Verifique o ID da conta. Se estiver correto, pergunte à sua equipe de TI se ela pode trabalhar em chats.',
    site: 'Verifique o endereço do site.',
    network: 'Verifique a rede deste computador e entre de novo.',
    'try-again': 'Aguarde um momento e entre de novo.',
    'ask-it': 'Fale com sua equipe de TI e informe o que está escrito aqui.',
    disk: 'Libere espaço no disco e entre de novo.',
  },
  faults: {
    NOT_THIS_API: 'O que respondeu não é um site desse tipo, ou não é um que o Signoff entenda.',
    UNUSABLE: 'A resposta do site contém um valor que o Signoff não pode usar.',
    NOT_SAVED:
      'Não foi possível salvar a sessão neste computador, por isso ela foi encerrada novamente.',
    NOT_ENDED:
      'Não foi possível salvar a sessão neste computador, nem encerrá-la novamente. O servidor a descarta sozinho depois de alguns minutos.',
    UNKNOWN_SESSION:
      'O servidor não conhece sua nova sessão com este ID de conta. O Signoff encerrou o que pôde.',
    ANSWER_LOST:
      'A resposta se perdeu, portanto o servidor pode ter uma sessão sua mesmo assim. Ele a descarta sozinho depois de alguns minutos, ou você a assume na próxima tentativa.',
    NOT_ALLOWED:
      'Sua organização não permite este site ou o servidor de chat dele (allowedServers).',
    NOT_OFFERED: 'Sua organização não oferece entrar com o Signoff (sessionsFrom).',
    LEAVING: 'O Signoff está saindo. Entre depois que ele iniciar novamente.',
  },
  problems: { 'under-way': 'Já há uma entrada em andamento.' },
  cancelled: 'Cancelado. Você não entrou.',
  statusProblem: (why) => `Você entrou, mas não foi possível definir seu status. ${why}`,

  conflict: {
    title: 'Você já entrou em outro lugar',
    means:
      'O servidor já tem uma sessão sua, talvez em um navegador ou em outro computador. Assumi-la? Ela é encerrada lá e continua aqui.',
    perhapsOursTitle: 'Talvez você já tenha entrado',
    perhapsOursMeans:
      'O servidor tem uma sessão sua. Ela pode ser da tentativa anterior, cuja resposta se perdeu. Assumi-la? Se estiver em uso em outro lugar, ela é encerrada lá.',
    takeOver: 'Assumir',
  },
};
