import { allowsServer } from './addresses.ts';
import type { Settings } from './schema.ts';

/** IT's rules for hand-ins: whether they are offered, the form's defaults, and the allowed servers. */
export function handInRulesOf(settings: Settings) {
  const { allowedServers, defaultServer, defaultSite, defaultPool, sessionsFrom } = settings;
  return {
    isOffered: sessionsFrom !== 'sign-in',
    defaults: { server: defaultServer, fqSiteName: defaultSite, pool: defaultPool },
    isAllowed: (server: string) => allowsServer(allowedServers, server),
  };
}
