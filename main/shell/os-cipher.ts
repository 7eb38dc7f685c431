import { safeStorage } from 'electron';
import type { Cipher } from '../common/sealed.ts';

/**
 * The operating system's encryption; null if it offers none. On Linux without a keyring Chromium uses
 * `basic_text`, a hard-coded key, which is no encryption
 * (https://www.electronjs.org/docs/latest/api/safe-storage). Call it only when Electron is ready.
 */
export function osCipher(): Cipher | null {
  if (!safeStorage.isEncryptionAvailable()) return null;
  if (process.platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text')
    return null;
  return {
    encrypt: (plain) => safeStorage.encryptString(plain),
    decrypt: (sealed) => safeStorage.decryptString(sealed),
  };
}
