/**
 * What one place of a policy holds: settings of whatever form, to be judged by the schema; none where
 * there is no policy. A place that cannot be read says so in words, which is not the same as none.
 */
export type PlaceReading =
  | { readonly ok: true; readonly content: unknown }
  | { readonly ok: false; readonly problem: string };

export interface PolicyReading {
  readonly machine: PlaceReading;
  readonly user: PlaceReading;
}

/** Where an operating system keeps policies: one module for each. */
export interface PolicySource {
  /** Never rejects. */
  read(): Promise<PolicyReading>;
  /** Calls when what is read may be another; returns what ends it. */
  watch(onChange: () => void): () => void;
}

export const NO_POLICY: PlaceReading = { ok: true, content: {} };

/** Runs a program and resolves with what it wrote; rejects when it failed. */
export type Run = (program: string, args: readonly string[]) => Promise<string>;
