/** A secret as people may see it: enough to tell two apart, too little to use. */
export function mask(secret: string): string {
  // Of a short one, even four characters are most of it.
  return secret.length < 8 ? '…' : `${secret.slice(0, 4)}…`;
}
