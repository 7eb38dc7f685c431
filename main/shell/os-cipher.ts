import { safeStorage } from 'electron';
import type { Cipher } from '../common/sealed.ts';

/**
 * The operating system's encryption; null where it offers none. On Linux without a keyring Chromium
 * falls back to `basic_text`, a key that stands in its source, which is no encryption
 * (https://www.electronjs.org/docs/latest/api/safe-storage). Only call it when Electron is ready.
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
