import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import type { Exit, SignoffProcess } from '../../scripts/signoff.ts';
import type { TrayHost } from '../support/tray-host.ts';
import type { Ending, Moment } from './plan.ts';
import type { Stage } from './stage.ts';

/** How the app went. Times are epoch milliseconds. */
export interface Departure {
  readonly leftAt: number;
  /** The earliest at which what was under way may have been given up. */
  readonly cutOffAt: number;
  readonly goneAt: number;
  readonly exit: Exit;
  readonly killed: boolean;
}

/** What the design promises, said anew: the app's own numbers would not tell that it has become slower. */
const BUDGET_MS = { signal: 4_000, shutdown: 4_000, quit: 5_000 };
/** What starting and ending processes may take on a busy machine. */
export const SLACK_MS = 5_000;
/** How long an agent who quit by the tray looks at an app that stays, before they answer it. */
const PATIENCE_MS = 2_000;
/** An event that does not come by then is not waited for: nothing may be held, or the server is gone. */
const EVENT_WITHIN_MS = 1_500;

const anyStatus = z.object({ running: z.boolean(), held: z.array(z.unknown()).optional() });

/** The running app and what can make it go. */
interface Actors {
  readonly app: SignoffProcess;
  readonly stage: Stage;
  /** Null where no panel was there to show the tray icon. */
  readonly tray: TrayHost | null;
}

/** Makes the app go. Rejects, in words, when it does not go by itself within its budget. */
export async function depart(ending: Ending, actors: Actors): Promise<Departure> {
  const { app, stage } = actors;
  const leftAt = Date.now();
  const receivedBefore = stage.server.received.length;
  const sinceLeft = (): number => Date.now() - leftAt;
  /** Whatever has been done meanwhile, the budget counts from when the app was first told to go. */
  const goneBy = async (budgetMs: number): Promise<Departure> => {
    const exit = await goneWithin(app, budgetMs + SLACK_MS - sinceLeft());
    if (exit === null) throw new Error(`it had not gone ${sinceLeft()} ms after it was told to`);
    return { leftAt, cutOffAt: leftAt + budgetMs, goneAt: Date.now(), exit, killed: false };
  };
  const until = (moment: Moment): Promise<void> => untilMoment(moment, actors, receivedBefore);

  switch (ending.cause) {
    case 'SIGTERM':
      app.child.kill('SIGTERM');
      return goneBy(BUDGET_MS.signal);
    case 'double SIGTERM':
      app.child.kill('SIGTERM');
      await until(ending.second);
      app.child.kill('SIGTERM');
      return goneBy(BUDGET_MS.signal);
    case 'shutdown':
      if (stage.logind === null) throw new Error('there is no login manager');
      await stage.logind.prepareFor('Shutdown', true);
      return goneBy(BUDGET_MS.shutdown);
    case 'quit command': {
      const quit = stage.command(['quit']);
      const departure = await goneBy(BUDGET_MS.quit);
      const { code, stderr } = await quit;
      // With 1 something is still held, which the ledger judges.
      if (code !== 0 && code !== 1)
        throw new Error(`the quit command ended with ${code}: ${stderr}`);
      return departure;
    }
    case 'tray menu':
      if (actors.tray === null) throw new Error('there is no panel');
      await actors.tray.click('Quit and sign off');
      await goneOrGivenUp(actors, ending.answer);
      return { ...(await goneBy(sinceLeft())), cutOffAt: leftAt + BUDGET_MS.quit };
    case 'killed, and nobody starts it':
    case 'SIGKILL': {
      if (ending.cause === 'SIGKILL' && ending.amid === 'leaving') app.child.kill('SIGTERM');
      await until(ending.moment);
      app.child.kill('SIGKILL');
      return { ...(await goneBy(sinceLeft())), cutOffAt: Infinity, killed: true };
    }
  }
}

/**
 * Whoever quits by the tray is there to be asked about what could not be ended, so the app may stay,
 * as long as there is something to be asked about. Then this agent gives up.
 */
async function goneOrGivenUp(
  { app, stage }: Actors,
  answer: 'quit command' | 'SIGTERM',
): Promise<void> {
  if ((await goneWithin(app, BUDGET_MS.quit + PATIENCE_MS)) !== null) return;
  const { stdout } = await stage.command(['status', '--json']);
  const { running, held = [] } = anyStatus.parse(JSON.parse(stdout));
  if (!running || held.length === 0) {
    // The last one may have ended just now, which is an answer too.
    if ((await goneWithin(app, SLACK_MS)) === null) throw new Error('it asks about nothing');
    return;
  }
  if (answer === 'SIGTERM') {
    app.child.kill('SIGTERM');
    await goneWithin(app, BUDGET_MS.signal + SLACK_MS);
  } else {
    await stage.command(['quit']);
  }
}

async function goneWithin({ exited }: SignoffProcess, ms: number): Promise<Exit | null> {
  return Promise.race([exited, sleep(ms, null, { ref: false })]);
}

async function untilMoment(
  moment: Moment,
  { app, stage: { server } }: Actors,
  receivedBefore: number,
): Promise<void> {
  if (moment.at === 'time') {
    await sleep(moment.afterMs);
    return;
  }
  const limit = { after: receivedBefore, timeoutMs: EVENT_WITHIN_MS };
  const events =
    moment.at === 'request'
      ? [server.waitForRequest(() => true, limit)]
      : server.sessions
          .filter(({ over }) => !over)
          .map(({ sessionId }) => server.waitUntilOver(sessionId, EVENT_WITHIN_MS));
  // What does not come has been waited for long enough; what comes after the app has gone, too.
  await Promise.race([Promise.any(events).catch(() => undefined), app.exited]);
}
