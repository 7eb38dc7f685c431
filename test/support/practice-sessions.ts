import type { Session } from '../../main/sessions/session.ts';
import type { PracticeServer } from '../../simulator/practice-server.ts';

export const SITE = 'day001_221100_sql_001h';

/** A session as it is handed in. */
export interface HandedIn {
  readonly kind: 'agent' | 'engagement';
  readonly server: string;
  readonly sessionId: string;
  readonly label: string;
}

/** An agent session that the server knows, as it is handed in. */
export function agentSession(server: PracticeServer, name: string): HandedIn {
  const session = {
    fqSiteName: SITE,
    accountId: accountOn(server),
    sessionId: `node0${idPart(name)}secret`,
    pool: '297:1',
  };
  server.addAgent(session);
  const address = { server: server.url, label: name };
  return { kind: 'agent', ...address, ...session };
}

/** An engagement that the server knows, as it is handed in. */
export function engagement(server: PracticeServer, name: string): HandedIn {
  const session = { fqSiteName: SITE, sessionId: `192h${idPart(name)}secret`, pool: '297:1' };
  server.addEngagement(session);
  const address = { server: server.url, label: name };
  return { kind: 'engagement', ...address, ...session };
}

/** Each session has an account of its own: another one of the same would take its place. */
function accountOn({ agents }: PracticeServer): string {
  return agents.length === 0 ? '12' : `12-${agents.length}`;
}

/** What an id can have of a name. */
function idPart(name: string): string {
  return name.replaceAll(/[^\w.-]/g, '');
}

/** Makes these sessions known to the server. */
export function addTo(server: PracticeServer, sessions: readonly Session[]): void {
  for (const session of sessions) {
    const { fqSiteName, sessionId } = session;
    if (session.kind === 'engagement') {
      server.addEngagement({ fqSiteName, sessionId, pool: session.pool });
    } else {
      const pool = session.pool === null ? {} : { pool: session.pool };
      server.addAgent({ fqSiteName, sessionId, accountId: session.accountId, ...pool });
    }
  }
}
