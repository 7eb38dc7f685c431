import { readdirSync, readFileSync, renameSync, statSync } from 'node:fs';
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
  /**
   * Called with a machine that nobody has used for a day, such as one of a pool, made for a day's work: the server has
   * dropped what it held. Its vault has been set aside then, so that no other machine tells of it as well.
   */
  onUnseen(listener: (machine: OtherMachine) => void): void;
  onChange(listener: () => void): void;
}

/** The vault of a machine that has not been seen for a day; the newest one is kept. */
const SET_ASIDE = 'vault.unseen.sealed';
const LOOK_EVERY_MS = 60_000;
/** A running app touches its vault once an hour. */
const UNSEEN_AFTER_MS = 24 * 60 * 60 * 1000;

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
  const unseenListeners = createListeners<[machine: OtherMachine]>();
  /** Sessions that were ended from here. */
  const over = new Set<string>();
  /** By session, the number of the last request from here. */
  const numbers = new Map<string, number>();
  let seen: readonly OtherMachine[] = [];
  let cancelLook = (): void => undefined;

  const look = (): void => {
    const before = JSON.stringify(seen);
    const unseen: OtherMachine[] = [];
    try {
      seen = otherFolders(dataDir, path.basename(machineDir)).flatMap((folder) => {
        const file = path.join(folder, VAULT_FILE);
        const text = readIfThere(file);
        const machine = text === null ? null : readVault(path.basename(folder), cipher, text);
        if (machine === null) return [];
        if (clock.now() - statSync(file).mtimeMs <= UNSEEN_AFTER_MS) return [machine];
        renameSync(file, path.join(folder, SET_ASIDE));
        unseen.push(machine);
        return [];
      });
    } catch (error) {
      // What was seen before stands.
      onFault(error);
    }
    for (const machine of unseen) unseenListeners.notify(machine);
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
    onUnseen: (listener) => unseenListeners.add(listener),
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
