import { getMessages, logoff, type PollNews } from '../../main/chat/agent-api.ts';
import type { Answer } from '../../main/chat/answer.ts';
import type { CallEnd } from '../../main/chat/call-end.ts';
import { concludeEngagement } from '../../main/chat/consumer-api.ts';
import type { Transport } from '../../main/chat/transport.ts';
import { transportOver } from './network.ts';
import { SAMPLE } from './samples.ts';

interface Change {
  fqSiteName?: string;
  pool?: string | null;
  accountId?: string;
  sessionId?: string;
  forceLogoff?: boolean;
  sequenceNumber?: bigint;
  timeCreated?: number;
  signal?: AbortSignal;
  /** Straight to the server, if not told. */
  transport?: Transport;
}

const directRoute = transportOver();
const NEVER = new AbortController().signal;

/** The logoff of the agent page's sample, sent to this server; with the changes, if any. */
export async function logoffAt(server: string, change: Change = {}): Promise<CallEnd> {
  const { signal = NEVER, transport = directRoute, fqSiteName, pool, ...changed } = change;
  const { agent } = SAMPLE;
  return logoff(
    transport,
    {
      address: {
        server,
        fqSiteName: fqSiteName ?? agent.fqSiteName,
        pool: pool === undefined ? agent.pool : pool,
      },
      accountId: agent.accountId,
      sessionId: agent.sessionId,
      forceLogoff: false,
      sequenceNumber: 3n,
      timeCreated: 1618317020415,
      ...changed,
    },
    signal,
  );
}

/** A poll for the agent page's sample, sent to this server. */
export async function pollAt(server: string): Promise<Answer<PollNews>> {
  const { fqSiteName, pool, accountId, sessionId } = SAMPLE.agent;
  const request = {
    address: { server, fqSiteName, pool },
    accountId,
    sessionId,
    sequenceNumber: 4n,
    timeCreated: 1618317020415,
  };
  return getMessages(directRoute, request, NEVER);
}

/** The logoff's counterpart for the consumer page's sample. */
export async function concludeAt(server: string, change: Change = {}): Promise<CallEnd> {
  const { engagement } = SAMPLE;
  const { signal = NEVER, transport = directRoute, fqSiteName, pool, sessionId } = change;
  return concludeEngagement(
    transport,
    {
      address: {
        server,
        fqSiteName: fqSiteName ?? engagement.fqSiteName,
        pool: pool === undefined ? engagement.pool : pool,
      },
      sessionId: sessionId ?? engagement.sessionId,
    },
    signal,
  );
}
