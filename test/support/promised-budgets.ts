import type { SignOffCause } from '../../main/results/receipt.ts';

/** What a cause may take, in milliseconds, as the design has it: by hand, so that a changed default is noticed. */
export const PROMISED_MS: Readonly<Record<SignOffCause, number>> = {
  asked: 10_000,
  quit: 5_000,
  shutdown: 4_000,
  signal: 4_000,
  suspend: 4_000,
  lock: 10_000,
  disconnect: 10_000,
  idle: 10_000,
  leftover: 30_000,
};
