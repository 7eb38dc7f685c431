import * as z from 'zod';
import { domain, fqSiteName, pool, port, refusedBy, token } from '../common/fields.ts';
import type { Address } from './address.ts';
import { type Answer, ask, Refused } from './answer.ts';
import { readAgentReply } from './reply.ts';
import type { Call, Transport } from './transport.ts';

/** An agent's login to a site. */
export interface SiteLogin {
  /** The site's origin, such as `https://support.example.com`. */
  readonly site: string;
  readonly userName: string;
  readonly password: string;
  /** 1 to 40 characters that name the purpose of the calls. */
  readonly applicationContext: string;
}

const PATH = '/services/rest/crossChannelServices/latest';

const RESOURCES = {
  serviceSettings: { method: 'GET', resource: 'serviceSettings/1' },
  agentTokens: { method: 'POST', resource: 'agentTokens' },
} as const;

/** Public clients leave these out: 80 is named by servers that are reached by HTTPS all the same. */
const IMPLIED_PORTS: ReadonlySet<number> = new Set([80, 443]);

const settingsReply = z.looseObject({
  domain,
  // An invalid one is ignored.
  port: port.nullable().catch(null),
  pool: z.preprocess(
    (value) => (typeof value === 'string' && value.trim() !== '' ? value : null),
    pool.nullable(),
  ),
  siteName: fqSiteName,
});
const tokenReply = z.looseObject({ sessionToken: token });

/** `serviceSettings` of the site's cross-channel services: where its chat server is. 401 for a wrong login. */
export async function serviceSettings(
  transport: Transport,
  login: SiteLogin,
  signal: AbortSignal,
): Promise<Answer<Address>> {
  const call = siteCall('serviceSettings', login);
  return ask(transport, call, (json) => readSettings(json, login.site), signal);
}

/** The site's `agentTokens`: issues a token to create an agent session with. The answer is a JWT. */
export async function agentToken(
  transport: Transport,
  login: SiteLogin,
  signal: AbortSignal,
): Promise<Answer<string>> {
  return ask(transport, siteCall('agentTokens', login), readToken, signal);
}

function siteCall(name: 'serviceSettings' | 'agentTokens', login: SiteLogin): Call {
  const { site, userName, password, applicationContext } = login;
  const { method, resource } = RESOURCES[name];
  const credentials = Buffer.from(`${userName}:${password}`).toString('base64');
  return {
    name,
    method,
    url: new URL(`${PATH}/${resource}`, site),
    headers: {
      Authorization: `Basic ${credentials}`,
      'OSvC-CREST-Application-Context': applicationContext,
    },
    secrets: [password, credentials],
    body: null,
    readReply: readAgentReply,
  };
}

function readSettings(json: object, site: string): Address | Refused | null {
  const parsed = settingsReply.safeParse(json);
  if (!parsed.success) return refusedIn(parsed.error);
  const { domain: host, port: number, pool: named, siteName } = parsed.data;
  // The reply has no scheme: HTTPS, except for a site on this machine, whose chat server is there too.
  const address = `${new URL(site).protocol}//${host}`;
  if (!URL.canParse(address)) return null;
  const server = new URL(address);
  if (number !== null && !IMPLIED_PORTS.has(number)) server.port = String(number);
  return { server: server.origin, fqSiteName: siteName, pool: named };
}

function readToken(json: object): string | Refused | null {
  const parsed = tokenReply.safeParse(json);
  return parsed.success ? parsed.data.sessionToken : refusedIn(parsed.error);
}

/** Null where a value is missing rather than refused. */
function refusedIn(error: z.ZodError): Refused | null {
  const [first] = refusedBy(error);
  return first === undefined ? null : new Refused(first);
}
