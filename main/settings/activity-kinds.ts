import type { Settings } from './schema.ts';

/** What the site has for a status, of which it may have several. */
export interface ActivityKind {
  /** The site's number for it (`subTypeId`). */
  readonly id: number;
  readonly name: string;
}

/** The kinds of being available, in IT's order; of two with the same number the first counts. */
export function availableKinds(settings: Settings): ActivityKind[] {
  return kindsIn(settings.availableKinds);
}

/** The reasons for being unavailable, likewise. */
export function unavailableReasons(settings: Settings): ActivityKind[] {
  return kindsIn(settings.unavailableReasons);
}

function kindsIn(texts: readonly string[]): ActivityKind[] {
  const kinds = new Map<number, ActivityKind>();
  for (const text of texts) {
    const space = text.indexOf(' ');
    const id = Number(text.slice(0, space));
    if (!kinds.has(id)) kinds.set(id, { id, name: text.slice(space + 1) });
  }
  return [...kinds.values()];
}
