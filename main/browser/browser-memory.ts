import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import type { Cipher } from '../common/sealed.ts';
import { createSealedFile } from '../common/sealed-file.ts';

/** What persists: the token generated for this person, and the origins that they approved. */
export interface BrowserMemory {
  /** The token; generated at the first call. */
  token(): string;
  isApproved(origin: string): boolean;
  approve(origin: string): void;
  /** Keeps the approval of listed origins only. */
  retain(isListed: (origin: string) => boolean): void;
}

/** Its file in the data folder. */
export const BROWSER_MEMORY_FILE = 'browser-hand-in.sealed';

const TOKEN_BYTES = 32;

const contentSchema = z.object({ token: z.string().min(1), approved: z.array(z.string()) });
type Content = Readonly<z.infer<typeof contentSchema>>;

/**
 * Persists in `file`, encrypted; in memory where the system has no encryption (`cipher` is null). A file
 * that cannot be read means a new token and no approvals.
 */
export function createBrowserMemory(parts: {
  file: string;
  cipher: Cipher | null;
  /** A change could not be written; it lasts until the app ends. */
  onWriteFault: (error: unknown) => void;
}): BrowserMemory {
  const kept = createSealedFile({ ...parts, schema: contentSchema });

  const content = (): Content => {
    const known = kept.content();
    if (known !== null) return known;
    const made = { token: randomBytes(TOKEN_BYTES).toString('base64url'), approved: [] };
    kept.keep(made);
    return made;
  };

  return {
    token: () => content().token,
    isApproved: (origin) => content().approved.includes(origin),
    approve(origin) {
      const { token, approved } = content();
      if (!approved.includes(origin)) kept.keep({ token, approved: [...approved, origin] });
    },
    retain(isListed) {
      const { token, approved } = content();
      const still = approved.filter(isListed);
      if (still.length < approved.length) kept.keep({ token, approved: still });
    },
  };
}
