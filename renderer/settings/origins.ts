import { isLoopback } from '../../main/common/loopback.ts';

export type Origins =
  | { readonly ok: true; readonly origins: readonly string[] }
  /** The first invalid line. */
  | { readonly ok: false; readonly line: string };

/** Reads the addresses in a text, one a line: normalized, without duplicates. */
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

/** An `https` origin, or `http` of this machine itself; null for anything else. */
function originOf(line: string): string | null {
  if (!/^https?:\/\/[^\s\\@?#*]+$/i.test(line) || !URL.canParse(line)) return null;
  const { protocol, hostname, pathname, origin } = new URL(line);
  if (pathname !== '/' || (protocol === 'http:' && !isLoopback(hostname))) return null;
  return origin;
}
