/** The calls of the practice server, by their names on the API pages. */
export const CHAT_CALLS = [
  'serviceSettings',
  'agentTokens',
  'createAutomatedAgentSession',
  'getMessages',
  'setActivityStatus',
  'logoff',
  'concludeEngagement',
] as const;

export type ChatCall = (typeof CHAT_CALLS)[number];

export interface Route {
  call: ChatCall;
  /** Decoded; null for the calls to the site, before there is a chat session. */
  fqSiteName: string | null;
  query: URLSearchParams;
}

const SITE_PATHS: ReadonlyMap<string, ChatCall> = new Map([
  ['/services/rest/crossChannelServices/latest/serviceSettings/1', 'serviceSettings'],
  ['/services/rest/crossChannelServices/latest/agentTokens', 'agentTokens'],
]);

const CHAT_PATHS: readonly { call: ChatCall; path: RegExp }[] = [
  agentPath('createAutomatedAgentSession'),
  agentPath('getMessages'),
  agentPath('setActivityStatus'),
  agentPath('logoff'),
  {
    call: 'concludeEngagement',
    path: /^\/engagement\/api\/consumer\/([^/]+)\/v1\/concludeEngagement$/,
  },
];

export function methodOf(call: ChatCall): 'GET' | 'POST' {
  return call === 'serviceSettings' ? 'GET' : 'POST';
}

/** The route of a raw request target, or null. The URL class would normalise `..` and `//`, which are wrong. */
export function findRoute(target: string): Route | null {
  const queryAt = target.indexOf('?');
  const path = queryAt === -1 ? target : target.slice(0, queryAt);
  const query = new URLSearchParams(queryAt === -1 ? '' : target.slice(queryAt + 1));
  const siteCall = SITE_PATHS.get(path);
  if (siteCall !== undefined) return { call: siteCall, fqSiteName: null, query };
  for (const known of CHAT_PATHS) {
    const segment = known.path.exec(path)?.[1];
    const fqSiteName = segment === undefined ? null : decodeSegment(segment);
    if (fqSiteName !== null) return { call: known.call, fqSiteName, query };
  }
  return null;
}

function agentPath(call: ChatCall): { call: ChatCall; path: RegExp } {
  return { call, path: new RegExp(`^/engagement/api/agent/([^/]+)/v1/${call}$`) };
}

function decodeSegment(segment: string): string | null {
  try {
    return decodeURIComponent(segment);
  } catch {
    // A stray % or invalid UTF-8: no site has such a name.
    return null;
  }
}
