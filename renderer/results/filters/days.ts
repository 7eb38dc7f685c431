/** A day of the machine's time zone is written `YYYY-MM-DD` here, as a date field does. */

export function startOfDay(day: string): number {
  return new Date(`${day}T00:00:00`).getTime();
}

/** The day's last millisecond. */
export function endOfDay(day: string): number {
  return new Date(`${day}T23:59:59.999`).getTime();
}

/** The day that the moment is on. */
export function dateOf(epochMs: number): string {
  const at = new Date(epochMs);
  const parts = [at.getFullYear(), at.getMonth() + 1, at.getDate()];
  return parts.map((part, index) => String(part).padStart(index === 0 ? 4 : 2, '0')).join('-');
}
