import { isLoopback } from '../common/loopback.ts';

/**
 * What a server pattern, and an address that IT names, may be. Patterns are matched by their parts
 * and never by their text, so that nothing that merely looks alike passes.
 */

/** Every server: the pattern of `allowedServers` that says no more than leaving it out. */
const ANY = '*';
const HOST_PATTERN = /^https:\/\/\*\.([a-z0-9-]+(?:\.[a-z0-9-]+)+)(?::\d{1,5})?$/;
/** Names without an empty part, which the parser would let pass; or an address of IP version 6. */
const HOST = /^(?:[a-z0-9_-]+\.)*[a-z0-9_-]+$|^\[[0-9a-f:.]+\]$/;

/**
 * Whether this is a pattern: an origin such as `https://chat.example.com`, every host below a domain
 * as in `https://*.example.com` (of one port where it names one), or `*`.
 */
export function isServerPattern(pattern: string): boolean {
  return pattern === ANY || readHostPattern(pattern) !== null || isOrigin(pattern);
}

/** Whether one of the patterns allows this server, which is an origin as a hand-in has it. */
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

/** Null where it is no such pattern; the port is empty where it is that of `https`. */
function readHostPattern(pattern: string): { domain: string; port: string } | null {
  const [, domain] = HOST_PATTERN.exec(pattern.toLowerCase()) ?? [];
  if (domain === undefined || !URL.canParse(pattern)) return null;
  return { domain, port: new URL(pattern).port };
}

/** Whether it is an address alone: `https`, or `http` of this machine itself, with nothing behind. */
export function isOrigin(text: string): boolean {
  const url = readWebAddress(text);
  if (url === null || !isSafe(url)) return false;
  return url.pathname === '/' && !/[?#*]/.test(text) && HOST.test(url.hostname);
}

/** Whether it is an `https` address, or one of `http` of this machine itself. */
export function isSafeUrl(text: string): boolean {
  const url = readWebAddress(text);
  return url !== null && isSafe(url);
}

/** Null where it is no web address, or one that holds a user name or password. */
function readWebAddress(text: string): URL | null {
  // The parser would take spaces and backslashes, and mend what has no slashes.
  if (!/^https?:\/\/[^\s\\@]+$/i.test(text) || !URL.canParse(text)) return null;
  return new URL(text);
}

function isSafe({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || isLoopback(hostname);
}
