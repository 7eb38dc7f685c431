/** Masks a secret for display: enough to tell two apart, too little to use. */
export function mask(secret: string): string {
  // Four characters are most of a short one.
  return secret.length < 8 ? '…' : `${secret.slice(0, 4)}…`;
}
