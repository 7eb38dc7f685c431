import { isLoopback } from '../common/loopback.ts';

// Patterns are matched by URL parts and never by text, so that a look-alike host does not pass.

/** Matches every server, as `allowedServers` does by default. */
const ANY = '*';
const HOST_PATTERN = /^https:\/\/\*\.([a-z0-9-]+(?:\.[a-z0-9-]+)+)(?::\d{1,5})?$/;
/** Labels must not be empty, which the URL parser would accept; or an IPv6 address. */
const HOST = /^(?:[a-z0-9_-]+\.)*[a-z0-9_-]+$|^\[[0-9a-f:.]+\]$/;

/**
 * Whether this is a pattern: an origin such as `https://chat.example.com`, all subdomains as in
 * `https://*.example.com` (with an optional port), or `*`.
 */
export function isServerPattern(pattern: string): boolean {
  return pattern === ANY || readHostPattern(pattern) !== null || isOrigin(pattern);
}

/** Whether one of the patterns allows this server, given by its origin. */
export function allowsServer(patterns: readonly string[], server: string): boolean {
  return patterns.some((pattern) => pattern === ANY || matches(pattern, server));
}

function matches(pattern: string, server: string): boolean {
  if (!isOrigin(server)) return false;
  const { protocol, hostname, port } = new URL(server);
  const below = readHostPattern(pattern);
  if (below === null)
    return isOrigin(pattern) && new URL(pattern).origin === new URL(server).origin;
  return protocol === 'https:' && port === below.port && hostname.endsWith(`.${below.domain}`);
}

/** Null if it is not a subdomain pattern. The port is empty if it is the default of `https`. */
function readHostPattern(pattern: string): { domain: string; port: string } | null {
  const [, domain] = HOST_PATTERN.exec(pattern.toLowerCase()) ?? [];
  if (domain === undefined || !URL.canParse(pattern)) return null;
  return { domain, port: new URL(pattern).port };
}

/** Whether it is an origin only, without a path: `https`, or `http` on loopback. */
export function isOrigin(text: string): boolean {
  const url = readWebAddress(text);
  if (url === null || !isSafe(url)) return false;
  return url.pathname === '/' && !/[?#*]/.test(text) && HOST.test(url.hostname);
}

/** Whether it is an `https` URL, or an `http` URL on loopback. */
export function isSafeUrl(text: string): boolean {
  const url = readWebAddress(text);
  return url !== null && isSafe(url);
}

/** Null if it is not an `http(s)` URL, or has a user name or password in it. */
function readWebAddress(text: string): URL | null {
  // The URL parser accepts spaces and backslashes, and adds missing slashes.
  if (!/^https?:\/\/[^\s\\@]+$/i.test(text) || !URL.canParse(text)) return null;
  return new URL(text);
}

function isSafe({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || isLoopback(hostname);
}
