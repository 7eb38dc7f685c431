import type { PracticeServer } from '../../simulator/practice-server.ts';
import type { CommandRun } from '../../scripts/signoff.ts';
import { SITE } from '../support/practice-sessions.ts';
import type { Ledger } from './ledger.ts';
import type { RoundPlan } from './plan.ts';
import type { Stage } from './stage.ts';

/**
 * Signs a new agent in, as a person would: asked whether to take over the session that the server has
 * already, they do. Enters every session that the server has created into the ledger: each has to end,
 * but one whose id never reached the app, because the answer with it was lost.
 */
export async function signIn(
  { number, signIn: plan }: RoundPlan,
  stage: Stage,
  ledger: Ledger,
): Promise<void> {
  if (plan === null) return;
  const { server } = stage;
  const accountId = String(1_000 + number);
  const name = `round ${number}, agent signed in`;
  const password = `password of ${accountId}`;
  server.addAccount({ site: SITE, userName: name, password, accountId });
  ledger.signedIn.push({ accountId, password });
  const command = ['sign-in', '--site', server.url, '--user', name, '--account', accountId];
  const ask = (...more: string[]): Promise<CommandRun> =>
    stage.command([...command, '--available', ...more], `${password}\n`);
  const first = await ask();
  const last = first.stderr.includes('--take-over') ? await ask('--take-over') : first;
  if (last.code === 0 && plan.thenSets !== null) await stage.command([plan.thenSets]);
}

/** Enters what the server has created for sign-ins and the ledger does not know yet. */
export function enterSignedIn(number: number, stage: Stage, ledger: Ledger): void {
  const known = new Set(ledger.entries.map(({ sessionId }) => sessionId));
  const { agents } = stage.server;
  for (const { session, signedIn } of agents) {
    if (!signedIn || known.has(session.sessionId)) continue;
    const held = isKnownToApp(stage.server, session.sessionId);
    const name = `round ${number}, agent signed in`;
    ledger.entries.push({ name, sessionId: session.sessionId, held, left: null });
  }
}

/** The app calls the server for a session at once when it has its id. */
function isKnownToApp({ received }: PracticeServer, id: string): boolean {
  return received.some(({ sessionId }) => sessionId === id);
}
