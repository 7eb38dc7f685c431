import { allowsServer } from './addresses.ts';
import type { Settings } from './schema.ts';

/** What IT has laid down for hand-ins: whether there are any, what is filled in, and which servers there may be. */
export function handInRulesOf(settings: Settings) {
  const { allowedServers, defaultServer, defaultSite, defaultPool, sessionsFrom } = settings;
  return {
    /** Whether handing in is offered at all. */
    isOffered: sessionsFrom !== 'sign-in',
    defaults: { server: defaultServer, fqSiteName: defaultSite, pool: defaultPool },
    isAllowed: (server: string) => allowsServer(allowedServers, server),
  };
}
