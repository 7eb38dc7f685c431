import type { PracticeServer } from '../../simulator/practice-server.ts';
import { command } from './apps.ts';

const session = { fqSiteName: 'day001_221100_sql_001h', accountId: '12', pool: '297:1' };

/** Makes the practice server know an agent session. */
export function addSession(server: PracticeServer, sessionId: string): void {
  server.addAgent({ ...session, sessionId });
}

/** Hands an agent session that the server knows in to the running app. */
export async function hold(
  dataDir: string,
  server: PracticeServer,
  sessionId: string,
): Promise<void> {
  addSession(server, sessionId);
  const text = JSON.stringify({ kind: 'agent', server: server.url, ...session, sessionId });
  await command(dataDir, { command: 'hold', text });
}

/** The arguments with which curl sends the forced logoff that Signoff sends. */
export function curlArguments(server: PracticeServer, sessionId: string): string[] {
  const url = `${server.url}/engagement/api/agent/${session.fqSiteName}/v1/logoff?pool=${session.pool}`;
  const headers = [
    'Content-Type: application/json; charset=UTF-8',
    `X-AID: ${session.accountId}`,
    `X-JSESSIONID: ${sessionId}`,
  ].flatMap((header) => ['-H', header]);
  const body = `{ "timeCreated" : ${Date.now()}, "sequenceNumber" : 1, "forceLogoff" : true }`;
  return ['-s', '-X', 'POST', url, ...headers, '-d', body];
}
