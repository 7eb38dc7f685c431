/**
 * Whether a URL's hostname is this machine itself, so that nothing leaves it. Not so `app.localhost`, which
 * not every system resolves to loopback (RFC 6761 only recommends it).
 */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}
