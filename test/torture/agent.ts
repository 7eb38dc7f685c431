import { status as statusOf } from '../support/asking.ts';
import type { CommandRun } from '../../scripts/signoff.ts';
import type { ReceivedRequest } from '../../simulator/practice-server.ts';
import { SITE } from '../support/practice-sessions.ts';
import type { Ledger } from './ledger.ts';
import type { RoundPlan } from './plan.ts';
import type { Stage } from './stage.ts';

/**
 * Signs a new agent in, as a person would: asked whether to take over the session that the server has
 * already, they do. Then they, and the server, do with their session what is planned. Rejects, in words,
 * where what the server did is not followed.
 */
export async function signIn(plan: RoundPlan, stage: Stage, ledger: Ledger): Promise<void> {
  if (plan.signIn === null) return;
  const { server } = stage;
  const accountId = String(1_000 + plan.number);
  const name = nameOf(plan.number);
  const password = `password of ${accountId}`;
  server.addAccount({ site: SITE, userName: name, password, accountId });
  ledger.signedIn.push({ accountId, password });
  const command = ['sign-in', '--site', server.url, '--user', name, '--account', accountId];
  const ask = (...more: string[]): Promise<CommandRun> =>
    stage.command([...command, '--available', ...more], `${password}\n`);
  const first = await ask();
  const last = first.stderr.includes('--take-over') ? await ask('--take-over') : first;
  if (last.code !== 0) return;
  const { thenSets, thenServer } = plan.signIn;
  if (thenSets !== null) await stage.command([thenSets]);
  const open = server.agents.find(
    ({ session, endedBy }) => session.accountId === accountId && endedBy === null,
  );
  if (open === undefined || thenServer === null) return;
  // Killed amid all this, the app follows no more.
  const isKilled = plan.ending.cause === 'SIGKILL' && plan.ending.amid === 'hand-in';
  const follows = plan.pollsAreWell && !isKilled;
  const act = thenServer === 'moves the pool' ? movePool : endSession;
  await act(open.session.sessionId, { number: plan.number, follows, stage });
}

interface Act {
  readonly number: number;
  /** Whether nothing keeps the app from hearing of it. */
  readonly follows: boolean;
  readonly stage: Stage;
}

async function movePool(id: string, { number, follows, stage: { server } }: Act): Promise<void> {
  const pool = `297:${number + 1}`;
  server.changePool(pool, SITE);
  if (!follows) return;
  await server.waitForRequest(
    ({ call, sessionId, target }) =>
      call === 'getMessages' &&
      sessionId === id &&
      decodeURIComponent(target).endsWith(`pool=${pool}`),
  );
}

async function endSession(id: string, { number, follows, stage }: Act): Promise<void> {
  const { server } = stage;
  server.endSession(id);
  if (!follows) return;
  const isRefused = ({ call, sessionId, status }: ReceivedRequest): boolean =>
    call === 'getMessages' && sessionId === id && status === 403;
  const first = await server.waitForRequest(isRefused);
  // Once said, it is doubted, and asked once more.
  await server.waitForRequest(isRefused, { after: server.received.indexOf(first) + 1 });
  const { held } = await statusOf(stage.dataDir);
  const name = nameOf(number);
  if (held.some(({ label }) => label === name)) {
    throw new Error(`the server said that ${name} is over, and it is held still`);
  }
}

/** Enters what the server has created for sign-ins and the ledger does not know yet. */
export function enterSignedIn(number: number, { server }: Stage, ledger: Ledger): void {
  const known = new Set(ledger.entries.map(({ sessionId }) => sessionId));
  for (const { session, signedIn } of server.agents) {
    const { sessionId } = session;
    if (!signedIn || known.has(sessionId)) continue;
    ledger.entries.push({ name: nameOf(number), sessionId, acknowledged: false, left: null });
  }
}

function nameOf(number: number): string {
  return `round ${number}, agent signed in`;
}
