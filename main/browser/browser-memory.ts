import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { retryWhileBusy } from '../common/retry-while-busy.ts';
import { writeAtomically } from '../common/write-atomically.ts';
import { type Cipher, seal, unseal } from '../common/sealed.ts';

/** What outlasts a start: the token that was made for this person, and whom they have approved. */
export interface BrowserMemory {
  /** The token; made when it is first asked for. */
  token(): string;
  isApproved(origin: string): boolean;
  /** The agent has allowed this origin. */
  approve(origin: string): void;
  /** Forgets the approval of those that `isListed` denies. */
  narrow(isListed: (origin: string) => boolean): void;
}

/** The file of it in the data folder. */
export const BROWSER_MEMORY_FILE = 'browser-hand-in.sealed';

const TOKEN_BYTES = 32;

const contentSchema = z.object({ token: z.string().min(1), approved: z.array(z.string()) });
type Content = Readonly<z.infer<typeof contentSchema>>;

/**
 * Remembers in `file`, encrypted. Where the system offers no encryption (`cipher` is null), all of it
 * lasts until the app ends. A file that cannot be read means a new token, and nobody approved.
 */
export function createBrowserMemory(parts: {
  file: string;
  cipher: Cipher | null;
  /** The disk did not take a change, which then lasts until the app ends. */
  onWriteFault: (error: unknown) => void;
}): BrowserMemory {
  const { file, cipher, onWriteFault } = parts;
  /** Undefined until it is first asked for: most people never turn this on. */
  let known: Content | undefined;

  const change = (next: Content): Content => {
    known = next;
    if (cipher === null) return next;
    try {
      writeAtomically(file, seal(cipher, next));
    } catch (error) {
      onWriteFault(error);
    }
    return next;
  };
  const content = (): Content => {
    known ??= cipher === null ? undefined : read(file, cipher);
    return known ?? change({ token: randomBytes(TOKEN_BYTES).toString('base64url'), approved: [] });
  };

  return {
    token: () => content().token,
    isApproved: (origin) => content().approved.includes(origin),
    approve(origin) {
      const { token, approved } = content();
      if (!approved.includes(origin)) change({ token, approved: [...approved, origin] });
    },
    narrow(isListed) {
      const { token, approved } = content();
      const still = approved.filter(isListed);
      if (still.length < approved.length) change({ token, approved: still });
    },
  };
}

/** Undefined where there is none, or none that this person's encryption can read. */
function read(file: string, cipher: Cipher): Content | undefined {
  try {
    const text = retryWhileBusy(() => readFileSync(file, 'utf8'));
    return contentSchema.parse(unseal(cipher, text));
  } catch {
    return undefined;
  }
}
