import type { Address } from '../../chat/address.ts';
import type { AddressCheck } from '../../chat/check-address.ts';
import type { SettingsReport } from '../../settings/report.ts';
import type { Receipt } from '../../signoff/receipt.ts';
import type { Receipts } from '../../signoff/receipts.ts';
import { ALL_RESULTS } from '../../signoff/results-filter.ts';
import { errorText } from '../log.ts';
import type { Connectivity } from './connectivity.ts';
import { recentLogs } from './recent-logs.ts';
import { withoutSecrets } from './without-secrets.ts';

/** What the running app says of itself, as far as diagnostics need it. */
export interface RunningState {
  readonly version: string;
  readonly pid: number;
  readonly vault: { readonly durable: boolean; readonly setAside: string | null };
  readonly held: readonly Address[];
}

/** Where diagnostics come from. Each part that fails says so in its own file; the others stand. */
export interface DiagnosticSources {
  /** Of Signoff, Electron, Chromium, Node and the operating system. */
  readonly versions: Readonly<Record<string, string | null>>;
  /** Null where no app runs. */
  readonly running: () => Promise<RunningState | null>;
  readonly settings: () => Promise<SettingsReport>;
  /** Where logs are, unless the settings name another folder. */
  readonly logFolder: string;
  readonly receipts: Pick<Receipts, 'page'>;
  readonly checkConnectivity: (server: string) => Promise<Connectivity>;
  /** Asks the chat server about an address; ends nothing. */
  readonly checkAddress: (address: Address) => Promise<AddressCheck>;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

const RECEIPTS_MOST = 200;
const CHECKS_MOST = 20;

/** The files of the diagnostics by their names; without a label, an id, a server's raw reply or a secret. */
export async function gatherDiagnostics(
  sources: DiagnosticSources,
): Promise<Readonly<Record<string, string>>> {
  const [running, settings] = await Promise.all([
    orFault(sources.running),
    orFault(sources.settings),
  ]);
  const held = running !== null && 'held' in running ? running.held : [];
  const named = 'settings' in settings ? namedServers(settings) : NONE_NAMED;
  const [checks, receipts, logs] = await Promise.all([
    connectivityOf(sources, held, named),
    orFault(() => receiptSummaries(sources.receipts)),
    recentLogs(named.logFolder || sources.logFolder),
  ]);
  const files = {
    'about.json': json({ made: new Date(sources.now()).toISOString(), versions: sources.versions }),
    'app.json': json(running === null || 'fault' in running ? running : stateOf(running)),
    'settings.json': json(settings),
    'connectivity.json': json(checks),
    'receipts.json': json(receipts),
    ...Object.fromEntries(Object.entries(logs).map(([name, text]) => [`logs/${name}`, text])),
  };
  return Object.fromEntries(
    Object.entries(files).map(([name, text]) => [name, withoutSecrets(text)]),
  );
}

function stateOf({ version, pid, vault, held }: RunningState): object {
  return { version, pid, vault: { ...vault, held: held.length } };
}

interface Named {
  /** Those with their whole address: what a pattern allows cannot be tried. */
  readonly servers: readonly string[];
  /** Null where there is no default, or only half of one. */
  readonly address: Address | null;
  /** Empty for the platform's. */
  readonly logFolder: string;
}

const NONE_NAMED: Named = { servers: [], address: null, logFolder: '' };

/** What IT names in the settings. */
function namedServers({ settings }: SettingsReport): Named {
  const values = new Map(settings.map(({ name, value }) => [name, value]));
  const text = (name: string): string => {
    const value = values.get(name);
    return typeof value === 'string' ? value : '';
  };
  const allowed = values.get('allowedServers');
  const whole = Array.isArray(allowed) ? allowed.filter((pattern) => !pattern.includes('*')) : [];
  const server = text('defaultServer');
  const fqSiteName = text('defaultSite');
  return {
    servers: [...(server === '' ? [] : [server]), ...whole],
    address:
      server === '' || fqSiteName === ''
        ? null
        : { server, fqSiteName, pool: text('defaultPool') || null },
    logFolder: text('logFolder'),
  };
}

async function connectivityOf(
  sources: DiagnosticSources,
  held: readonly Address[],
  named: Named,
): Promise<object> {
  const addresses = distinct(
    [...held, ...(named.address === null ? [] : [named.address])].map(
      ({ server, fqSiteName, pool }) => ({ server, fqSiteName, pool }),
    ),
  );
  const servers = distinct([...addresses.map(({ server }) => server), ...named.servers]);
  const [connections, answers] = await Promise.all([
    Promise.all(
      servers
        .slice(0, CHECKS_MOST)
        .map((server) => orFault(() => sources.checkConnectivity(server))),
    ),
    Promise.all(
      addresses.slice(0, CHECKS_MOST).map(async (address) => ({
        ...address,
        check: await orFault(() => sources.checkAddress(address)),
      })),
    ),
  ]);
  return { withoutProxy: connections, chatServers: answers };
}

async function receiptSummaries(receipts: DiagnosticSources['receipts']): Promise<object> {
  const page = await receipts.page({ after: null, limit: RECEIPTS_MOST, filter: ALL_RESULTS });
  return { unreadable: page.unreadable, newest: page.receipts.map(summaryOf) };
}

function summaryOf(receipt: Receipt): object {
  const { kind, address, cause, forced, outcome, attempts, startedAt, finishedAt } = receipt;
  const { roundTripMs, phases, networkMs, clockOffsetMs, implausible, error, server, proxy } =
    receipt;
  return {
    kind,
    address,
    cause,
    forced,
    outcome,
    attempts,
    startedAt,
    finishedAt,
    roundTripMs,
    phases,
    processingMs: server.processingMs,
    networkMs,
    clockOffsetMs,
    implausible,
    proxy,
    error,
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

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
