/** The calls of the chat server's API pages that end a session. */
export type ChatCall = 'logoff' | 'concludeEngagement';

/** Where a request is addressed to. */
export interface Route {
  call: ChatCall;
  /** Decoded. */
  fqSiteName: string;
  query: URLSearchParams;
}

const PATHS: readonly { call: ChatCall; path: RegExp }[] = [
  { call: 'logoff', path: /^\/engagement\/api\/agent\/([^/]+)\/v1\/logoff$/ },
  {
    call: 'concludeEngagement',
    path: /^\/engagement\/api\/consumer\/([^/]+)\/v1\/concludeEngagement$/,
  },
];

/**
 * Finds the route of a raw request target; null when the API pages have none for it.
 * Works on the raw text because the URL class would tidy up `..` and `//`, which no client should send.
 */
export function findRoute(target: string): Route | null {
  const queryAt = target.indexOf('?');
  const path = queryAt === -1 ? target : target.slice(0, queryAt);
  for (const known of PATHS) {
    const segment = known.path.exec(path)?.[1];
    const fqSiteName = segment === undefined ? null : decodeSegment(segment);
    if (fqSiteName === null) continue;
    const query = new URLSearchParams(queryAt === -1 ? '' : target.slice(queryAt + 1));
    return { call: known.call, fqSiteName, query };
  }
  return null;
}

function decodeSegment(segment: string): string | null {
  try {
    return decodeURIComponent(segment);
  } catch {
    // A stray % or bytes that are not UTF-8: no site has such a name.
    return null;
  }
}
