import type { Vault } from '../sessions/vault.ts';
import type { Clock } from './clock.ts';
import type { Coordinator } from './coordinator.ts';
import { isRetryable } from './outcome.ts';

const AGAIN_AFTER_MS = 60_000;

/**
 * Signs off what an earlier run left over, at once and by force, and again every minute while the
 * server cannot be reached. What it refuses stays held for the agent to decide on.
 */
export async function signOffLeftovers(parts: {
  vault: Vault;
  coordinator: Coordinator;
  clock: Clock;
}): Promise<void> {
  const { vault, coordinator, clock } = parts;
  let ids = vault.held().map(({ id }) => id);
  while (ids.length > 0) {
    const receipts = await coordinator.signOff({ cause: 'leftover', ids });
    ids = receipts.filter(({ outcome }) => isRetryable(outcome)).map(({ heldId }) => heldId);
    if (ids.length > 0)
      await new Promise<void>((resolve) => void clock.after(AGAIN_AFTER_MS, resolve));
  }
}
