import { logoff } from '../chat/agent-api.ts';
import { concludeEngagement } from '../chat/consumer-api.ts';
import type { Transport } from '../chat/transport.ts';
import type { EndSession } from './sign-off.ts';

/** The call that ends a session of each kind: logoff for an agent's, conclude for an engagement. */
export function createEndSession(transport: Transport): EndSession {
  return (session, { forced, sequenceNumber, timeCreated }, signal) => {
    const { server, fqSiteName, pool, sessionId } = session;
    const address = { server, fqSiteName, pool };
    if (session.kind === 'engagement') {
      return concludeEngagement(transport, { address, sessionId }, signal);
    }
    const request = {
      address,
      accountId: session.accountId,
      sessionId,
      forceLogoff: forced,
      sequenceNumber: BigInt(sequenceNumber),
      timeCreated,
    };
    return logoff(transport, request, signal);
  };
}
