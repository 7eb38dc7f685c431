import type { SecureContext } from 'node:tls';
import * as z from 'zod';
import type { Address } from '../../chat/address.ts';
import type { AddressCheck } from '../../chat/check-address.ts';
import type { Reach } from '../../chat/network.ts';
import { type SettingsReport, settingsReportSchema } from '../../settings/report.ts';
import { errorText } from '../../common/log.ts';
import type { Connectivity } from './connectivity.ts';

/** What the process that answers for Signoff finds out about itself; it holds no id, label or secret. */
export const systemReportSchema = z.object({
  /** Of Signoff, Electron, Chromium, Node and the operating system. */
  versions: z.record(z.string(), z.string().nullable()),
  /** Null in a process that runs for the command alone. */
  app: z
    .object({
      pid: z.number(),
      vault: z.object({ durable: z.boolean(), setAside: z.string().nullable() }),
      /** Counts of sessions. */
      held: z.record(z.string(), z.number()),
    })
    .nullable(),
  settings: z.union([settingsReportSchema, z.object({ fault: z.string() })]),
  network: z.unknown(),
});
export type SystemReport = z.infer<typeof systemReportSchema>;

/** Where findings come from. A part that fails says so in its place; the others stand. */
export interface ReportSources {
  readonly versions: SystemReport['versions'];
  readonly app: () => SystemReport['app'];
  readonly settings: () => SettingsReport;
  /** The addresses of the held sessions. */
  readonly held: () => readonly Address[];
  readonly reach: (server: string) => Promise<Reach>;
  /** What of the network's settings could not be used. */
  readonly networkProblems: () => Promise<readonly string[]>;
  readonly checkConnectivity: (server: string, trust: SecureContext) => Promise<Connectivity>;
  /** Asks the chat server about an address; ends nothing. */
  readonly checkAddress: (address: Address) => Promise<AddressCheck>;
}

const MAX_CHECKS = 20;

/** Finds out what this process runs on, what settings it goes by, and how it reaches each server. */
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

/** What IT names in the settings: servers by their whole address, for what a pattern allows cannot be tried. */
function namedServers(report: SettingsReport | { fault: string }): {
  servers: readonly string[];
  /** None where there is no default, or only half of one. */
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
