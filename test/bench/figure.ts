import type { RunOptions } from '../../scripts/signoff.ts';

/** What a figure has to reach: a multiple of its baseline, or a size of its own. */
export type Aim =
  | { readonly kind: 'ratio'; readonly most: number }
  | { readonly kind: 'value'; readonly most: number };

/** One line of the table: what was measured, round by round, and the same of what it is held against. */
export interface Row {
  readonly figure: string;
  /** Null where the aim stands for itself. */
  readonly baseline: string | null;
  readonly unit: string;
  readonly measured: readonly number[];
  readonly baselineMeasured: readonly number[];
  /** Null where it is told for comparison only. */
  readonly aim: Aim | null;
}

/** What the figures are measured with. */
export interface Bench {
  /** How often each is measured. */
  readonly rounds: number;
  readonly idleSeconds: number;
  /** Where the apps run. */
  readonly desktop: Pick<RunOptions, 'env' | 'electronArgs'>;
}

/** One thing that is measured; it may take more than one line to tell. */
export type Figure = (bench: Bench) => Promise<Row[]>;
