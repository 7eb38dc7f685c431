/**
 * The content of one place of a policy, not yet validated; empty if there is no policy there. A place
 * that cannot be read is not the same as an empty one.
 */
export type PlaceReading =
  | { readonly ok: true; readonly content: unknown }
  | { readonly ok: false; readonly problem: string };

export interface PolicyReading {
  readonly machine: PlaceReading;
  readonly user: PlaceReading;
}

/** Where an operating system keeps policies: one module for each system. */
export interface PolicySource {
  /** Never rejects. */
  read(): Promise<PolicyReading>;
  /** Calls when the content may have changed; returns a function that stops it. */
  watch(onChange: () => void): () => void;
}

export const NO_POLICY: PlaceReading = { ok: true, content: {} };

/** Runs a program and resolves with its standard output; rejects if it failed. */
export type Run = (program: string, args: readonly string[]) => Promise<string>;
