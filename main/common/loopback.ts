/**
 * Whether this is the machine itself, by its name in a URL: what is sent there leaves it not. Not so
 * `app.localhost`, which not every system resolves by itself (RFC 6761 only asks for it).
 */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}
