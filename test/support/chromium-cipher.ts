import { createCipheriv, createDecipheriv, pbkdf2Sync } from 'node:crypto';
import type { Cipher } from '../../main/common/sealed.ts';

const PREFIX = 'v11';
const IV = Buffer.alloc(16, ' ');

/**
 * What Electron's safeStorage does on Linux and macOS (Chromium's os_crypt): AES in CBC mode and
 * nothing that tells damage. A damaged byte may well be decrypted, to something else.
 */
export function chromiumCipher(): Cipher {
  const key = pbkdf2Sync('a password from the keyring', 'saltysalt', 1, 16, 'sha1');
  return {
    encrypt(plain) {
      const cipher = createCipheriv('aes-128-cbc', key, IV);
      return Buffer.concat([Buffer.from(PREFIX), cipher.update(plain, 'utf8'), cipher.final()]);
    },
    decrypt(sealed) {
      if (sealed.toString('latin1', 0, PREFIX.length) !== PREFIX) {
        throw new Error('Ciphertext does not appear to be encrypted.');
      }
      const decipher = createDecipheriv('aes-128-cbc', key, IV);
      const plain = [decipher.update(sealed.subarray(PREFIX.length)), decipher.final()];
      return Buffer.concat(plain).toString('utf8');
    },
  };
}
