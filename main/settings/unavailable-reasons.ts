import type { Settings } from './schema.ts';

export interface UnavailableReason {
  /** The site's number for it (`subTypeId`). */
  readonly id: number;
  readonly name: string;
}

/** The reasons for being unavailable, in IT's order; of two with the same number the first counts. */
export function unavailableReasons(settings: Settings): UnavailableReason[] {
  const reasons = new Map<number, UnavailableReason>();
  for (const text of settings.unavailableReasons) {
    const space = text.indexOf(' ');
    const id = Number(text.slice(0, space));
    if (!reasons.has(id)) reasons.set(id, { id, name: text.slice(space + 1) });
  }
  return [...reasons.values()];
}
