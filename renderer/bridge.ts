import type { Bridge } from '../preload/contract.ts';

declare global {
  interface Window {
    readonly signoff?: Bridge;
  }
}

/** The preload's bridge, or undefined where the preload did not run. No other module reaches for it. */
export function findBridge(): Bridge | undefined {
  return window.signoff;
}
