import type { PracticeServer } from '../../simulator/practice-server.ts';
import { SetupError } from '../setup/step.mjs';
import { runSignoff, type RunOptions } from '../signoff.ts';

const FQ_SITE_NAME = 'day001_221100_sql_001h';
const POOL = '297:1';
const USER_NAME = 'agent.demo';
const PASSWORD = 'practice';
const ACCOUNT_ID = '21';

/** Signs the practice agent in by the app's command line, available for chats. */
export async function signIn(server: PracticeServer, options: RunOptions): Promise<void> {
  server.addAccount({
    site: FQ_SITE_NAME,
    userName: USER_NAME,
    password: PASSWORD,
    accountId: ACCOUNT_ID,
    pool: POOL,
  });
  const who = ['--site', server.url, '--user', USER_NAME, '--account', ACCOUNT_ID];
  const run = await runSignoff(['sign-in', ...who, '--available'], {
    ...options,
    stdin: `${PASSWORD}\n`,
  });
  if (run.code !== 0) throw new SetupError(`The agent could not be signed in: ${run.stderr}`);
}

/** Adds an engagement to the practice server and hands it in by the app's command line. */
export async function handIn(server: PracticeServer, options: RunOptions): Promise<void> {
  const engagement = { fqSiteName: FQ_SITE_NAME, sessionId: '192hyto5qomm8r8rpz', pool: POOL };
  server.addEngagement(engagement);
  const session = { kind: 'engagement', server: server.url, label: 'Visitor 4711', ...engagement };
  const run = await runSignoff(['hold'], { ...options, stdin: JSON.stringify(session) });
  if (run.code !== 0) throw new SetupError(`The session could not be handed in: ${run.stderr}`);
}
