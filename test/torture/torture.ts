import { receiptsOf } from '../support/commands.ts';
import { depart } from './departure.ts';
import { ghostsOf } from './ghosts.ts';
import { judge } from './judge.ts';
import { heldEntries, type Ledger, newLedger, stillOpen } from './ledger.ts';
import { liveOnce } from './life.ts';
import { readPlaces } from './places.ts';
import type { RoundPlan } from './plan.ts';
import { ghostRows, type Report } from './report.ts';
import { playRound } from './round.ts';
import { type Desktop, type Stage, withStage } from './stage.ts';

/** Every session has to be over so soon after the last start, with a server that is well. */
const OVER_WITHIN_MS = 30_000;

/** Plays these rounds with the real app on one data folder, and tells what came of it. */
export async function torture(parts: {
  seed: number;
  plans: readonly RoundPlan[];
  desktop: Desktop;
  /** Told each round when it is over. */
  onRound?: (plan: RoundPlan) => void;
}): Promise<Report> {
  const { seed, plans, desktop, onRound } = parts;
  const startedAt = performance.now();
  return withStage(desktop, async (stage) => {
    const ledger = newLedger();
    for (const plan of plans) {
      await playRound(plan, stage, ledger);
      onRound?.(plan);
    }
    await endWhatIsLeft(stage, ledger);
    const receipts = receiptsOf(await stage.command(['results', '--json', '--limit', '10000']));
    const places = await readPlaces(stage, ledger);
    const { server } = stage;
    const held = heldEntries(stage, ledger);
    const signedIn = new Set(
      server.agents.filter((agent) => agent.signedIn).map(({ session }) => session.sessionId),
    );
    return {
      seed,
      rounds: plans.length,
      sessions: held.length,
      signedIn: held.filter(({ sessionId }) => signedIn.has(sessionId)).length,
      requests: server.received.length,
      seconds: (performance.now() - startedAt) / 1000,
      ghosts: ghostRows(ghostsOf(stage, ledger)),
      failures: [...ledger.failures, ...judge({ ...stage, receipts, places }, ledger)],
    };
  });
}

/** Starts the app once more, with nothing in its way, until the server has every session over. */
async function endWhatIsLeft(stage: Stage, ledger: Ledger): Promise<void> {
  const { server } = stage;
  server.clearFaults();
  await liveOnce(null, stage, ledger, async (app, ready) => {
    await ready();
    // Those that do not make it are named when all is judged.
    await Promise.allSettled(
      stillOpen(stage, ledger).map(({ sessionId }) =>
        server.waitUntilOver(sessionId, OVER_WITHIN_MS),
      ),
    );
    return depart({ cause: 'quit command' }, { app, stage, tray: null });
  });
}
