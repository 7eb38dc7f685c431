import type { Receipts } from '../results/receipts.ts';
import { survive } from '../common/survive.ts';
import type { Vault } from '../sessions/vault.ts';
import type { Coordinator } from './coordinator.ts';

/** Windows ends an app that has not answered `WM_QUERYENDSESSION` after 5 s; the rest is for the disk. */
const MOST_BREATH_MS = 3_500;
/** For the thread to tell of what is out of time, within the budget. */
const LAST_WORD_MS = 50;
/** For the receipts, and again for the vault: with the budget it is far from those 5 s. */
const DISK_BUSY_LIMIT_MS = 150;

/**
 * Signs off all that is held before it returns, and what a sign-in under way creates until then: for a system that
 * gives the app no turn of its event loop between "may I?" and "you are gone". Blocks for the budget at most, and for
 * as long as the disk takes to have receipts and vault. What is not over stays in the vault. Never throws: a part that
 * does keeps none of the others from being done.
 */
export function createLastBreath(parts: {
  coordinator: Pick<Coordinator, 'signOffAtOnce'>;
  /** Stops a sign-in under way; the function returned tells whether no session is being created any more. */
  stopSignIn: () => () => boolean;
  /** Blocks until it is done, or that many milliseconds have passed. */
  waitFor: (isDone: () => boolean, ms: number) => void;
  receipts: Pick<Receipts, 'flush'>;
  vault: Pick<Vault, 'flush'>;
  /** The budget of a shutdown in milliseconds. */
  budgetMs: () => number;
}): () => void {
  const { coordinator, stopSignIn, waitFor, receipts, vault } = parts;
  return () => {
    const ms = Math.min(survive(parts.budgetMs, MOST_BREATH_MS), MOST_BREATH_MS);
    const budgetMs = Math.max(0, ms - LAST_WORD_MS);
    const isNoneCreated = survive(stopSignIn, isSo);
    const request = { cause: 'shutdown', ids: 'all', budgetMs } as const;
    const areOver = survive(() => coordinator.signOffAtOnce(request), isSo);
    const isDone = (): boolean => survive(areOver, true) && survive(isNoneCreated, true);
    survive(() => waitFor(isDone, ms), undefined);
    // In this order: without its receipt, nothing would tell of a session that has left the vault.
    survive(() => receipts.flush(DISK_BUSY_LIMIT_MS), undefined);
    survive(() => vault.flush(DISK_BUSY_LIMIT_MS), undefined);
  };
}

const isSo = (): boolean => true;
