/** Text with ordinary spaces in the place of those at which no line is broken. */
export const withSpaces = (text: string | null): string =>
  (text ?? '').replace(/[\u00a0\u202f]/g, ' ');
