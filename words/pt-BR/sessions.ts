import { createCounting } from '../counting.ts';
import type { sessions as english } from '../en/sessions.ts';

const count = createCounting('pt-BR');

export const sessions: typeof english = {
  noBridge: 'Esta janela não conseguiu acessar o Signoff. Saia do Signoff e inicie-o novamente.',
  noReply:
    'O Signoff não respondeu a esta janela. Tente novamente; se continuar, saia do Signoff e inicie-o de novo.',
  cancel: 'Cancelar',
  dismiss: 'Dispensar',
  tryAgain: 'Tentar novamente',
  whatHappened: 'O que aconteceu',
  views: 'Partes da janela',
  viewSessions: 'Sessões',
  viewResults: 'Resultados',

  kind: 'Tipo',
  kinds: { agent: 'Sessão de agente', engagement: 'Interação' },
  outcomes: {
    ended: 'Encerrada',
    'already-over': 'Já estava encerrada',
    refused: 'Recusada pelo servidor',
    'not-found': 'Não encontrada no servidor',
    'server-error': 'Erro no servidor',
    unreachable: 'Servidor inacessível',
    'timed-out': 'Sem resposta a tempo',
    unconfirmed: 'Não confirmada',
  },
  causes: {
    asked: 'a seu pedido',
    quit: 'ao sair',
    shutdown: 'ao desligar',
    signal: 'por um sinal do sistema',
    suspend: 'ao suspender',
    lock: 'ao bloquear a tela',
    disconnect: 'ao desconectar do computador',
    idle: 'por inatividade',
    leftover: 'pendente de antes',
    server: 'pelo próprio servidor',
    replaced: 'substituída por uma sessão mais recente',
  },
  agentName: (accountId) => `Agente ${accountId}`,
  engagementName: (maskedId) => `Interação ${maskedId}`,

  units: { ms: 'ms', s: 's', min: 'min', h: 'h', d: 'd' },
  justNow: 'agora mesmo',
  more: (more) => count(more, { other: 'mais #' }),
  heldForLessThanAMinute: 'Mantida há menos de um minuto',
  heldFor: (duration) => `Mantida há ${duration}`,
  heldSince: (moment) => `Mantida desde ${moment}`,
  timeLeft: (duration) => `Restam ${duration}`,
  clockAhead: (duration) => `${duration} adiantado`,
  clockBehind: (duration) => `${duration} atrasado`,

  headline: (held) =>
    held === 0
      ? 'Nenhuma sessão mantida.'
      : count(held, {
          one: '# sessão mantida: ela é encerrada quando você sai.',
          other: '# sessões mantidas: elas são encerradas quando você sai.',
        }),
  headlineEnding: (ending) =>
    count(ending, { one: '# sendo encerrada', other: '# sendo encerradas' }),
  headlineNeedsYou: (refused) =>
    count(refused, { one: '# precisa de você', other: '# precisam de você' }),
  headlineStillHeld: (failed) =>
    count(failed, { one: '# não pôde ser encerrada', other: '# não puderam ser encerradas' }),

  heldElsewhere: (host, moment) =>
    moment === null ? `Mantida por ${host}` : `Mantida por ${host} desde ${moment}`,
  elsewhereMeans:
    'Talvez alguém esteja trabalhando lá, por isso o Signoff deste computador não a encerra por conta própria. Encerre aqui se não houver ninguém.',
  elsewhereSealed:
    'Somente aquele computador consegue ler do que se trata: encerre a sessão lá ou no seu console.',

  held: 'Sessões mantidas',
  addSession: 'Adicionar sessão',
  signOff: 'Encerrar',
  signOffAll: 'Encerrar todas',
  force: 'Forçar',
  forceQuestion: (name) => `Forçar o encerramento de ${name}?`,
  forceMeans:
    'Encerrar mesmo com a recusa do servidor? Os chats que ainda estiverem abertos nela serão interrompidos.',
  forceSignOff: 'Forçar encerramento',
  actionOn: (action, name) => `${action}: ${name}`,
  details: 'Detalhes',

  server: 'Servidor',
  site: 'Site',
  account: 'Conta',
  session: 'Sessão',

  signingOff: 'Encerrando…',
  ending: {
    asked: 'Encerrando',
    quit: 'Encerrando ao sair',
    shutdown: 'Encerrando ao desligar',
    signal: 'Encerrando por um sinal do sistema',
    suspend: 'Encerrando ao suspender',
    lock: 'Encerrando ao bloquear a tela',
    disconnect: 'Encerrando ao desconectar do computador',
    idle: 'Encerrando por inatividade',
    leftover: 'Encerrando uma sessão pendente',
    server: 'Encerrada pelo servidor',
    replaced: 'Substituída por uma sessão mais recente',
  },
  endingByForce: 'Forçando o encerramento',
  endingAttempt: (doing, attempt) => count(attempt, { other: `${doing} · tentativa #` }),
  attempt: (attempt) => count(attempt, { other: 'Tentativa #' }),

  serverSays: 'O servidor diz',
  serverSaid: (text) => `O servidor diz: “${text}”`,
  code: (code) => `Código ${code}`,
  answeredBy: {
    gateway: 'Um gateway ou firewall parece ter respondido no lugar do servidor.',
    'sign-in': 'Uma página de entrada parece ter respondido no lugar do servidor.',
    nobody: 'A resposta estava vazia, então não diz que a sessão está encerrada.',
    unknown: 'O que respondeu não fala como o servidor de chat.',
  },
  answererCalled: (name) => `O nome indicado é “${name}”.`,
  answererSaid: (text) => `Diz: “${text}”`,
  faults: {
    CONNECTION_REFUSED: 'Nada aceita conexões no endereço do servidor.',
    NAME_NOT_FOUND: 'Não foi possível resolver o nome do servidor.',
    CONNECTION_BROKEN: 'A conexão caiu antes de a resposta estar completa.',
    CONNECT_TIMEOUT: 'Não foi possível conectar ao servidor a tempo.',
    TLS_FAILED: 'Não foi possível estabelecer uma conexão segura com o servidor.',
    CERTIFICATE_REJECTED: 'O certificado do servidor não é confiável.',
    CLIENT_CERTIFICATE_REJECTED:
      'O servidor não aceitou o certificado de cliente deste computador, ou não há nenhum.',
    PROXY_UNREACHABLE: 'Não foi possível acessar o proxy.',
    PROXY_REFUSED: 'O proxy não se conectou ao servidor.',
    PROXY_AUTHENTICATION_REQUIRED: 'O proxy pede nome de usuário e senha.',
    PROXY_NOT_SUPPORTED: 'O sistema indica um tipo de proxy que o Signoff não pode usar.',
    NO_CONNECTION: 'Não foi possível acessar o servidor.',
    TIMED_OUT: 'O servidor recebeu a solicitação, mas não respondeu a tempo.',
    NOT_THIS_API: 'O que respondeu não é um servidor de chat.',
    REPLY_TOO_LARGE: 'A resposta era grande demais para ser de um servidor de chat.',
  },
  faultStatus: (status) => `O servidor respondeu com o status de erro ${status}.`,
  faultWithoutReason: 'O servidor recusou sem informar o motivo.',
  nextTry: (duration) => `Nova tentativa em ${duration}`,
  nextTryNow: 'Nova tentativa agora',
  nextTryOnline: 'Nova tentativa assim que houver rede',
  nextNeedsForce: 'Precisa de você: force, ou termine seus chats e tente novamente.',
  nextNeedsAddress:
    'Precisa de você: o endereço pode estar errado. O Signoff tenta novamente quando você sai.',
  nextWhenLeaving: 'Continua mantida. O Signoff tenta novamente quando você sai.',

  firstRunTitle: 'Sessão encerrada, aconteça o que acontecer',
  firstRunAdd:
    'Adicione a sessão em que você trabalha, e o Signoff a encerra no servidor de chat quando você sai.',
  firstRunSignIn:
    'Entre por aqui, e o Signoff encerra sua sessão no servidor de chat quando você sai.',
  firstRunEither:
    'Entre por aqui ou adicione a sessão em que você trabalha. O Signoff a encerra no servidor de chat quando você sai.',
  firstRunLeave:
    'Saia, faça logout, desligue ou perca o computador: nenhuma sessão fica para trás.',
  firstRunSee: 'Você vê o que o servidor respondeu e quanto tempo levou.',
  emptyTitle: 'Nenhuma sessão mantida',
  emptyText: 'Adicione a próxima quando você entrar no chat.',
  emptySignIn: 'Entre de novo quando voltar ao trabalho.',
  emptyCommand: 'Ou na linha de comando:',
  lately: 'Encerradas agora há pouco',
  serverTook: (processing, roundTrip) => `O servidor levou ${processing} de ${roundTrip}`,
  roundTripTook: (roundTrip) => `Levou ${roundTrip}`,
  allResults: 'Todos os resultados',

  offlineTitle: 'Sem rede',
  offlineText:
    'As sessões continuam mantidas. Nada pode ser encerrado até que este computador esteja conectado novamente; o que estiver pendente será encerrado então.',
  notDurableTitle: 'Somente na memória',
  notDurableText:
    'Este computador não oferece criptografia, por isso as sessões ficam somente na memória. Se o Signoff for interrompido à força, não poderá encerrá-las na próxima inicialização.',
  folderUnusableText:
    'Não é possível gravar na pasta do Signoff neste computador, por isso as sessões ficam somente na memória. Se o Signoff for interrompido à força, não poderá encerrá-las na próxima inicialização. O departamento de TI encontra o motivo no log.',
  keyPendingTitle: 'Ainda não salvas com segurança',
  keyPendingText:
    'O Windows ainda não salvou a chave com que as sessões são criptografadas. Se este computador falhar nos próximos segundos, o Signoff não poderá encerrá-las na próxima inicialização.',
  setAsideTitle: 'Não foi possível ler sessões anteriores',
  setAsideText: (file) =>
    `Se você estava conectado, encerre a sessão manualmente no seu console. O arquivo foi guardado para a TI como “${file}”.`,

  addHint: 'Digite os dados ou cole-os como JSON em qualquer lugar deste formulário.',
  holdSession: 'Manter sessão',
  notTaken: (keys) => `Não aproveitado do que você colou: ${keys}`,
  cleaned: (fields) => `Sem o que foi copiado a mais: ${fields}. Confira.`,
  pastedBroken: (line, column) =>
    `O que você colou não é um JSON completo: há um erro na linha ${line}, no caractere ${column}.`,
  pastedCutOff: 'O que você colou não é um JSON completo: falta o final.',
  optional: 'opcional',
  showSessionId: 'Mostrar o ID da sessão',
  fields: {
    server: 'Endereço do servidor',
    fqSiteName: 'Nome do site',
    pool: 'Pool',
    accountId: 'ID da conta',
    sessionId: 'ID da sessão',
    label: 'Rótulo',
  },
  hints: {
    server: 'Por exemplo, https://chat.example.com',
    fqSiteName: 'Por exemplo, day001_221100_sql_001h',
    pool: 'Por exemplo, 297:1',
    accountId: 'Por exemplo, 12',
    sessionId: 'Mantido em segredo',
    label: 'Como você a chama',
  },
  problems: {
    missing: 'está faltando',
    'too-long': 'tem mais de 512 caracteres',
    'label-too-long': 'tem mais de 100 caracteres',
    'not-ascii': 'só aceita letras, números e sinais ASCII, sem espaços',
    'control-characters': 'não aceita quebras de linha nem outros caracteres de controle',
    'invisible-characters':
      'não aceita caracteres invisíveis, como os que acompanham texto copiado',
    'stray-signs': 'não aceita aspas, vírgulas nem outros sinais alheios',
    colon: 'não pode conter dois-pontos',
    'not-a-site': 'não é um nome de site',
    'whole-address': 'deve ser só o nome, não um endereço inteiro',
    'not-a-kind': 'deve ser uma sessão de agente ou uma interação',
    'not-a-field': 'não é um campo de uma sessão',
    'not-an-address': 'deve ser um endereço como https://chat.example.com',
    'not-https': 'deve começar com https://',
    'plain-http': 'deve começar com https://; http:// só é aceito para este próprio computador',
    credentials: 'não pode conter nome de usuário nem senha',
    'more-than-host': 'deve ser somente o endereço, sem nada depois do host e da porta',
    'not-allowed': 'não está entre os servidores que sua organização permite (allowedServers)',
    'not-offered': 'Sua organização não oferece a entrega de sessões (sessionsFrom).',
  },
  fieldProblem: (field, problem) => `${field}: ${problem}`,
  unknownFieldProblem: (field, problem) => `“${field}”: ${problem}`,

  checkAddress: 'Verificar o endereço',
  checking: 'Verificando…',
  checkWell: (duration) =>
    `O endereço está correto. O servidor respondeu em ${duration}; nada foi encerrado.`,
  checkWrong: {
    host: 'Nenhum servidor de chat responde neste endereço.',
    site: 'O servidor não conhece este site.',
    pool: 'O servidor conhece o site, mas não este pool.',
    unclear: 'Houve uma resposta, mas ela não diz se o endereço está correto.',
  },

  stoppedWhileHeld: (held) =>
    count(held, {
      one: 'O Signoff parou inesperadamente enquanto mantinha # sessão',
      other: 'O Signoff parou inesperadamente enquanto mantinha # sessões',
    }),
  stillAtWork: 'Você ainda está trabalhando?',
  withoutAnswer: (held, duration) =>
    count(held, {
      one: `Sem resposta, ela é encerrada em ${duration}.`,
      other: `Sem resposta, elas são encerradas em ${duration}.`,
    }),
  leftoverSaid: (stopped, names, question, warning) =>
    `${stopped}: ${names}. ${question} ${warning}`,
  seconds: (seconds) => count(seconds, { one: '# segundo', other: '# segundos' }),
  keepHolding: 'Continuar mantendo',
  signOffNow: 'Encerrar agora',

  endedByServer: 'Encerrada pelo servidor',
  replaced: 'Substituída por uma sessão mais recente',

  presence: {
    present: 'Presente',
    reconnecting: 'Reconectando',
    dropped: 'Descartada pelo servidor',
  },
  droppedIn: (time) => `Reconectando: descartada em ${time}`,
  presenceMeans: {
    reconnecting: 'Não é possível acessar o servidor. O Signoff continua tentando.',
    dropped:
      'O servidor ficou muito tempo sem notícias suas e não envia mais chats para você. Encerre a sessão e entre de novo.',
  },
  presenceDoubted: (said) =>
    `O que responde não diz que você está presente. O Signoff continua tentando. Diz: “${said}”`,
  chatOffered: (time) =>
    `Um chat foi oferecido a você às ${time}. O Signoff não pode aceitar chats: aceite-o no seu console, ou o servidor o dará a outra pessoa.`,
  headlineReconnecting: (away) => count(away, { other: '# reconectando' }),
  headlineDropped: (away) => count(away, { one: '# descartada', other: '# descartadas' }),

  activity: {
    of: (name) => `Status de ${name}`,
    values: {
      available: 'Disponível',
      unavailable: 'Indisponível',
      unknown: 'Status desconhecido',
    },
    kinds: 'Para o que você está disponível',
    reasons: 'Por que você está indisponível',
    changing: 'Alterando…',
  },
  activityProblems: {
    conflict: (serverWords) =>
      `O servidor não aceitou, porque isso entra em conflito com o que você está fazendo nele. Ele diz: ${serverWords}`,
    notChanged: (serverWords) => `Seu status não foi alterado: ${serverWords}`,
    noSession: 'Nenhuma sessão iniciada aqui está mantida, portanto não há status para definir.',
  },

  originAsks: (host) => `${host} quer entregar sessões`,
  originMeans:
    'Permita somente se este for o console em que você trabalha. O Signoff mantém as sessões que ele entrega e as encerra quando você sai.',
  originWithoutAnswer: (duration) => `Sem resposta, ele é recusado em ${duration}.`,
  originSaid: (asks, origin, means) => `${asks}: ${origin}. ${means}`,
  allowOrigin: 'Permitir',
  denyOrigin: 'Não permitir',

  calledOffTitle: 'O desligamento foi cancelado',
  calledOffText: (ended, signedOut) => {
    const text = count(ended, {
      one: 'O Signoff já havia encerrado # sessão.',
      other: 'O Signoff já havia encerrado # sessões.',
    });
    return signedOut ? `${text} Entre de novo para continuar.` : text;
  },
  calledOffSaid: (title, names, means) => `${title}: ${names}. ${means}`,
  signInAgain: 'Entrar de novo',

  leavingTitle: 'Encerrando as sessões antes de sair…',
  leavingLeft: (left) => count(left, { one: 'Falta encerrar #', other: 'Faltam encerrar #' }),
  leavingNothingLeft: 'Tudo está encerrado.',
  leavingList: 'O que está sendo encerrado',
  over: 'Encerrada',
  waiting: 'Aguardando',
  notOver: (held) =>
    held === 1
      ? 'Uma sessão não foi encerrada'
      : count(held, { other: '# sessões não foram encerradas' }),
  notEnded: (held) =>
    count(held, {
      one: 'O Signoff não conseguiu encerrá-la.',
      other: 'O Signoff não conseguiu encerrá-las.',
    }),
  notOverList: 'O que não foi encerrado',
  mayNotQuit: 'Sua organização não permite sair do Signoff enquanto houver alguma sessão mantida.',
  stay: 'Manter o Signoff aberto',
  quitsWithoutAnswer: 'Sem resposta, o Signoff sai.',
  quitFinishesLater: 'Sair; o Signoff terminará na próxima inicialização',
  quitLeavesOpen:
    'Sair mesmo assim; estas sessões ficam abertas no servidor até que ele as descarte (até 6 minutos)',
};
