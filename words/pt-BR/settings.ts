import type { settings as english } from '../en/settings.ts';

export const settings: typeof english = {
  title: 'Configurações',
  close: 'Fechar',
  managed: 'Gerenciado pela sua organização',

  general: 'Geral',
  notifications: 'Notificações',
  away: 'Quando você está ausente',
  browser: 'Entrega pelo navegador',
  leftovers: 'Após uma falha',

  startAtLogin: 'Iniciar quando você entra no computador',
  startAtLoginHint: 'Na bandeja do sistema, sem janela.',
  startAtLoginBy: {
    desktop: 'Desativado nas configurações da área de trabalho',
    installation: 'Ativado pela instalação',
  },
  language: 'Idioma',
  systemLanguage: (name) => `Igual ao sistema (${name})`,
  appearance: 'Aparência',
  appearances: { system: 'Igual ao sistema', light: 'Clara', dark: 'Escura' },

  notifyOutcomes: 'Resultados que precisam de você',
  notifyOutcomesHint: 'O que não pôde ser encerrado, e o que restou de uma falha e foi encerrado.',
  notifyHandIns: 'Sessões entregues',
  notifyHandInsHint: 'Uma sessão foi entregue fora desta janela.',

  awayHint:
    'Só ficam indisponíveis as sessões em que você entrou por aqui. Quando você volta, as que estavam disponíveis voltam a ficar disponíveis.',
  awayChoices: {
    nothing: 'Não fazer nada',
    unavailable: 'Ficar indisponível',
    'sign-off': 'Encerrar as sessões',
  },
  onSuspend: 'Quando o computador é suspenso',
  onLock: 'Quando a tela é bloqueada',
  onLockHint: 'Requer um ambiente de trabalho que avise disso, como GNOME ou KDE.',
  onDisconnect: 'Quando a sessão do computador é desconectada',
  onDisconnectHint:
    'Quando uma sessão de área de trabalho remota é desconectada ou outra pessoa assume a tela.',
  asLock: 'Como ao bloquear a tela',
  onIdle: 'Quando ninguém usa o computador',
  idleMinutes: 'Minutos sem atividade',

  browserHandIn: 'Permitir que consoles no navegador entreguem sessões',
  browserHandInHint: 'Somente os indicados abaixo, e cada um depois que você o permitir.',
  browserOrigins: 'Endereços dos consoles',
  browserOriginsHint: 'Um endereço por linha, como https://console.example.com',
  notAnOrigin: (line) => `“${line}” não é um endereço como https://console.example.com.`,
  browserProblems: {
    portTaken: (port: number) =>
      `Outro programa, ou o Signoff de outra pessoa, já usa a porta ${port}. O Signoff tenta de novo a cada minuto.`,
    portFails: (port: number, code: string) =>
      `Não foi possível abrir a porta ${port} (${code}). O Signoff tenta de novo a cada minuto.`,
  },
  browserAccess: 'O que um console precisa',
  browserAccessHint: 'Este endereço e um token secreto:',
  copyToken: 'Copiar o token',

  receiptDays: 'Dias em que os resultados são guardados',
  receiptDaysHint: 'São excluídos meses inteiros, por isso alguns ficam por mais tempo.',

  leftover: 'Se o Signoff parou enquanto você continuava trabalhando',
  leftoverHint: 'O que acontece com as sessões que ele mantinha.',
  leftoverChoices: {
    ask: 'Perguntar; encerrar se não houver resposta',
    'sign-off': 'Encerrar imediatamente',
    resume: 'Continuar mantendo',
  },

  range: (least, most) => `De ${least} a ${most}`,
  problems: {
    managed: 'Sua organização gerencia esta configuração.',
    'out-of-bounds': 'Esta configuração não pode ter esse valor.',
    'not-saved': 'Não foi possível salvar; nada mudou. O disco está cheio?',
  },
  outOfRange: (least, most) => `Pode ser um número inteiro de ${least} a ${most}.`,

  helpTitle: 'Atalhos de teclado',
  version: (version) => `Signoff ${version}`,
  shortcuts: {
    signIn: 'Entrar',
    add: 'Adicionar uma sessão',
    search: 'Pesquisar nos resultados',
    settings: 'Abrir as configurações',
    sessions: 'Mostrar as sessões',
    results: 'Mostrar os resultados',
    signOffAll: 'Encerrar todas',
    resultStep: 'Nos resultados: um acima ou abaixo',
    resultPage: 'Nos resultados: vários acima ou abaixo',
    resultEnd: 'Nos resultados: ao primeiro ou ao último',
    chartStep: 'Em um gráfico: pelo que se destaca',
    zoomIn: 'Ampliar tudo',
    zoomOut: 'Reduzir tudo',
    zoomReset: 'Mostrar tudo no tamanho normal',
    help: 'Abrir esta ajuda',
    close: 'Fechar o que está aberto',
  },
  keys: {
    control: 'Ctrl',
    shift: 'Shift',
    escape: 'Esc',
    pageUp: 'Page Up',
    pageDown: 'Page Down',
    home: 'Home',
    end: 'End',
  },
  or: 'ou',
};
