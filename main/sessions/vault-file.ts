import { existsSync, renameSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';
import { retryWhileBusy } from '../common/retry-while-busy.ts';
import { writeAtomically } from '../common/write-atomically.ts';
import { type Cipher, seal, unseal } from '../common/sealed.ts';
import type { HeldSession } from './session.ts';

/** What electron-store offers, as far as the vault needs it: reading. */
export interface Store {
  readonly path: string;
  /** Empty where there is no file yet. */
  readonly store: Partial<VaultContent>;
}

export interface StoreOptions {
  readonly cwd: string;
  readonly name: string;
  readonly configName: string;
  readonly fileExtension: string;
  readonly clearInvalidConfig: false;
  readonly deserialize: (text: string) => Partial<VaultContent>;
}

/** The vault on disk. Reading happened when it was opened; writing throws what the disk throws. */
export interface VaultFile {
  readonly held: readonly HeldSession[];
  /**
   * Epoch milliseconds until which the next start goes on holding, because the app went away to come
   * back; null where it did not.
   */
  readonly resumeUntil: number | null;
  /** Returns when the new content is on the disk, whole; the old content stays until then. */
  write(held: readonly HeldSession[], resumeUntil: number | null): void;
}

const common = {
  id: z.string(),
  server: z.string(),
  fqSiteName: z.string(),
  sessionId: z.string(),
  label: z.string(),
  heldSince: z.number(),
  lastSequenceNumber: z.number().int(),
  login: z.string().nullable(),
  startedHere: z.boolean().default(false),
};
const vaultContent = z.object({
  version: z.literal(1),
  resumeUntil: z.number().nullable(),
  held: z.array(
    z.discriminatedUnion('kind', [
      z.object({
        kind: z.literal('agent'),
        accountId: z.string(),
        pool: z.string().nullable(),
        ...common,
      }),
      z.object({ kind: z.literal('engagement'), pool: z.string(), ...common }),
    ]),
  ),
});
type VaultContent = z.infer<typeof vaultContent>;

const NAME = 'vault';
/** The vault's file in the data folder. */
export const VAULT_FILE = `${NAME}.sealed`;

/** What is in the vault's file makes no vault: it is damaged, or encrypted for someone else. */
class UnreadableVault extends Error {}

/**
 * Opens the vault in `folder`. One whose content makes no sense (damaged, or encrypted for someone else) is
 * set aside under another name, which is returned, and an empty one takes its place. Where the disk does
 * not hand it out, or not let it be set aside, it is left as it is for the next start: `file` is null then,
 * and `fault` what the disk said.
 */
export function openVaultFile(parts: {
  folder: string;
  cipher: Cipher;
  openStore: (options: StoreOptions) => Store;
  now: () => number;
}): { file: VaultFile | null; setAside: string | null; fault: unknown } {
  const { folder, cipher, now } = parts;
  const openStore = (): Store =>
    parts.openStore({
      cwd: folder,
      name: NAME,
      // conf, electron-store's base, has another name for the same option.
      configName: NAME,
      fileExtension: 'sealed',
      clearInvalidConfig: false,
      deserialize(text) {
        try {
          return vaultContent.parse(unseal(cipher, text));
        } catch (error) {
          throw new UnreadableVault('The vault cannot be read.', { cause: error });
        }
      },
    });
  const filePath = path.join(folder, VAULT_FILE);
  try {
    const store = retryWhileBusy(openStore);
    return { file: vaultFile(store, cipher), setAside: null, fault: null };
  } catch (error) {
    if (!existsSync(filePath)) throw error;
    if (!(error instanceof UnreadableVault)) return { file: null, setAside: null, fault: error };
  }
  const setAside = `${NAME}.unreadable-${new Date(now()).toISOString().replaceAll(':', '-')}.sealed`;
  try {
    renameSync(filePath, path.join(folder, setAside));
    return { file: vaultFile(openStore(), cipher), setAside, fault: null };
  } catch (error) {
    return { file: null, setAside: null, fault: error };
  }
}

function vaultFile(store: Store, cipher: Cipher): VaultFile {
  return {
    held: store.store.held ?? [],
    resumeUntil: store.store.resumeUntil ?? null,
    write(held, resumeUntil) {
      // Not with electron-store: it writes once, and takes the part that found room on a nearly full
      // disk for the whole.
      writeAtomically(
        store.path,
        seal(cipher, { version: 1, resumeUntil, held: [...held] } satisfies VaultContent),
      );
    },
  };
}
