import type { AgentSession, Engagement } from '../../main/sessions/session.ts';

const address = {
  server: 'https://chat.example.com',
  fqSiteName: 'day001_221100_sql_001h',
  pool: '297:1',
};

/** An agent session; the name is its label and makes its secrets its own. */
export function agentSession(name = 'Ann'): AgentSession {
  return {
    kind: 'agent',
    ...address,
    accountId: '12',
    sessionId: `agent-${name}-secret`,
    label: name,
  };
}

export function engagement(name = 'Consumer'): Engagement {
  return { kind: 'engagement', ...address, sessionId: `engagement-${name}-secret`, label: name };
}
