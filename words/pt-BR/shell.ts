import { createCounting } from '../counting.ts';
import type { shell as english } from '../en/shell.ts';

const count = createCounting('pt-BR');

export const shell: typeof english = {
  nothingHeld: 'Nenhuma sessão mantida',
  held: (held) => count(held, { one: '# sessão mantida', other: '# sessões mantidas' }),
  notEndedYet: (failed) =>
    count(failed, { one: '# não pôde ser encerrada', other: '# não puderam ser encerradas' }),
  tooltip: (state) => `Signoff: ${state.charAt(0).toLowerCase()}${state.slice(1)}`,
  stillAtWork: 'O Signoff parou inesperadamente. Você ainda está trabalhando?',
  keepHolding: 'Continuar mantendo',
  signOffNow: 'Encerrar agora',
  signOff: (name) => `Encerrar ${name}`,
  signingOff: (name) => `Encerrando ${name}…`,
  more: (more) => count(more, { other: 'e mais #' }),
  heldElsewhere: (host) => `Mantida por ${host}…`,
  signOffAll: 'Encerrar todas',
  open: 'Abrir o Signoff',
  quit: 'Encerrar sessões e sair',

  present: (name) => `${name}: presente`,
  reconnecting: (name, left) =>
    left === null ? `${name}: reconectando` : `${name}: reconectando, descartada em até ${left}`,
  dropped: (name) => `${name}: descartada pelo servidor`,
  reconnectingCount: (away) => count(away, { other: '# reconectando' }),
  droppedCount: (away) =>
    count(away, { one: '# descartada pelo servidor', other: '# descartadas pelo servidor' }),
  activity: (name, value) => `${name}: ${value}`,
  activityValues: {
    available: 'Disponível',
    unavailable: 'Indisponível',
    unknown: 'Status desconhecido',
  },
  availableAs: (kind) => `Disponível: ${kind}`,
  unavailableBecause: (reason) => `Indisponível: ${reason}`,
  originWants: (host) => `${host} quer entregar sessões…`,
  calledOff: (ended) =>
    count(ended, {
      one: 'Desligamento cancelado: # sessão encerrada',
      other: 'Desligamento cancelado: # sessões encerradas',
    }),

  inTrayTitle: 'O Signoff continua em execução',
  inTrayBody:
    'Ele fica na bandeja do sistema para encerrar suas sessões quando você sai. Para fechá-lo, escolha ali “Encerrar sessões e sair”.',
  leftoverTitle: 'Você ainda está trabalhando?',
  leftoverBody: (held) =>
    count(held, {
      one: 'O Signoff parou enquanto mantinha # sessão. Sem resposta, ele a encerra em breve.',
      other: 'O Signoff parou enquanto mantinha # sessões. Sem resposta, ele as encerra em breve.',
    }),

  notEnded: (name, outcome) => ({
    title: `Não foi possível encerrar ${name}`,
    body: `${outcome}. A sessão continua mantida.`,
  }),
  replaced: (name) => ({
    title: `${name} foi substituída`,
    body: 'Uma sessão mais recente da mesma conta foi entregue. Esta não é mais mantida.',
  }),
  letGo: (name) => ({
    title: `${name} não é mais mantida`,
    body: 'O encerramento nunca foi confirmado, mas o servidor não mantém por tanto tempo um agente ausente.',
  }),
  severalNotEnded: (held) => ({
    title: count(held, {
      one: 'Não foi possível encerrar # sessão',
      other: 'Não foi possível encerrar # sessões',
    }),
    body: 'Elas continuam mantidas.',
  }),
  leftoverEnded: (name) => ({
    title: `${name}: sessão encerrada`,
    body: 'Ela estava pendente de antes de o Signoff ser iniciado.',
  }),
  leftoversEnded: (ended) => ({
    title: count(ended, { one: '# sessão encerrada', other: '# sessões encerradas' }),
    body: 'Elas estavam pendentes de antes de o Signoff ser iniciado.',
  }),
  handedIn: (name) => ({
    title: `${name}: sessão mantida`,
    body: 'Ela foi entregue fora da janela e é encerrada quando você sai.',
  }),
  severalHandedIn: (held) => ({
    title: count(held, { one: '# sessão mantida', other: '# sessões mantidas' }),
    body: 'Elas foram entregues fora da janela e são encerradas quando você sai.',
  }),

  activityNotChanged: (name) => `${name}: status não alterado`,
  severalActivitiesNotChanged: (agents) =>
    count(agents, { other: 'Status de # agentes não alterado' }),
  chatOffered: (name, isSetUnavailable) => ({
    title: `${name}: um chat está sendo oferecido a você`,
    body: isSetUnavailable
      ? 'O Signoff não pode aceitar chats. Aceite-o no seu console, ou o servidor o dará a outra pessoa. Você foi definido como indisponível.'
      : 'O Signoff não pode aceitar chats. Aceite-o no seu console, ou o servidor o dará a outra pessoa.',
  }),
  endedByServer: (name) => ({
    title: `${name}: sessão encerrada pelo servidor`,
    body: 'Você foi desconectado dele e não recebe mais chats. Entre de novo para continuar.',
  }),
  originAsks: (origin) => ({
    title: 'Um console no navegador quer entregar sessões',
    body: `O pedido vem de ${origin}. Abra o Signoff para permitir ou não.`,
  }),
  unreachable: (name) => ({
    title: `${name}: não é possível acessar o servidor`,
    body: 'O Signoff continua tentando. Se isso persistir, o servidor descarta a sessão e você deixa de receber chats.',
  }),
};
