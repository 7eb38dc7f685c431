import { copyFileSync, existsSync, renameSync, utimesSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';
import {
  accountId,
  FIELD_PROBLEMS,
  fqSiteName,
  isSafeOrigin,
  pool,
  type RefusedValue,
  refusedBy,
  sessionId,
} from '../common/fields.ts';
import { retryWhileBusy } from '../common/retry-while-busy.ts';
import { writeAtomically } from '../common/write-atomically.ts';
import { type Cipher, seal, unseal } from '../common/sealed.ts';
import type { HeldSession } from './session.ts';

/** The part of electron-store that reads the vault. */
export interface Store {
  readonly path: string;
  /** Empty where there is no file yet. */
  readonly store: Partial<ReadVault>;
}

export interface StoreOptions {
  readonly cwd: string;
  readonly name: string;
  readonly configName: string;
  readonly fileExtension: string;
  readonly clearInvalidConfig: false;
  readonly deserialize: (text: string) => Partial<ReadVault>;
}

/** The vault on disk, read when it was opened. */
export interface VaultFile {
  readonly held: readonly HeldSession[];
  /**
   * The *resume* mark: until when, in epoch milliseconds, a start goes on holding; null where there is none, or it
   * was set before the machine's newest boot.
   */
  readonly resumeUntil: number | null;
  /**
   * Replaces the content durably and atomically. A disk that is busy is tried for `busyLimitMs` milliseconds, by
   * default a second. Throws what the disk throws.
   */
  write(held: readonly HeldSession[], resumeUntil: number | null, busyLimitMs?: number): void;
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
  /** When the machine had booted, in epoch milliseconds, as the mark was written; null where there is no mark. */
  bootedAt: z.number().nullable().default(null),
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
interface ReadVault extends VaultContent {
  readonly refused: readonly RefusedValue[];
  /** Whether a session was left out, because it cannot be addressed. */
  readonly isIncomplete: boolean;
}

const NAME = 'vault';
/** The vault's file in its machine's folder. */
export const VAULT_FILE = `${NAME}.sealed`;
/**
 * Two moments of boot that are closer are one: the machine's clock may be set right while a mark counts, and no
 * machine boots and is back at work in that time.
 */
const SAME_BOOT_MS = 60_000;

/** Of a vault's file: its first line, which whoever may read the file can read. */
const vaultHeader = z.object({
  /** The name of the machine that wrote it. */
  host: z.string(),
  /** How many sessions it holds. */
  held: z.number(),
  /** The earliest hand-in of these, in epoch milliseconds; null where there are none. */
  since: z.number().nullable(),
});
export type VaultHeader = z.infer<typeof vaultHeader>;

/**
 * What a machine says of its vault to others, which may have no key to it; null where the text is no vault's.
 * It is not encrypted, and has nothing of a session but when it was handed in.
 */
export function readVaultHeader(text: string): VaultHeader | null {
  try {
    return vaultHeader.parse(JSON.parse(text.slice(0, text.indexOf('\n'))));
  } catch {
    return null;
  }
}

/** The sessions in a vault's text. Throws if it is damaged or encrypted for someone else. */
export function readVaultContent(cipher: Cipher, text: string): ReadVault {
  const content = vaultContent.parse(unseal(cipher, text.slice(text.indexOf('\n') + 1)));
  const checked = content.held.map(checkHeld);
  return {
    ...content,
    held: checked.flatMap(({ session }) => session ?? []),
    refused: checked.flatMap(({ refused }) => refused),
    isIncomplete: checked.some(({ session }) => session === null),
  };
}

const addressed = z.object({
  server: z.string().refine(isSafeOrigin, FIELD_PROBLEMS['not-an-address']),
  fqSiteName,
  pool: pool.nullable(),
  sessionId,
  accountId: accountId.optional(),
});

/** The session, as far as it can be addressed; an earlier version may have written what this one refuses. */
function checkHeld(session: HeldSession): {
  session: HeldSession | null;
  refused: RefusedValue[];
} {
  const parsed = addressed.safeParse(session);
  if (parsed.success) return { session, refused: [] };
  const refused = refusedBy(parsed.error);
  const isPoolAlone = refused.length === 1 && refused[0]?.field === 'pool';
  // An agent's session is found by its site alone.
  if (isPoolAlone && session.kind === 'agent')
    return { session: { ...session, pool: null }, refused };
  return { session: null, refused };
}

/**
 * Has the other machines that share the data folder see that this one is in use; `now` is in epoch milliseconds. Throws
 * what the disk throws.
 */
export function touchVault(machineDir: string, now: number): void {
  const file = path.join(machineDir, VAULT_FILE);
  const at = new Date(now);
  if (existsSync(file)) utimesSync(file, at, at);
}

/** The content is damaged, or encrypted for someone else. */
class UnreadableVault extends Error {}

/**
 * Opens the vault in `folder`. An unreadable one (damaged, or encrypted for someone else) is renamed to
 * `setAside` and replaced by an empty one. If the disk fails, the vault is left for the next start: then
 * `file` is null and `fault` the disk's error. Of values that are `refused`, a pool is left out; with anything else its
 * session is, which cannot be addressed: the file is then copied to `setAside` as it was.
 */
export function openVaultFile(parts: {
  folder: string;
  /** This machine's name, for people. */
  host: string;
  cipher: Cipher;
  openStore: (options: StoreOptions) => Store;
  now: () => number;
  /** Seconds since the machine has booted. */
  uptime: () => number;
}): {
  file: VaultFile | null;
  setAside: string | null;
  fault: unknown;
  refused: readonly RefusedValue[];
} {
  const { folder, host, cipher, now, uptime } = parts;
  const bootedAt = (): number => Math.round(now() - uptime() * 1000);
  const openStore = (): Store =>
    parts.openStore({
      cwd: folder,
      name: NAME,
      // The same option in conf, on which electron-store is based.
      configName: NAME,
      fileExtension: 'sealed',
      clearInvalidConfig: false,
      deserialize(text) {
        try {
          return readVaultContent(cipher, text);
        } catch (error) {
          throw new UnreadableVault('The vault cannot be read.', { cause: error });
        }
      },
    });
  const filePath = path.join(folder, VAULT_FILE);
  const setAside = `${NAME}.unreadable-${new Date(now()).toISOString().replaceAll(':', '-')}.sealed`;
  try {
    const store = retryWhileBusy(openStore);
    const found = store.store;
    const file = vaultFile(store.path, found, { cipher, host, bootedAt });
    const copied = found.isIncomplete === true ? setAside : null;
    if (copied !== null) {
      retryWhileBusy(() => copyFileSync(filePath, path.join(folder, copied)));
      // So that the next start has nothing to copy.
      file.write(file.held, file.resumeUntil);
    }
    return { file, setAside: copied, fault: null, refused: found.refused ?? [] };
  } catch (error) {
    if (!existsSync(filePath)) throw error;
    if (!(error instanceof UnreadableVault)) return nothingRead(error);
  }
  try {
    retryWhileBusy(() => renameSync(filePath, path.join(folder, setAside)));
    const file = vaultFile(openStore().path, {}, { cipher, host, bootedAt });
    return { file, setAside, fault: null, refused: [] };
  } catch (error) {
    return nothingRead(error);
  }
}

function nothingRead(fault: unknown) {
  return { file: null, setAside: null, fault, refused: [] };
}

function vaultFile(
  filePath: string,
  found: Store['store'],
  parts: { cipher: Cipher; host: string; bootedAt: () => number },
): VaultFile {
  const { cipher, host, bootedAt } = parts;
  return {
    held: found.held ?? [],
    resumeUntil: isOfBoot(found.bootedAt ?? null, bootedAt()) ? (found.resumeUntil ?? null) : null,
    write(held, resumeUntil, busyLimitMs) {
      const content: VaultContent = {
        version: 1,
        resumeUntil,
        bootedAt: resumeUntil === null ? null : bootedAt(),
        held: [...held],
      };
      // Not by electron-store, which may write only a part on a nearly full disk without noticing.
      const since = held.length === 0 ? null : Math.min(...held.map(({ heldSince }) => heldSince));
      const header: VaultHeader = { host, held: held.length, since };
      const text = `${JSON.stringify(header)}\n${seal(cipher, content)}`;
      writeAtomically(filePath, text, busyLimitMs);
    },
  };
}

/**
 * Whether the mark was written since this boot. Only so the session's login is the same one: Windows' logon ids begin
 * anew at each boot. A clock that was set far off makes it another boot, which is as after a crash.
 */
function isOfBoot(written: number | null, bootedAt: number): boolean {
  return written !== null && Math.abs(bootedAt - written) <= SAME_BOOT_MS;
}
