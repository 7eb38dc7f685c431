/** The calls that the practice server plays, by the names that the API pages give them. */
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

/** Where a request is addressed to. */
export interface Route {
  call: ChatCall;
  /** Decoded; null for the calls before there is a chat session, which go to the site's own address. */
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

/** The HTTP method that the API pages have for a call. */
export function methodOf(call: ChatCall): 'GET' | 'POST' {
  return call === 'serviceSettings' ? 'GET' : 'POST';
}

/**
 * Finds the route of a raw request target; null when the API pages have none for it.
 * Works on the raw text because the URL class would tidy up `..` and `//`, which no client should send.
 */
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
    // A stray % or bytes that are not UTF-8: no site has such a name.
    return null;
  }
}
