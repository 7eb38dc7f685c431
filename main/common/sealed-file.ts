import { readFileSync } from 'node:fs';
import type * as z from 'zod';
import { retryWhileBusy } from './retry-while-busy.ts';
import { type Cipher, seal, unseal } from './sealed.ts';
import { writeAtomically } from './write-atomically.ts';

/** A value persisted in an encrypted file. */
export interface SealedFile<T> {
  /** Null where there is none, or none that can be decrypted. */
  content(): T | null;
  /** Never throws. */
  keep(content: T): void;
}

/** Where the system has no encryption (`cipher` is null), the value lasts until the app ends. */
export function createSealedFile<T>(parts: {
  file: string;
  cipher: Cipher | null;
  schema: z.ZodType<T>;
  /** A change could not be written; it lasts until the app ends. */
  onWriteFault: (error: unknown) => void;
}): SealedFile<T> {
  const { file, cipher, schema, onWriteFault } = parts;
  /** Undefined until first used: reading and decrypting would delay the app's start. */
  let known: T | null | undefined;

  const read = (): T | null => {
    if (cipher === null) return null;
    try {
      const text = retryWhileBusy(() => readFileSync(file, 'utf8'));
      return schema.parse(unseal(cipher, text));
    } catch {
      return null;
    }
  };

  return {
    content() {
      if (known === undefined) known = read();
      return known;
    },
    keep(content) {
      known = content;
      if (cipher === null) return;
      try {
        writeAtomically(file, seal(cipher, content));
      } catch (error) {
        onWriteFault(error);
      }
    },
  };
}
