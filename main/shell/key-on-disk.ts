import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';
import type { Clock } from '../common/clock.ts';
import { createListeners } from '../common/listeners.ts';

/** Whether the key of the operating system's encryption would survive a crash. */
export interface KeyOnDisk {
  isSaved(): boolean;
  /** Called once it is, where it was not at first. */
  onSaved(listener: () => void): void;
}

const localState = z.object({ os_crypt: z.object({ encrypted_key: z.string().min(1) }) });
const CHECK_EVERY_MS = 1_000;

/**
 * Watches for the key. On Windows Chromium makes it at the first start, and keeps it in `Local State` in its
 * profile, which it writes up to 10 s later, or when the app quits (`BrowserProcessImpl::PostEarlyInitialization`
 * and `PostMainMessageLoopRun` in Electron's `shell/browser/browser_process_impl.cc`). Electron offers nothing
 * to have it written at once. Elsewhere it is the keyring's or the Keychain's.
 */
export function createKeyOnDisk(parts: {
  platform: NodeJS.Platform;
  /** Chromium's. */
  profile: string;
  clock: Pick<Clock, 'after'>;
}): KeyOnDisk {
  const { platform, clock } = parts;
  const file = path.join(parts.profile, 'Local State');
  const listeners = createListeners();
  let isSaved = platform !== 'win32' || hasKey(file);
  const checkLater = (): void => {
    clock.after(CHECK_EVERY_MS, () => {
      isSaved = hasKey(file);
      if (isSaved) listeners.notify();
      else checkLater();
    });
  };
  if (!isSaved) checkLater();
  return { isSaved: () => isSaved, onSaved: (listener) => listeners.add(listener) };
}

function hasKey(file: string): boolean {
  try {
    return localState.safeParse(JSON.parse(readFileSync(file, 'utf8'))).success;
  } catch {
    // It is not there yet, or another program has it open for now.
    return false;
  }
}
