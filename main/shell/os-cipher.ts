import { safeStorage } from 'electron';
import type { Cipher } from '../common/sealed.ts';

/**
 * The operating system's encryption; null if it offers none. On Linux without a keyring Chromium uses
 * `basic_text`, a hard-coded key, which is no encryption
 * (https://www.electronjs.org/docs/latest/api/safe-storage). Call it only when Electron is ready.
 */
export async function osCipher(): Promise<Cipher | null> {
  await keychainAnswered();
  if (!safeStorage.isEncryptionAvailable()) return null;
  if (process.platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text')
    return null;
  return {
    encrypt: (plain) => safeStorage.encryptString(plain),
    decrypt: (sealed) => safeStorage.decryptString(sealed),
  };
}

/**
 * The Keychain may be locked, or ask whether this app may: the first use would block the main thread until the
 * person has answered. The asynchronous API, which Electron 33 lacks, asks on another thread; what comes after it is
 * synchronous because the end of a session is, and finds the Keychain open.
 */
async function keychainAnswered(): Promise<void> {
  if (process.platform !== 'darwin' || !('isAsyncEncryptionAvailable' in safeStorage)) return;
  // Without an answer, the synchronous API says that there is no encryption.
  await safeStorage.isAsyncEncryptionAvailable().catch(() => false);
}
