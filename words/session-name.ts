import type { Words } from './words.ts';

/** What to call a held session: its label, or else what tells it apart. */
export function heldName(
  say: Words['sessions'],
  held: {
    readonly label: string;
    /** Null of an engagement. */
    readonly accountId: string | null;
    readonly maskedSessionId: string;
  },
): string {
  const { label, accountId, maskedSessionId } = held;
  if (label.trim()) return label;
  return accountId ? say.agentName(accountId) : say.engagementName(maskedSessionId);
}

/** What to call a session of which no id may be told: its label, or else its kind. */
export function labelOrKind(
  say: Words['sessions'],
  session: { readonly label: string; readonly kind: keyof Words['sessions']['kinds'] },
): string {
  return session.label.trim() || say.kinds[session.kind];
}
