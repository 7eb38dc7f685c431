import type { CallEnd } from '../../main/chat/call-end.ts';
import type { Resolve } from '../../main/chat/server-addresses.ts';
import { logoffAt } from './chat-calls.ts';
import { networkWith, transportOver } from './network.ts';

/**
 * Two logoffs, one after the other, over one network: at a server whose name has these addresses, and whose certificate
 * this authority has issued.
 */
export async function logoffTwice(
  server: string,
  { ca, addresses }: { ca: string; addresses: Awaited<ReturnType<Resolve>> },
): Promise<[first: CallEnd, second: CallEnd]> {
  const network = networkWith({ extraCaCertificates: ca }, { resolveName: async () => addresses });
  const logoff = (): Promise<CallEnd> => logoffAt(server, { transport: transportOver(network) });
  return [await logoff(), await logoff()];
}
