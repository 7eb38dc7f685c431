import { allowsServer } from './addresses.ts';
import type { Settings } from './schema.ts';

/** What IT has laid down for signing in. */
export function signInRulesOf(settings: Settings) {
  const { allowedServers, sessionsFrom, signInSite, applicationContext, mayRememberPassword } =
    settings;
  return {
    /** What the form begins with; empty where the person types it. */
    site: signInSite,
    applicationContext,
    mayRemember: mayRememberPassword,
    offers: { signIn: sessionsFrom !== 'hand-in', handIn: sessionsFrom !== 'sign-in' },
    /** Whether secrets may go to this site or chat server, an origin. */
    isAllowed: (server: string) => allowsServer(allowedServers, server),
  };
}
