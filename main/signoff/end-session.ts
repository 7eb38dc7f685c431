import { logoff } from '../chat/agent-api.ts';
import { concludeEngagement } from '../chat/consumer-api.ts';
import type { Transport } from '../chat/transport.ts';
import type { EndSession } from './sign-off.ts';

/** The call that ends a session of each kind: logoff for an agent's, conclude for an engagement. */
export function createEndSession(transport: Transport): EndSession {
  return (session, { forced, sequenceNumber, timeCreated }, signal) => {
    const address = { server: session.server, fqSiteName: session.fqSiteName, pool: session.pool };
    const { sessionId } = session;
    if (session.kind === 'engagement') {
      return concludeEngagement(transport, { address, sessionId }, signal);
    }
    const { accountId } = session;
    return logoff(
      transport,
      {
        address,
        accountId,
        sessionId,
        forceLogoff: forced,
        sequenceNumber: BigInt(sequenceNumber),
        timeCreated,
      },
      signal,
    );
  };
}
