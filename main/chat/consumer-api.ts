import { type Address, callUrl } from './address.ts';
import type { CallEnd } from './call-end.ts';
import { readConsumerReply } from './reply.ts';
import type { Transport } from './transport.ts';

export interface ConcludeEngagementRequest {
  readonly address: Address;
  readonly sessionId: string;
}

/** The consumer API's `concludeEngagement`: ends an engagement. Never rejects; see `CallEnd` for the faults. */
export async function concludeEngagement(
  transport: Transport,
  request: ConcludeEngagementRequest,
  signal: AbortSignal,
): Promise<CallEnd> {
  return transport(
    {
      name: 'concludeEngagement',
      method: 'POST',
      url: callUrl(request.address, 'consumer', 'concludeEngagement'),
      headers: { SessionId: request.sessionId },
      secrets: [request.sessionId],
      body: '{}',
      readReply: readConsumerReply,
    },
    signal,
  );
}
