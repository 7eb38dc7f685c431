/** A day as a date field has it, `YYYY-MM-DD`, in the machine's time zone: its first millisecond since the epoch. */
export function firstOf(day: string): number {
  return new Date(`${day}T00:00:00`).getTime();
}

/** The same day's last millisecond. By the next day, because the last hour may come twice. */
export function lastOf(day: string): number {
  // From noon, which every day has once.
  const next = new Date(`${day}T12:00:00`);
  next.setDate(next.getDate() + 1);
  return next.setHours(0, 0, 0, 0) - 1;
}

/** The day of that moment, in epoch milliseconds. */
export function dayOf(epochMs: number): string {
  const at = new Date(epochMs);
  const parts = [at.getFullYear(), at.getMonth() + 1, at.getDate()];
  return parts.map((part, index) => String(part).padStart(index === 0 ? 4 : 2, '0')).join('-');
}
