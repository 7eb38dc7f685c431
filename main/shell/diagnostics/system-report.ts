import { arch, release, type, version } from 'node:os';
import type { SecureContext } from 'node:tls';
import * as z from 'zod';
import type { HeldView } from '../../../preload/contract.ts';
import type { Address } from '../../chat/address.ts';
import type { AddressCheck } from '../../chat/check-address.ts';
import type { Reach } from '../../chat/network.ts';
import { type SettingsReport, settingsReportSchema } from '../../settings/report.ts';
import { errorText } from '../../common/log.ts';
import type { Connectivity } from './connectivity.ts';

/** A process's report about itself and its network, without ids, labels or secrets. */
export const systemReportSchema = z.object({
  /** Of Signoff, Electron, Chromium, Node and the operating system. */
  versions: z.record(z.string(), z.string().nullable()),
  /** Null in a process that runs only the command. */
  app: z
    .object({
      pid: z.number(),
      vault: z.object({
        durable: z.boolean(),
        keyPending: z.boolean(),
        setAside: z.string().nullable(),
      }),
      /** Counts of sessions. */
      held: z.record(z.string(), z.number()),
    })
    .nullable(),
  settings: z.union([settingsReportSchema, z.object({ fault: z.string() })]),
  network: z.unknown(),
});
export type SystemReport = z.infer<typeof systemReportSchema>;

/** Where the report's parts come from. A part that fails is replaced by its error. */
export interface ReportSources {
  readonly versions: SystemReport['versions'];
  readonly app: () => SystemReport['app'];
  readonly settings: () => SettingsReport;
  /** The addresses of the held sessions. */
  readonly held: () => readonly Address[];
  readonly reach: (server: string) => Promise<Reach>;
  /** Network settings that could not be used. */
  readonly networkProblems: () => Promise<readonly string[]>;
  readonly checkConnectivity: (server: string, trust: SecureContext) => Promise<Connectivity>;
  /** Asks the chat server whether it knows an address; ends no session. */
  readonly checkAddress: (address: Address) => Promise<AddressCheck>;
}

const MAX_CHECKS = 20;

export async function reportSystem(sources: ReportSources): Promise<SystemReport> {
  const settings = await orFault(async () => sources.settings());
  return {
    versions: sources.versions,
    app: sources.app(),
    settings,
    network: await networkOf(sources, settings),
  };
}

async function networkOf(
  sources: ReportSources,
  settings: SettingsReport | { fault: string },
): Promise<object> {
  const named = namedServers(settings);
  const addresses = distinct(
    [...sources.held(), ...named.addresses].map(({ server, fqSiteName, pool }) => ({
      server,
      fqSiteName,
      pool,
    })),
  );
  const servers = distinct([...addresses.map(({ server }) => server), ...named.servers]);
  const [reached, chatServers] = await Promise.all([
    Promise.all(servers.slice(0, MAX_CHECKS).map(async (server) => reachOf(sources, server))),
    Promise.all(
      addresses.slice(0, MAX_CHECKS).map(async (address) => ({
        ...address,
        check: await orFault(() => sources.checkAddress(address)),
      })),
    ),
  ]);
  return { problems: await orFault(sources.networkProblems), servers: reached, chatServers };
}

async function reachOf(sources: ReportSources, server: string): Promise<object> {
  const reach = await orFault(() => sources.reach(server));
  if ('fault' in reach) return { server, ...reach };
  const { proxies, trust } = reach;
  return {
    server,
    proxies: proxies.map((proxy) => proxy ?? 'none'),
    withoutProxy: await orFault(() => sources.checkConnectivity(server, trust)),
  };
}

/** The servers that the settings name by their whole address; a pattern cannot be tried. */
function namedServers(report: SettingsReport | { fault: string }): {
  servers: readonly string[];
  addresses: readonly Address[];
} {
  const values = new Map(
    'fault' in report ? [] : report.settings.map(({ name, value }) => [name, value]),
  );
  const text = (name: string): string => {
    const value = values.get(name);
    return typeof value === 'string' ? value : '';
  };
  const allowed = values.get('allowedServers');
  const whole = Array.isArray(allowed) ? allowed.filter((pattern) => !pattern.includes('*')) : [];
  const server = text('defaultServer');
  const fqSiteName = text('defaultSite');
  const isWhole = server !== '' && fqSiteName !== '';
  return {
    servers: [server, text('signInSite'), ...whole].filter((named) => named !== ''),
    addresses: isWhole ? [{ server, fqSiteName, pool: text('defaultPool') || null }] : [],
  };
}

/** The part, or why it failed. */
async function orFault<T>(part: () => Promise<T>): Promise<T | { fault: string }> {
  try {
    return await part();
  } catch (error) {
    return { fault: errorText(error) };
  }
}

function distinct<T>(values: readonly T[]): T[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}

/** The versions of Signoff, its platform and the system. */
export function systemVersions(signoff: string): Record<string, string | null> {
  const { electron, chrome, node } = process.versions;
  return {
    signoff,
    electron: electron ?? null,
    chromium: chrome ?? null,
    node,
    system: `${type()} ${release()} (${arch()})`,
    systemVersion: version(),
    desktop: process.env['XDG_CURRENT_DESKTOP'] ?? null,
    display: process.env['XDG_SESSION_TYPE'] ?? null,
  };
}

/** Counts of the held sessions, by kind and state. */
export function heldCounts(held: readonly HeldView[]): Record<string, number> {
  const count = (is: (session: HeldView) => boolean): number => held.filter(is).length;
  return {
    all: held.length,
    agent: count(({ kind }) => kind === 'agent'),
    engagement: count(({ kind }) => kind === 'engagement'),
    signedInHere: count(({ presence }) => presence !== null),
    beingEnded: count(({ ending }) => ending !== null),
    couldNotBeEnded: count(({ lastFailure }) => lastFailure !== null),
  };
}
