import { createHash } from 'node:crypto';

/** The operating system's encryption. */
export interface Cipher {
  encrypt(plain: string): Buffer;
  decrypt(sealed: Buffer): string;
}

/**
 * The content as encrypted text, with a digest. Chromium's encryption on Linux and macOS does not detect
 * damage: it would decrypt a damaged session id, address or origin to another one.
 */
export function seal(cipher: Cipher, content: unknown): string {
  const json = JSON.stringify(content);
  return cipher.encrypt(`${digest(json)} ${json}`).toString('base64');
}

/** The sealed content. Throws if the text is damaged or encrypted for someone else. */
export function unseal(cipher: Cipher, text: string): unknown {
  const plain = cipher.decrypt(Buffer.from(text, 'base64'));
  const json = plain.slice(plain.indexOf(' ') + 1);
  if (plain !== `${digest(json)} ${json}`) throw new Error('The sealed text is damaged.');
  return JSON.parse(json);
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
