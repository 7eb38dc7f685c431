import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Clock } from '../common/clock.ts';
import { isMissing } from '../common/error-code.ts';
import { createListeners } from '../common/listeners.ts';
import { retryWhileBusy } from '../common/retry-while-busy.ts';
import type { Cipher } from '../common/sealed.ts';
import { isMachineFolder } from './machine-folder.ts';
import type { HeldSession } from './session.ts';
import type { Vault } from './vault.ts';
import { readVaultContent, readVaultHeader, VAULT_FILE } from './vault-file.ts';

/** What another machine holds, by the vault that it has in the same data folder. */
export interface OtherMachine {
  /** Its name; its folder's where its vault does not tell. */
  readonly host: string;
  /** The earliest hand-in, in epoch milliseconds; null where its vault does not tell. */
  readonly since: number | null;
  /** Null where this machine cannot decrypt them. */
  readonly held: readonly HeldSession[] | null;
}

/**
 * The sessions that other machines hold. Somebody may be at work in them there, so they are ended only by
 * their ids. One that was ended from here stays in the other machine's file, which that machine alone
 * writes: its app may be alive, and would write over any change. It is told `already-over` when it ends the
 * session itself.
 */
export interface OtherMachines extends Pick<
  Vault,
  'held' | 'find' | 'release' | 'noteSequenceNumber' | 'flush'
> {
  /** Those that hold something. */
  machines(): readonly OtherMachine[];
  /** Reads their vaults again, and once a minute while they hold something. Never throws. */
  look(): void;
  onChange(listener: () => void): void;
}

const LOOK_EVERY_MS = 60_000;

export function createOtherMachines(parts: {
  dataDir: string;
  /** This machine's folder in it. */
  machineDir: string;
  cipher: Cipher | null;
  clock: Pick<Clock, 'now' | 'after'>;
  /** A vault that is there could not be read. */
  onFault: (error: unknown) => void;
}): OtherMachines {
  const { dataDir, machineDir, cipher, clock, onFault } = parts;
  const listeners = createListeners();
  /** Sessions that were ended from here. */
  const over = new Set<string>();
  /** By session, the number of the last request from here. */
  const numbers = new Map<string, number>();
  let seen: readonly OtherMachine[] = [];
  let cancelLook = (): void => undefined;

  const look = (): void => {
    const before = JSON.stringify(seen);
    try {
      seen = otherFolders(dataDir, path.basename(machineDir)).flatMap((folder) => {
        const text = readIfThere(path.join(folder, VAULT_FILE));
        return text === null ? [] : (readVault(path.basename(folder), cipher, text) ?? []);
      });
    } catch (error) {
      // What was seen before stands.
      onFault(error);
    }
    if (JSON.stringify(seen) !== before) listeners.notify();
    cancelLook();
    // So that what is shown is not of yesterday.
    if (seen.length > 0) cancelLook = clock.after(LOOK_EVERY_MS, look);
  };

  const machines = (): OtherMachine[] =>
    seen
      .map((machine) => ({
        ...machine,
        held: machine.held?.filter(({ id }) => !over.has(id)) ?? null,
      }))
      .filter(({ held }) => held?.length !== 0);
  const held = (): HeldSession[] =>
    machines()
      .flatMap((machine) => machine.held ?? [])
      .map((session) => {
        // The other app counts on as well; it sent fewer requests than milliseconds have passed.
        const lastSequenceNumber = Math.max(
          session.lastSequenceNumber,
          clock.now() - session.heldSince,
          numbers.get(session.id) ?? 0,
        );
        return { ...session, lastSequenceNumber };
      });

  return {
    machines,
    look,
    held,
    find: (id) => held().find((session) => session.id === id),
    release(id) {
      over.add(id);
      listeners.notify();
    },
    noteSequenceNumber: (id, sequenceNumber) => void numbers.set(id, sequenceNumber),
    flush: () => undefined,
    onChange: (listener) => listeners.add(listener),
  };
}

/** The folders of the other machines; none where there is no data folder yet. */
function otherFolders(dataDir: string, own: string): string[] {
  try {
    return retryWhileBusy(() => readdirSync(dataDir))
      .filter((name) => isMachineFolder(name) && name !== own)
      .map((name) => path.join(dataDir, name));
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

/** Null where there is no such file. */
function readIfThere(file: string): string | null {
  try {
    return retryWhileBusy(() => readFileSync(file, 'utf8'));
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/** Null where it holds nothing. */
function readVault(folderName: string, cipher: Cipher | null, text: string): OtherMachine | null {
  const header = readVaultHeader(text);
  if (header?.held === 0) return null;
  const host = header?.host ?? folderName;
  const since = header?.since ?? null;
  try {
    return { host, since, held: cipher === null ? null : readVaultContent(cipher, text).held };
  } catch {
    // The key to it is the other machine's own.
    return { host, since, held: null };
  }
}
