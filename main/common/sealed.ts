import { createHash } from 'node:crypto';

/** What encrypts: the operating system's own means, handed in. */
export interface Cipher {
  encrypt(plain: string): Buffer;
  decrypt(sealed: Buffer): string;
}

/**
 * The content as encrypted text. The digest is there because the encryption is no guard against damage: on
 * Linux and macOS, Chromium's would decrypt a damaged session id, address or origin to another one.
 */
export function seal(cipher: Cipher, content: unknown): string {
  const json = JSON.stringify(content);
  return cipher.encrypt(`${digest(json)} ${json}`).toString('base64');
}

/** What was sealed. Throws where the text is damaged, or encrypted for someone else. */
export function unseal(cipher: Cipher, text: string): unknown {
  const plain = cipher.decrypt(Buffer.from(text, 'base64'));
  const json = plain.slice(plain.indexOf(' ') + 1);
  if (plain !== `${digest(json)} ${json}`) throw new Error('The sealed text is damaged.');
  return JSON.parse(json);
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
