/** Writes the time of day of a moment, given in epoch milliseconds, in the machine's time zone. */
export type TimeOfDay = (epochMs: number) => string;

/** Writes it as that language does, given as a BCP 47 tag. */
export function createTimeOfDay(language: string): TimeOfDay {
  let format: Intl.DateTimeFormat | undefined;
  return (epochMs) => {
    format ??= new Intl.DateTimeFormat(language, { timeStyle: 'short' });
    return format.format(epochMs);
  };
}
