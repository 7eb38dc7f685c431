import { describe, expect, test } from 'vitest';
import type { Outcome } from '../../../main/results/receipt.ts';
import type { SignOffRequest } from '../../../main/signoff/coordinator.ts';
import { type BlockingThread, createBlockingThread } from '../../support/blocking-thread.ts';
import { agentSession, engagement } from '../../support/sessions.ts';
import { createSignOffWorld } from '../../support/sign-off-world.ts';

const SHUTDOWN_MS = 3_000;
const SHUTDOWN: SignOffRequest = { cause: 'shutdown', ids: 'all', budgetMs: SHUTDOWN_MS };
/** Of the sign-off that a shutdown joins. */
const ASKED_MS = 2_000;
const ANSWER_MS = 200;

/**
 * A session that is being signed off where its agent asked for that, on a thread that does not hear of the shutdown
 * that joins in time. Only waiting for its answers lets time pass.
 */
async function joined(
  answerOf: (nth: number) => Outcome,
  { force = false, failedBefore = false }: { force?: boolean; failedBefore?: boolean } = {},
) {
  let thread: BlockingThread | null = null;
  const world = createSignOffWorld({
    thread: (clock) => (thread = createBlockingThread(clock)),
  });
  if (thread === null) throw new Error('There is no thread.');
  const { sent, answerWith, waitFor } = thread as BlockingThread;
  const { clock, coordinator, hold } = world;
  const [held] = hold(agentSession('Ann'));
  answerWith(() => [answerOf(sent.length), ANSWER_MS]);
  const awaitAnswer = (): void => waitFor(() => false, ANSWER_MS);
  const ask = async (): Promise<void> => {
    void coordinator.signOff({ cause: 'asked', ids: 'all', force, budgetMs: ASKED_MS });
    await clock.settle();
  };
  if (failedBefore) {
    await ask();
    awaitAnswer();
  }
  await ask();
  return {
    ...world,
    id: held?.id ?? '',
    areOver: coordinator.signOffAtOnce(SHUTDOWN),
    awaitAnswer,
    waitFor,
    forces: () => sent.map(({ forced }) => forced),
  };
}

describe('a sign-off under way that a shutdown joins, too late for its request,', () => {
  test('is started anew by force where it was refused without', async () => {
    const { areOver, waitFor, forces, vault } = await joined((nth) =>
      nth === 1 ? 'refused' : 'ended',
    );
    waitFor(areOver, SHUTDOWN_MS);
    expect([forces(), vault.held(), areOver()]).toEqual([[false, true], [], true]);
  });

  test('is not started beside itself, though an earlier one failed', async () => {
    const { areOver, forces } = await joined(() => 'refused', { failedBefore: true });
    expect([areOver(), forces()]).toEqual([false, [false, false]]);
  });

  test('is not started anew where it was refused by force', async () => {
    const { areOver, awaitAnswer, forces } = await joined(() => 'refused', { force: true });
    awaitAnswer();
    expect([areOver(), forces()]).toEqual([true, [true]]);
  });

  test('is started anew once where its server was away, for the time that is left', async () => {
    const { areOver, waitFor, forces } = await joined(() => 'unreachable', { force: true });
    waitFor(areOver, SHUTDOWN_MS);
    expect([areOver(), forces()]).toEqual([true, [true, true]]);
  });

  test('is not started anew where the session has left the vault', async () => {
    const { areOver, awaitAnswer, forces, vault, id } = await joined(() => 'refused');
    awaitAnswer();
    vault.release(id);
    expect([areOver(), forces()]).toEqual([true, [false]]);
  });

  test('is not started anew where somebody is at work in the session again', async () => {
    const { areOver, awaitAnswer, forces, coordinator, id } = await joined(() => 'refused');
    awaitAnswer();
    coordinator.forgetFailure(id);
    expect([areOver(), forces()]).toEqual([true, [false]]);
  });
});

test('what is signed off at once is sent before anybody asks whether it is over', () => {
  const { coordinator, hold, server } = createSignOffWorld();
  hold(agentSession('Ann'), engagement());
  coordinator.signOffAtOnce(SHUTDOWN);
  expect(server.sent.map(({ at }) => at)).toEqual([0, 0]);
});
