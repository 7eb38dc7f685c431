import { allowsServer } from './addresses.ts';
import type { Settings } from './schema.ts';

/** IT's rules for signing in. */
export function signInRulesOf(settings: Settings) {
  const { allowedServers, sessionsFrom, signInSite, applicationContext, mayRememberPassword } =
    settings;
  return {
    /** The form's default; empty if there is none. */
    site: signInSite,
    applicationContext,
    mayRemember: mayRememberPassword,
    offers: { signIn: sessionsFrom !== 'hand-in', handIn: sessionsFrom !== 'sign-in' },
    /** Whether secrets may be sent to this site or chat server, given by its origin. */
    isAllowed: (server: string) => allowsServer(allowedServers, server),
  };
}
