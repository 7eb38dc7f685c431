/**
 * The index that a navigation key moves to: by its step, or to an end for Home and End. Null for other
 * keys, and with a modifier.
 */
export function indexAfterKey(
  { key, ctrlKey, altKey, metaKey }: KeyboardEvent,
  current: number,
  count: number,
  steps: Readonly<Record<string, number>>,
): number | null {
  if (ctrlKey || altKey || metaKey) return null;
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  const step = steps[key];
  return step === undefined ? null : Math.min(Math.max(0, current + step), count - 1);
}
