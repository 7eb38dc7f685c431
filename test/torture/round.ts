import { setTimeout as sleep } from 'node:timers/promises';
import { faultRuleSchema, type FaultRule } from '../../simulator/faults.ts';
import { hold } from '../support/asking.ts';
import { agentSession, engagement, type HandedIn } from '../support/practice-sessions.ts';
import { openTrayHost } from '../support/tray-host.ts';
import { enterSignedIn, signIn } from './agent.ts';
import { depart } from './departure.ts';
import { ELSEWHERE, SESSION } from './faults.ts';
import { type Ledger, stillOpen } from './ledger.ts';
import { liveOnce } from './life.ts';
import type { PlannedFault, RoundPlan } from './plan.ts';
import type { Stage } from './stage.ts';
import { restartsAfterMs } from './supervisor.ts';

/** What no fault is in the way of is over by then, after a start that finds it left over. */
const SETTLED_WITHIN_MS = 15_000;

/** Plays one round and notes in the ledger what came of it, and what must not have. */
export async function playRound(plan: RoundPlan, stage: Stage, ledger: Ledger): Promise<void> {
  const { ending } = plan;
  const killedAmid = ending.cause === 'SIGKILL' ? ending.amid : null;
  // What is killed while it starts has no time to be handed anything.
  const sessions = killedAmid === 'start' ? [] : newSessions(plan, stage);
  const goWrong = (): void => {
    for (const fault of plan.faults) stage.server.fault(ruleFor(fault, sessions, stage));
  };
  if (plan.faultsFromStart) goWrong();
  const tray = ending.cause === 'tray menu' ? await openTrayHost(stage.env) : null;
  try {
    await liveOnce(plan.number, stage, ledger, async (app, ready) => {
      if (killedAmid === 'start') return depart(ending, { app, stage, tray });
      await ready();
      if (!plan.faultsFromStart) goWrong();
      const handIns = Promise.all(
        sessions.map((session) => handIn(session, stage, ledger, killedAmid === 'hand-in')),
      );
      const signingIn = signIn(plan, stage, ledger);
      if (killedAmid !== 'hand-in') await Promise.all([handIns, signingIn]);
      const asked =
        plan.afterAsking === null ? null : stage.command(['sign-off', '--timeout', '8']);
      await sleep(plan.afterAsking ?? 0);
      const departure = await depart(ending, { app, stage, tray });
      // Whatever is still being said on the command line ends with the app.
      await Promise.all([handIns, signingIn, asked]);
      enterSignedIn(plan.number, stage, ledger);
      const { leftAt: at, goneAt } = departure;
      for (const entry of ledger.entries) entry.left ??= { cause: ending.cause, at, goneAt };
      return departure;
    });
    if (ending.cause === 'killed, and nobody starts it') await comeBack(plan, stage, ledger);
  } finally {
    await tray?.close();
    if (plan.clearFaults) stage.server.clearFaults();
  }
}

/** Nobody looks after the sessions until all are over, but for a fault in the way; then the app is told to go. */
async function comeBack({ number }: RoundPlan, stage: Stage, ledger: Ledger): Promise<void> {
  const killed = ledger.lives.at(-1);
  if (killed === undefined) return;
  const wait = restartsAfterMs({ code: null, signal: 'SIGKILL' });
  if (wait === null) {
    ledger.failures.push({ round: number, what: 'nobody has started it again' });
    return;
  }
  await sleep(killed.endedAt + wait - Date.now());
  await liveOnce(number, stage, ledger, async (app, ready) => {
    await ready();
    await Promise.allSettled(
      stillOpen(stage, ledger).map(({ sessionId }) =>
        stage.server.waitUntilOver(sessionId, SETTLED_WITHIN_MS),
      ),
    );
    return depart({ cause: 'SIGTERM' }, { app, stage, tray: null });
  });
}

function newSessions(plan: RoundPlan, { server }: Stage): HandedIn[] {
  return plan.handIns.map((kind, index) => {
    const name = `round ${plan.number}, ${kind} ${index + 1}`;
    return kind === 'agent' ? agentSession(server, name) : engagement(server, name);
  });
}

/** Hands a session in; it has to end from the moment that this is acknowledged. */
async function handIn(
  session: HandedIn,
  stage: Stage,
  ledger: Ledger,
  mayFail: boolean,
): Promise<void> {
  const { label: name, sessionId } = session;
  const entry = { name, sessionId, acknowledged: false, left: null };
  ledger.entries.push(entry);
  try {
    await hold(stage.dataDir, session);
    entry.acknowledged = true;
  } catch (error) {
    if (!mayFail) throw error;
  }
}

/** The planned fault as a rule; one for a session that there is not, as this round has fewer, is for any. */
function ruleFor(
  { fault, times, target }: PlannedFault,
  sessions: readonly HandedIn[],
  { elsewhere }: Stage,
): FaultRule {
  const sessionId = typeof target === 'number' ? sessions[target]?.sessionId : undefined;
  const text = JSON.stringify({
    fault,
    ...(times === null ? {} : { times }),
    ...(typeof target === 'number' || target === 'any' ? {} : { call: target }),
    ...(sessionId === undefined ? {} : { sessionId }),
  });
  const filled = text
    .replaceAll(ELSEWHERE, elsewhere.url)
    .replaceAll(SESSION, sessionId ?? 'that you know');
  return faultRuleSchema.parse(JSON.parse(filled));
}
