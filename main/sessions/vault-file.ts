import { closeSync, existsSync, fsyncSync, openSync, renameSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { HeldSession } from './session.ts';

/** What encrypts the vault: the operating system's own means, handed in. */
export interface Cipher {
  encrypt(plain: string): Buffer;
  decrypt(sealed: Buffer): string;
}

/** What electron-store offers, as far as the vault needs it. */
export interface Store {
  readonly path: string;
  /** Empty where there is no file yet. */
  store: Partial<VaultContent>;
}

export interface StoreOptions {
  readonly cwd: string;
  readonly name: string;
  readonly configName: string;
  readonly fileExtension: string;
  readonly configFileMode: number;
  readonly clearInvalidConfig: false;
  readonly serialize: (content: Partial<VaultContent>) => string;
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
const OWNER_ONLY = 0o600;

/**
 * Opens the vault in `folder`. One that cannot be read (damaged, or encrypted for someone else) is
 * set aside under another name, which is returned, and an empty one takes its place.
 */
export function openVaultFile(parts: {
  folder: string;
  cipher: Cipher;
  openStore: (options: StoreOptions) => Store;
  now: () => number;
}): { file: VaultFile; setAside: string | null } {
  const { folder, cipher, now } = parts;
  const openStore = (): Store =>
    parts.openStore({
      cwd: folder,
      name: NAME,
      // conf, electron-store's base, has another name for the same option.
      configName: NAME,
      fileExtension: 'sealed',
      configFileMode: OWNER_ONLY,
      clearInvalidConfig: false,
      serialize: (content) => cipher.encrypt(JSON.stringify(content)).toString('base64'),
      deserialize: (text) =>
        vaultContent.parse(JSON.parse(cipher.decrypt(Buffer.from(text, 'base64')))),
    });
  const filePath = path.join(folder, `${NAME}.sealed`);
  try {
    const store = openStore();
    return { file: vaultFile(store), setAside: null };
  } catch (error) {
    if (!existsSync(filePath)) throw error;
    const setAside = `${NAME}.unreadable-${new Date(now()).toISOString().replaceAll(':', '-')}.sealed`;
    renameSync(filePath, path.join(folder, setAside));
    return { file: vaultFile(openStore()), setAside };
  }
}

function vaultFile(store: Store): VaultFile {
  return {
    held: store.store.held ?? [],
    resumeUntil: store.store.resumeUntil ?? null,
    write(held, resumeUntil) {
      store.store = { version: 1, resumeUntil, held: [...held] };
      flushFolder(path.dirname(store.path));
    },
  };
}

/** The file is flushed by electron-store; its new name is only safe once its folder is. */
function flushFolder(folder: string): void {
  // Windows cannot open a folder, and its file system journals the rename.
  if (process.platform === 'win32') return;
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
