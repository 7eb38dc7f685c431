import type { Settings } from './schema.ts';

/** How long each cause lets sessions end, in milliseconds. */
export function budgetsMs(settings: Settings) {
  const asked = settings.askedBudgetSeconds * 1_000;
  return {
    asked,
    quit: settings.quitBudgetSeconds * 1_000,
    shutdown: settings.shutdownBudgetSeconds * 1_000,
    signal: settings.signalBudgetSeconds * 1_000,
    suspend: settings.suspendBudgetSeconds * 1_000,
    lock: asked,
    idle: asked,
    leftover: settings.leftoverBudgetSeconds * 1_000,
  };
}
