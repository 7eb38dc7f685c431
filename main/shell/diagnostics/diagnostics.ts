import type { Receipt } from '../../results/receipt.ts';
import type { Receipts } from '../../results/receipts.ts';
import { ALL_RESULTS } from '../../results/filter.ts';
import { errorText } from '../../common/log.ts';
import type { SystemReport } from './system-report.ts';
import { recentLogs } from './recent-logs.ts';
import { redactSecrets } from './redact-secrets.ts';

/** The sources on the disk, which any process can read. */
export interface DiagnosticSources {
  /** The folder of the logs, given the one that the settings name (empty for none). */
  readonly logFolder: (named: string) => string;
  readonly receipts: Pick<Receipts, 'page'>;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

const MAX_RECEIPTS = 200;

/**
 * The files of the diagnostics by their names, without labels, ids, raw replies or secrets. `answeredBy` says
 * which process the report is of, for people.
 */
export async function diagnosticFiles(
  { versions, app, settings, network }: SystemReport,
  answeredBy: string,
  sources: DiagnosticSources,
): Promise<Readonly<Record<string, string>>> {
  const [receipts, logs] = await Promise.all([
    receiptSummaries(sources.receipts),
    recentLogs(sources.logFolder(namedLogFolder(settings))),
  ]);
  const files = {
    'about.json': json({ made: new Date(sources.now()).toISOString(), answeredBy, versions }),
    'app.json': json(app),
    'settings.json': json(settings),
    'connectivity.json': json(network),
    'receipts.json': json(receipts),
    ...Object.fromEntries(Object.entries(logs).map(([name, text]) => [`logs/${name}`, text])),
  };
  return Object.fromEntries(
    Object.entries(files).map(([name, text]) => [name, redactSecrets(text)]),
  );
}

function namedLogFolder(settings: SystemReport['settings']): string {
  if ('fault' in settings) return '';
  const value = settings.settings.find(({ name }) => name === 'logFolder')?.value;
  return typeof value === 'string' ? value : '';
}

async function receiptSummaries(receipts: DiagnosticSources['receipts']): Promise<object> {
  try {
    const page = await receipts.page({ after: null, limit: MAX_RECEIPTS, filter: ALL_RESULTS });
    return { unreadable: page.unreadable, newest: page.receipts.map(summaryOf) };
  } catch (error) {
    return { fault: errorText(error) };
  }
}

function summaryOf(receipt: Receipt): object {
  const { kind, address, cause, forced, outcome, attempts, startedAt, finishedAt } = receipt;
  const { roundTripMs, phases, networkMs, clockOffsetMs, implausible, error, server, proxy } =
    receipt;
  const { connectedTo, tried } = receipt;
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
    connectedTo,
    tried,
    error,
  };
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
