import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SignoffProcess } from '../../scripts/signoff.ts';
import { status } from '../support/asking.ts';
import { ended, endedWithUs } from '../support/ended.ts';
import type { Departure } from './departure.ts';
import { type Ledger, stillOpen } from './ledger.ts';
import type { Stage } from './stage.ts';

const LOG_WITHIN_MS = 1_000;

/**
 * Starts the app, lets `play` do with it what it will until the app has gone, and notes that run of
 * it. `ready` waits until it takes commands, and checks what it holds. Whatever goes wrong is noted
 * as a failure, and the app is killed, so that the next run can begin.
 */
export async function liveOnce(
  round: number | null,
  stage: Stage,
  ledger: Ledger,
  play: (app: SignoffProcess, ready: () => Promise<void>) => Promise<Departure>,
): Promise<void> {
  const startedAt = Date.now();
  const app = stage.start();
  endedWithUs(app.child);
  // Killed while it starts, it is never ready, and nobody waits for it.
  app.ready.catch(() => undefined);
  const fail = (what: string): void => {
    // What is lost stays lost: it is told once.
    if (ledger.failures.every((failure) => failure.what !== what)) {
      ledger.failures.push({ round, what });
    }
  };
  const ready = async (): Promise<void> => {
    await app.ready;
    for (const problem of await problemsAtStart(stage, ledger)) fail(problem);
  };
  const closed = once(app.child, 'close');
  let departure: Departure | null = null;
  try {
    departure = await play(app, ready);
    // The last of its log comes after its exit, unless a process that it left behind keeps the pipe.
    await Promise.race([closed, sleep(LOG_WITHIN_MS, undefined, { ref: false })]);
    const { code, signal } = departure.exit;
    if (!isGoodExit(departure, app.log())) fail(`it ended with ${code ?? signal}`);
  } catch (error) {
    fail(error instanceof Error ? error.message : String(error));
    await ended(app.child);
  }
  ledger.lives.push({
    round,
    startedAt,
    leftAt: departure?.leftAt ?? Date.now(),
    cutOffAt: departure?.cutOffAt ?? 0,
    endedAt: departure?.goneAt ?? Date.now(),
    killed: departure?.killed ?? true,
    log: app.log(),
  });
}

function isGoodExit({ exit, killed }: Departure, log: string): boolean {
  if (exit.code === 0) return true;
  if (killed) return exit.signal === 'SIGKILL';
  // Once Electron has taken its Node down, nobody listens to signals any more: a second one that
  // comes so late ends what has nothing left to do.
  return exit.signal === 'SIGTERM' && log.includes('"event":"going"');
}

/** What a start has lost of what the app before it held. */
async function problemsAtStart(stage: Stage, ledger: Ledger): Promise<string[]> {
  const { held, vault } = await status(stage.dataDir);
  const names = new Set(held.map(({ label }) => label));
  // Looked at afterwards: what has ended meanwhile may be gone, what is open now must have been there.
  const missing = stillOpen(stage, ledger).filter(({ name }) => !names.has(name));
  return [
    ...missing.map(({ name }) => `${name} is open on the server, and the app has lost it`),
    ...(vault.durable ? [] : ['the vault is not on the disk']),
    ...(vault.setAside === null ? [] : [`the vault was set aside as ${vault.setAside}`]),
  ];
}
