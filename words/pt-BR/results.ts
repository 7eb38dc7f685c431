import { createCounting } from '../counting.ts';
import type { results as english } from '../en/results.ts';

const count = createCounting('pt-BR');

const counted = (found: number): string =>
  count(found, { one: '# resultado', other: '# resultados' });

export const results: typeof english = {
  title: 'Resultados',

  whatHappened: {
    ended: 'O servidor encerrou a sessão.',
    'already-over': 'O servidor disse que a sessão já estava encerrada antes da solicitação.',
    refused: 'O servidor não quis encerrar a sessão. Ela continua mantida.',
    'not-found':
      'O que respondeu não é este servidor de chat, ou não conhece este site. A sessão continua mantida.',
    'server-error': 'O servidor falhou ao encerrá-la. A sessão continua mantida.',
    unreachable: 'Não foi possível acessar o servidor. A sessão continua mantida.',
    'timed-out': 'O servidor não respondeu a tempo. A sessão continua mantida.',
    unconfirmed:
      'O próprio servidor de chat não disse que a sessão está encerrada. Ela continua mantida, e o Signoff tenta novamente.',
    letGo:
      'O próprio servidor de chat nunca disse que a sessão está encerrada. O servidor não mantém por tanto tempo um agente ausente; por isso a sessão não é mais mantida.',
    server: 'O servidor encerrou a sessão por conta própria. O Signoff não havia pedido.',
    replaced:
      'Uma sessão mais recente da mesma conta foi entregue e tomou o lugar desta. Ao que parece, o console foi recarregado; o servidor não conhece mais uma sessão anterior.',
  },
  consoleMayHaveAnother:
    'O console pode ter recebido desde então um novo identificador de sessão, por ter sido recarregado: se você ainda está trabalhando, entregue esse.',
  causeNames: {
    asked: 'A seu pedido',
    quit: 'Saída',
    shutdown: 'Desligamento',
    signal: 'Sinal do sistema',
    suspend: 'Suspensão',
    lock: 'Bloqueio de tela',
    disconnect: 'Desconexão do computador',
    idle: 'Inatividade',
    leftover: 'Pendente de antes',
    server: 'O próprio servidor',
    replaced: 'Sessão mais recente',
  },
  forced: 'forçada',
  attempts: (attempts) => count(attempts, { one: '# tentativa', other: '# tentativas' }),

  views: { label: 'Exibição', list: 'Lista', times: 'Ao longo do tempo' },

  list: {
    label: 'Resultados, do mais recente ao mais antigo',
    noneYet: 'Ainda não há resultados',
    noneYetMore: 'O que o servidor responder a cada encerramento aparecerá aqui.',
    noneMatch: 'Nenhum resultado corresponde',
    noneMatchMore: 'Tente outras palavras ou remova um filtro.',
    loading: 'Lendo os resultados…',
    failed: 'Não foi possível ler os resultados.',
    readAgain: 'Ler novamente',
    count: (found, more) =>
      more ? count(found, { other: 'Mais de # resultados' }) : counted(found),
    unreadable: (lines) =>
      count(lines, {
        one: '# resultado salvo não pôde ser lido e foi ignorado.',
        other: '# resultados salvos não puderam ser lidos e foram ignorados.',
      }),
    serverOf: (took) => `Servidor ${took} de`,
    took: 'Levou',
  },

  filter: {
    search: 'Pesquisar resultados',
    searchHint: 'Rótulo, servidor, site, erro',
    show: 'Filtros',
    from: 'De',
    to: 'Até',
    searched: (text) => `“${text}”`,
    since: (day) => `Desde ${day}`,
    until: (day) => `Até ${day}`,
    active: 'Filtros ativos',
    remove: (name) => `Remover filtro: ${name}`,
    clear: 'Limpar todos',
  },

  receipt: {
    back: 'Voltar',
    copyJson: 'Copiar como JSON',
    copyText: 'Copiar como texto',
    copied: 'Copiado.',
    notCopied: 'Não foi possível copiar.',
    said: 'O que o servidor disse',
    wrong: 'O que deu errado',
    code: 'Código',
    status: 'Status HTTP',
    message: 'Mensagem',
    noTimes:
      'Nenhum tempo foi medido: não houve resposta, ou o relógio foi ajustado nesse meio-tempo.',
    details: 'Todos os detalhes',
    reply: 'Resposta bruta',
    replyStatus: (status) => `HTTP ${status}`,
    replyCut: 'Somente o começo foi guardado.',
    replyEmpty: 'A resposta estava vazia.',
    outcome: 'Desfecho',
    cause: 'Causa',
    forced: 'Forçada',
    yes: 'Sim',
    no: 'Não',
    attempts: 'Tentativas',
    proxy: 'Proxy',
    connectedTo: 'Conectado a',
    tried: 'Endereços tentados',
    started: 'Início',
    finished: 'Fim',
    roundTrip: 'Ida e volta',
    processing: 'Processamento no servidor',
    network: 'Rede',
    serviceStarted: 'Início do serviço',
    serviceFinished: 'Fim do serviço',
    clock: 'Relógio do servidor',
    clientId: 'ID do cliente',
    sequenceNumber: 'Número de sequência',
    technical: 'Detalhe técnico',
    implausible: {
      label: 'Implausível',
      negative: 'O servidor diz que terminou antes de começar.',
      longer: 'O servidor diz que trabalhou por mais tempo do que durou toda a ida e volta.',
      clock: 'O relógio do servidor e o deste computador diferem em mais de um dia.',
      other: 'Um dos tempos informados pelo servidor não é possível.',
    },
  },

  waterfall: {
    title: 'Para onde foi o tempo',
    phases: {
      wait: 'Espera por conexão',
      dns: 'DNS',
      tcp: 'TCP',
      tls: 'TLS',
      request: 'Envio',
      firstByte: 'Espera por resposta',
      download: 'Recebimento',
    },
    server: (took) => `Servidor ${took}`,
    network: (took) => `Rede ${took}`,
    placed: (uncertainty) =>
      `A parte do servidor é desenhada no meio da espera dele; pode estar até ${uncertainty} antes ou depois.`,
    table: 'Tempos em tabela',
    part: 'Parte',
    began: 'Começou após',
    took: 'Durou',
    total: 'Total',
  },

  summary: {
    mostlyServer: (took, of) => `O servidor levou ${took} de ${of}: a maior parte do tempo.`,
    mostlyPart: (took, of, part) =>
      `O servidor levou ${took} de ${of}; a maior parte da espera foi ${part}.`,
    longestPart: (took, of, part) =>
      `O servidor levou ${took} de ${of}; a espera mais longa foi ${part}.`,
    noServerMostly: (of, part) => `Levou ${of}; a maior parte foi ${part}.`,
    noServerLongest: (of, part) => `Levou ${of}; a parte mais longa foi ${part}.`,
    noParts: (of) => `Levou ${of}.`,
    serverOnly: (took, of) => `O servidor levou ${took} de ${of}.`,
    parts: {
      wait: 'a espera por uma conexão',
      dns: 'DNS',
      tcp: 'TCP',
      tls: 'TLS',
      request: 'o envio',
      network: 'a rede',
      answer: 'a espera pela resposta',
      download: 'o recebimento',
    },
  },

  times: {
    typically: 'Normalmente:',
    per: 'Por',
    hour: 'Hora',
    day: 'Dia',
    median: 'Mediana',
    percentile: 'Percentil 95',
    outliers: 'Fora da curva',
    outlier: (took, name, when) => `${took}, ${name}, ${when}`,
    chart: (what, low, high) => `${what}: medianas de ${low} a ${high}`,
    bucket: (when, median, p95, found) =>
      `${when}: mediana ${median}, percentil 95 ${p95}, ${counted(found)}`,
    none: 'Ainda não há tempos',
    noneMore: 'Quanto o servidor e a rede demoram aparecerá aqui.',
    noFigures: 'Nenhum destes resultados diz quanto demorou.',
    loading: 'Lendo os tempos…',
    failed: 'Não foi possível ler os tempos.',
    looked: (found, complete) =>
      complete
        ? counted(found)
        : count(found, { one: 'O # mais recente', other: 'Os # mais recentes' }),
    table: 'Gráfico em tabela',
    outliersTable: 'Resultados fora da curva',
    begins: 'Começa',
    count: 'Resultados',
    serverMedian: 'Servidor, mediana',
    serverPercentile: 'Servidor, percentil 95',
    roundTripMedian: 'Ida e volta, mediana',
    roundTripPercentile: 'Ida e volta, percentil 95',
    result: 'Resultado',
  },

  export: {
    as: (format) => `Exportar como ${format}`,
    running: (written) => `Exportando… ${counted(written)} até agora`,
    saved: (found, fileName) =>
      `${count(found, { one: '# resultado salvo', other: '# resultados salvos' })} como ${fileName}.`,
    cancelled: 'Exportação cancelada. Nada foi salvo.',
    failed: (why) => `A exportação falhou: ${why}`,
    faults: {
      'disk-full': 'O disco está cheio. Libere espaço ou escolha outro local.',
      'not-allowed': 'Não é permitido gravar neste local. Escolha outra pasta.',
      'in-use': 'Outro programa está com este arquivo aberto. Feche-o lá ou escolha outro nome.',
      'folder-gone': 'A pasta não existe mais. Escolha outra.',
    },
    otherFault: (code) => `Não foi possível gravar o arquivo (${code}).`,
    showInFolder: 'Mostrar na pasta',
  },
};
