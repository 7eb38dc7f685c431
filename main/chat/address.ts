/** Where a session lives on a chat server. */
export interface Address {
  /** The server's origin, such as `https://chat.example.com`. */
  readonly server: string;
  /** The fully qualified site name; one segment of the path. */
  readonly fqSiteName: string;
  /** The pool, such as `297:1`; null where unknown. */
  readonly pool: string | null;
}

/** Whether a URL can carry it, and a server mean it. */
export function isPool(value: string): boolean {
  return /^[\x21-\x7e]{1,512}$/.test(value);
}

/**
 * The URL of a call. The pool's colon is not encoded, as in the API pages' samples: a server that compares
 * text would not know `297%3A1`.
 */
export function callUrl(address: Address, api: 'agent' | 'consumer', call: string): URL {
  const site = encodeURIComponent(address.fqSiteName);
  const url = new URL(`/engagement/api/${api}/${site}/v1/${call}`, address.server);
  if (address.pool !== null) {
    url.search = `?pool=${encodeURIComponent(address.pool).replaceAll('%3A', ':')}`;
  }
  return url;
}
