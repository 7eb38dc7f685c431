/** One line of a module, and whether the walls must report it. */
export interface Probe {
  readonly file: string;
  readonly code: string;
  readonly forbidden: boolean;
}
