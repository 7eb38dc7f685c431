import type { Settings } from './schema.ts';

export interface UnavailableReason {
  /** The number that the site has for it. */
  readonly id: number;
  readonly name: string;
}

/** Why an agent may be unavailable, in IT's order; of two with the same number the first counts. */
export function unavailableReasons(settings: Settings): UnavailableReason[] {
  const reasons = new Map<number, UnavailableReason>();
  for (const text of settings.unavailableReasons) {
    const space = text.indexOf(' ');
    const id = Number(text.slice(0, space));
    if (!reasons.has(id)) reasons.set(id, { id, name: text.slice(space + 1) });
  }
  return [...reasons.values()];
}
