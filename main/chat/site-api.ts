import * as z from 'zod';
import type { Address } from './address.ts';
import { type Answer, ask } from './answer.ts';
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

/** A port may come as text; an invalid one is ignored. */
const port = z.coerce.number().int().min(1).max(65_535).nullable().catch(null);
const settingsReply = z.looseObject({
  domain: z.string().trim().min(1),
  port,
  pool: z.string().trim().min(1).nullable().catch(null),
  siteName: z.string().trim().min(1),
});
/** A header has to carry it. */
const tokenReply = z.looseObject({ sessionToken: z.string().regex(/^[\x21-\x7e]+$/) });

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

function readSettings(json: object, site: string): Address | null {
  const parsed = settingsReply.safeParse(json);
  if (!parsed.success) return null;
  const { domain, port: number, pool, siteName } = parsed.data;
  // The reply has no scheme: HTTPS, except for a site on this machine, whose chat server is there too.
  const address = `${new URL(site).protocol}//${domain}`;
  if (/[/?#@\\]/.test(domain) || !URL.canParse(address)) return null;
  const server = new URL(address);
  if (number !== null && !IMPLIED_PORTS.has(number)) server.port = String(number);
  return { server: server.origin, fqSiteName: siteName, pool };
}

function readToken(json: object): string | null {
  const parsed = tokenReply.safeParse(json);
  return parsed.success ? parsed.data.sessionToken : null;
}
