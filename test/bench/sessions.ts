import type { PracticeServer } from '../../simulator/practice-server.ts';
import { command } from './apps.ts';

const session = { fqSiteName: 'day001_221100_sql_001h', accountId: '12', pool: '297:1' };

/** Makes the practice server know an agent session. */
export function addSession(
  server: PracticeServer,
  sessionId: string,
  accountId = session.accountId,
): void {
  server.addAgent({ ...session, sessionId, accountId });
}

/** Hands an agent session that the server knows in to the running app. `url`: the way to the server. */
export async function hold(
  dataDir: string,
  server: PracticeServer,
  sessionId: string,
  url = server.url,
): Promise<void> {
  // Another session of the same account would take its place.
  const accountId = `of-${sessionId}`;
  addSession(server, sessionId, accountId);
  const text = JSON.stringify({ kind: 'agent', server: url, ...session, sessionId, accountId });
  await command(dataDir, { command: 'hold', text });
}

/** The forced logoff that Signoff sends, without the session's id. */
export function forcedLogoff(server: string): {
  url: string;
  headers: Readonly<Record<string, string>>;
  body: string;
} {
  return {
    url: `${server}/engagement/api/agent/${session.fqSiteName}/v1/logoff?pool=${session.pool}`,
    headers: {
      'Content-Type': 'application/json; charset=UTF-8',
      'X-AID': session.accountId,
    },
    body: `{ "timeCreated" : ${Date.now()}, "sequenceNumber" : 1, "forceLogoff" : true }`,
  };
}

/** The arguments with which curl sends it. */
export function curlArguments(server: string, sessionId: string): string[] {
  const { url, headers, body } = forcedLogoff(server);
  const lines = Object.entries({ ...headers, 'X-JSESSIONID': sessionId });
  return [
    '-s',
    '-X',
    'POST',
    url,
    ...lines.flatMap(([name, value]) => ['-H', `${name}: ${value}`]),
    '-d',
    body,
  ];
}
