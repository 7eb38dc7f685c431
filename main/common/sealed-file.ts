import { readFileSync } from 'node:fs';
import type * as z from 'zod';
import { retryWhileBusy } from './retry-while-busy.ts';
import { type Cipher, seal, unseal } from './sealed.ts';
import { writeAtomically } from './write-atomically.ts';

/** What is remembered in a file, encrypted. */
export interface SealedFile<T> {
  /** Null where there is none, or none that this person's encryption can read. */
  content(): T | null;
  /** Never throws. */
  keep(content: T): void;
}

/** Where the system offers no encryption (`cipher` is null), what is kept lasts until the app ends. */
export function createSealedFile<T>(parts: {
  file: string;
  cipher: Cipher | null;
  schema: z.ZodType<T>;
  /** The disk did not take a change, which then lasts until the app ends. */
  onWriteFault: (error: unknown) => void;
}): SealedFile<T> {
  const { file, cipher, schema, onWriteFault } = parts;
  /** Undefined until it is first asked for: reading and decrypting would hold up the app's start. */
  let known: T | null | undefined;

  const read = (): T | null => {
    if (cipher === null) return null;
    try {
      return schema.parse(
        unseal(
          cipher,
          retryWhileBusy(() => readFileSync(file, 'utf8')),
        ),
      );
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
