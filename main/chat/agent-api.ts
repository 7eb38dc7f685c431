import { type Address, callUrl } from './address.ts';
import type { CallEnd } from './call-end.ts';
import { readAgentReply } from './reply.ts';
import type { Transport } from './transport.ts';

export interface LogoffRequest {
  readonly address: Address;
  readonly accountId: string;
  readonly sessionId: string;
  readonly forceLogoff: boolean;
  /** The client's own transaction number, an int64. */
  readonly sequenceNumber: bigint;
  /** Epoch milliseconds. */
  readonly timeCreated: number;
}

/**
 * Logs an agent session off: the agent API's `logoff`, as its page has it. Resolves with how the
 * call ended, whatever the server or the network does; see `CallEnd` for the faults.
 */
export async function logoff(
  transport: Transport,
  request: LogoffRequest,
  signal: AbortSignal,
): Promise<CallEnd> {
  return transport(
    {
      url: callUrl(request.address, 'agent', 'logoff'),
      headers: { 'X-AID': request.accountId, 'X-JSESSIONID': request.sessionId },
      secret: request.sessionId,
      // Written out because JSON.stringify cannot write an int64 exactly; spaced as in the page's sample.
      body:
        `{ "timeCreated" : ${request.timeCreated}, "sequenceNumber" : ${request.sequenceNumber},` +
        ` "forceLogoff" : ${request.forceLogoff} }`,
      readReply: readAgentReply,
    },
    signal,
  );
}
