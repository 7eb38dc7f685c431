import type { Bridge } from '../preload/contract.ts';

declare global {
  interface Window {
    readonly signoff?: Bridge;
  }
}

/** The preload's bridge; undefined if the preload did not run. Only the entry calls this. */
export function findBridge(): Bridge | undefined {
  return window.signoff;
}
