import type { PracticeServer } from '../../simulator/practice-server.ts';
import { SetupError } from '../setup/step.mjs';
import { runSignoff, type RunOptions } from '../signoff.ts';

const FQ_SITE_NAME = 'day001_221100_sql_001h';
const POOL = '297:1';

/** Puts an agent session and an engagement on the practice server; returns them as they are handed in. */
export function practiceSessions(server: PracticeServer): object[] {
  const agent = {
    fqSiteName: FQ_SITE_NAME,
    accountId: '12',
    sessionId: 'node01h8m13tljpm7',
    pool: POOL,
  };
  const engagement = { fqSiteName: FQ_SITE_NAME, sessionId: '192hyto5qomm8r8rpz', pool: POOL };
  server.addAgent(agent);
  server.addEngagement(engagement);
  return [
    { kind: 'agent', server: server.url, label: 'Front desk', ...agent },
    { kind: 'engagement', server: server.url, label: 'Visitor 4711', ...engagement },
  ];
}

/** Hands a session in through the running app's command line. */
export async function handIn(session: object, options: RunOptions): Promise<void> {
  const run = await runSignoff(['hold'], { ...options, stdin: JSON.stringify(session) });
  if (run.code !== 0) throw new SetupError(`The session could not be handed in: ${run.stderr}`);
}
