import type { HeldSession } from '../../main/sessions/session.ts';
import type { VaultFile } from '../../main/sessions/vault-file.ts';

/** A disk in memory that outlives a start of the app, and can be told to fail. */
export interface VaultDisk {
  /** The vault's file as a start finds it. */
  open(): VaultFile;
  /** What every write throws from now on; null for a disk that works. */
  fail(error: Error | null): void;
}

export function createVaultDisk(): VaultDisk {
  let content: { held: readonly HeldSession[]; resumeUntil: number | null } = {
    held: [],
    resumeUntil: null,
  };
  let fault: Error | null = null;
  return {
    open: () => ({
      ...content,
      write(held, resumeUntil) {
        if (fault !== null) throw fault;
        content = { held, resumeUntil };
      },
    }),
    fail(error) {
      fault = error;
    },
  };
}

/** What a full disk throws. */
export const DISK_FULL = Object.assign(new Error('ENOSPC: no space left on device, write'), {
  code: 'ENOSPC',
});
