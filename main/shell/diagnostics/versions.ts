import { arch, release, type, version } from 'node:os';

/** Of Signoff, what it is built on, and the system that it runs on. */
export function systemVersions(signoff: string): Record<string, string | null> {
  const { electron, chrome, node } = process.versions;
  return {
    signoff,
    electron: electron ?? null,
    chromium: chrome ?? null,
    node,
    system: `${type()} ${release()} (${arch()})`,
    systemVersion: version(),
    desktop: process.env['XDG_CURRENT_DESKTOP'] ?? null,
    display: process.env['XDG_SESSION_TYPE'] ?? null,
  };
}
