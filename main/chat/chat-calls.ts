import type { Address } from './address.ts';
import {
  type ActivityRequest,
  type AgentRequest,
  createAgentSession,
  type CreateRequest,
  getMessages,
  logoff,
  type LogoffRequest,
  type PollNews,
  setActivityStatus,
} from './agent-api.ts';
import type { Answer } from './answer.ts';
import type { CallEnd } from './call-end.ts';
import { type AddressCheck, checkAddress } from './check-address.ts';
import { agentToken, serviceSettings, type SiteLogin } from './site-api.ts';
import type { Transport } from './transport.ts';

/**
 * The calls to chat servers and their sites; see `agent-api.ts`, `site-api.ts` and `check-address.ts` for each.
 * What they take and give can be cloned, as they are made on another thread.
 */
export interface ChatCalls {
  serviceSettings(login: SiteLogin, signal: AbortSignal): Promise<Answer<Address>>;
  agentToken(login: SiteLogin, signal: AbortSignal): Promise<Answer<string>>;
  /**
   * Resolves with what `take` makes of the answer. It is called in the very turn in which the answer is there, also
   * while the main thread blocks: a session that exists is to be held before anything else. It may not throw.
   */
  createAgentSession<Taken>(
    request: CreateRequest,
    signal: AbortSignal,
    take: (answer: Answer<string>) => Taken,
  ): Promise<Taken>;
  getMessages(request: AgentRequest, signal: AbortSignal): Promise<Answer<PollNews>>;
  setActivityStatus(request: ActivityRequest, signal: AbortSignal): Promise<CallEnd>;
  logoff(request: LogoffRequest, signal: AbortSignal): Promise<CallEnd>;
  /** Resolves within ten seconds. */
  checkAddress(address: Address, signal: AbortSignal): Promise<AddressCheck>;
}

const CHECK_WITHIN_MS = 10_000;

export function chatCalls(transport: Transport): ChatCalls {
  return {
    serviceSettings: (login, signal) => serviceSettings(transport, login, signal),
    agentToken: (login, signal) => agentToken(transport, login, signal),
    createAgentSession: async (request, signal, take) =>
      take(await createAgentSession(transport, request, signal)),
    getMessages: (request, signal) => getMessages(transport, request, signal),
    setActivityStatus: (request, signal) => setActivityStatus(transport, request, signal),
    logoff: (request, signal) => logoff(transport, request, signal),
    checkAddress(address, signal) {
      const inTime = AbortSignal.any([signal, AbortSignal.timeout(CHECK_WITHIN_MS)]);
      return checkAddress(transport, address, inTime);
    },
  };
}
