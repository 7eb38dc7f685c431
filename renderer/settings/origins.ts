import { isLoopback } from '../../main/common/loopback.ts';

export type Origins =
  | { readonly ok: true; readonly origins: readonly string[] }
  /** The first line that is no console's address. */
  | { readonly ok: false; readonly line: string };

/** Reads the addresses in a text, one a line; each once, and without what makes no difference. */
export function readOrigins(text: string): Origins {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const origins = new Set<string>();
  for (const line of lines) {
    const origin = originOf(line);
    if (origin === null) return { ok: false, line };
    origins.add(origin);
  }
  return { ok: true, origins: [...origins] };
}

/** `https`, or `http` of this machine itself, with nothing behind; null where it is another. */
function originOf(line: string): string | null {
  if (!/^https?:\/\/[^\s\\@?#*]+$/i.test(line) || !URL.canParse(line)) return null;
  const { protocol, hostname, pathname, origin } = new URL(line);
  if (pathname !== '/' || (protocol === 'http:' && !isLoopback(hostname))) return null;
  return origin;
}
