import { isLoopback } from '../common/loopback.ts';

/** The first hop to a server. */
export type Hop =
  | { readonly kind: 'direct' }
  | {
      readonly kind: 'proxy';
      /** `http:` or `https:`, the protocol spoken to the proxy itself; without credentials. */
      readonly url: URL;
      /** `user:password`; null where the proxy needs none. A secret. */
      readonly credentials: string | null;
    }
  /** An unsupported kind of proxy, such as SOCKS. */
  | { readonly kind: 'unsupported'; readonly host: string };

const DIRECT: Hop = { kind: 'direct' };

/**
 * Parses the answer of a PAC script or the system: alternatives in their order, such as
 * `PROXY proxy.example.com:8080; DIRECT`. An empty answer means direct, as in browsers.
 */
export function readProxyAnswer(answer: string): readonly [Hop, ...Hop[]] {
  const [first = DIRECT, ...others] = answer.split(';').flatMap(readAlternative);
  return [first, ...others];
}

/** Parses the setting: `direct`, or a proxy's URL; null where the system is to be asked. */
export function readProxySetting(setting: string): Hop | null {
  return setting === 'direct' ? DIRECT : readProxyUrl(setting);
}

/** Null where it is no proxy's URL. */
function readProxyUrl(text: string): Hop | null {
  if (!URL.canParse(text)) return null;
  const given = new URL(text);
  if (given.protocol !== 'http:' && given.protocol !== 'https:') return null;
  const { username, password } = given;
  const credentials =
    username === '' && password === '' ? null : `${decode(username)}:${decode(password)}`;
  return { kind: 'proxy', url: new URL(`${given.protocol}//${given.host}`), credentials };
}

/** Whether a host is reached without a proxy: this machine, also by the names that browsers take for it. */
export function bypassesProxy(hostname: string): boolean {
  return isLoopback(hostname) || hostname.endsWith('.localhost');
}

/** A proxy's `host:port` for people, with the port even where it is the default one. */
export function proxyName({ protocol, hostname, port }: URL): string {
  const ownPort = protocol === 'https:' ? '443' : '80';
  return `${hostname}:${port === '' ? ownPort : port}`;
}

function readAlternative(text: string): Hop[] {
  const [kind = '', host = ''] = text.trim().split(/\s+/);
  switch (kind.toUpperCase()) {
    case 'DIRECT':
      return [DIRECT];
    case 'PROXY':
    case 'HTTP':
      return proxyAt(`http://${host}`);
    case 'HTTPS':
      return proxyAt(`https://${host}`);
    case '':
      return [];
    default:
      return [{ kind: 'unsupported', host }];
  }
}

function proxyAt(url: string): Hop[] {
  const hop = readProxyUrl(url);
  return hop === null ? [] : [hop];
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // An unescaped percent sign.
    return text;
  }
}
