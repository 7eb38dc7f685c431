import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import type { Cipher } from '../common/sealed.ts';
import { createSealedFile } from '../common/sealed-file.ts';

/** What outlasts a start: the token that was made for this person, and whom they have approved. */
export interface BrowserMemory {
  /** The token; made when it is first asked for. */
  token(): string;
  isApproved(origin: string): boolean;
  /** The agent has allowed this origin. */
  approve(origin: string): void;
  /** Forgets the approval of those that `isListed` denies. */
  retain(isListed: (origin: string) => boolean): void;
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
