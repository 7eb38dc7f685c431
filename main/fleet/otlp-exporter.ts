import type { Agent as HttpAgent } from 'node:http';
import { SeverityNumber } from '@opentelemetry/api';
import { OTLPLogExporter } from '@opentelemetry/exporter-logs-otlp-http';
import {
  AggregationTemporalityPreference,
  OTLPMetricExporter,
} from '@opentelemetry/exporter-metrics-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchLogRecordProcessor,
  LoggerProvider,
  type LogRecordExporter,
} from '@opentelemetry/sdk-logs';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { isOver } from '../results/receipt.ts';
import type { Exporter } from './exporter.ts';

/** Sign-offs that wait to be sent at most; a workstation makes a few dozen a day. */
export const MAX_QUEUE = 512;
/** So many of them are sent at once, and one such batch at a time. */
export const MAX_BATCH = 128;
const LOGS_EVERY_MS = 5_000;
const METRICS_EVERY_MS = 60_000;
const SEND_TIMEOUT_MS = 10_000;
/** Bounds in milliseconds, up to the four minutes after which a server ends a session by itself. */
const GHOST_BOUNDS = [50, 100, 250, 500, 1_000, 2_000, 5_000, 10_000, 30_000, 60_000, 240_000];
const PROCESSING_BOUNDS = [5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000];
const INFO = { severityNumber: SeverityNumber.INFO, severityText: 'INFO' };
const WARN = { severityNumber: SeverityNumber.WARN, severityText: 'WARN' };

/**
 * Exports by OTLP over HTTP, as JSON, to a collector's endpoint such as `https://otel.example.com:4318`.
 *
 * Metrics are deltas, and their resource names no workstation: a collector adds up the fleet.
 */
export function createOtlpExporter(parts: {
  endpoint: string;
  version: string;
  /** Connects to the collector. */
  agent: () => Promise<HttpAgent>;
  /** Hears of the first failure after a success, and of nothing else. */
  onFault: (error: unknown) => void;
}): Exporter {
  const { endpoint, version, agent, onFault } = parts;
  const url = (signal: string): string => `${endpoint.replace(/\/+$/, '')}/v1/${signal}`;
  const sending = {
    timeoutMillis: SEND_TIMEOUT_MS,
    concurrencyLimit: 2,
    httpAgentOptions: agent,
  };
  const telling = firstOfEach(onFault);
  const resource = resourceFromAttributes({
    'service.name': 'signoff',
    'service.version': version,
    'os.type': process.platform === 'win32' ? 'windows' : process.platform,
  });

  const logs = new LoggerProvider({
    resource,
    processors: [
      new BatchLogRecordProcessor({
        exporter: tellingFaults(new OTLPLogExporter({ ...sending, url: url('logs') }), telling),
        maxQueueSize: MAX_QUEUE,
        maxExportBatchSize: MAX_BATCH,
        scheduledDelayMillis: LOGS_EVERY_MS,
        exportTimeoutMillis: SEND_TIMEOUT_MS,
      }),
    ],
  });
  const logger = logs.getLogger('signoff', version);

  const metrics = new MeterProvider({
    resource,
    readers: [
      new PeriodicExportingMetricReader({
        exporter: tellingFaults(
          new OTLPMetricExporter({
            ...sending,
            url: url('metrics'),
            temporalityPreference: AggregationTemporalityPreference.DELTA,
          }),
          telling,
        ),
        exportIntervalMillis: METRICS_EVERY_MS,
        exportTimeoutMillis: SEND_TIMEOUT_MS,
      }),
    ],
  });
  const meter = metrics.getMeter('signoff', version);
  const signOffs = meter.createCounter('signoff.sign_offs', {
    description: 'Sign-offs, by how they ended and why they were made.',
    unit: '{sign_off}',
  });
  const ghostTime = meter.createHistogram('signoff.ghost_time', {
    description: 'From the cause to the confirmed end of a session.',
    unit: 'ms',
    advice: { explicitBucketBoundaries: GHOST_BOUNDS },
  });
  const processing = meter.createHistogram('signoff.server_processing', {
    description: 'What the chat server says that ending a session took it.',
    unit: 'ms',
    advice: { explicitBucketBoundaries: PROCESSING_BOUNDS },
  });

  return {
    record({ finishedAt, cause, outcome, kind, forced, attempts, server, ghostMs, processingMs }) {
      logger.emit({
        timestamp: finishedAt,
        eventName: 'signoff.sign_off',
        ...(isOver(outcome) ? INFO : WARN),
        body: `${kind}: ${outcome} (${cause})`,
        attributes: {
          cause,
          outcome,
          kind,
          forced,
          attempts,
          server,
          ...(ghostMs === null ? {} : { ghost_ms: ghostMs }),
          ...(processingMs === null ? {} : { processing_ms: processingMs }),
        },
      });
      signOffs.add(1, { outcome, cause, kind });
      if (ghostMs !== null) ghostTime.record(ghostMs, { cause, kind });
      if (processingMs !== null) processing.record(processingMs, { server });
    },
    async flush() {
      await Promise.allSettled([logs.forceFlush(), metrics.forceFlush()]);
    },
    async close() {
      await Promise.allSettled([logs.shutdown(), metrics.shutdown()]);
    },
  };
}

interface Telling {
  failed(error: unknown): void;
  succeeded(): void;
}

/** Both signals go to one collector: that it is away is told of once. */
function firstOfEach(onFault: (error: unknown) => void): Telling {
  let isFaulty = false;
  return {
    failed(error) {
      if (!isFaulty) onFault(error);
      isFaulty = true;
    },
    succeeded() {
      isFaulty = false;
    },
  };
}

type Done = Parameters<LogRecordExporter['export']>[1];

/** The same exporter, whose every end is told of as well. */
function tellingFaults<E extends { export(items: never, done: Done): void }>(
  exporter: E,
  telling: Telling,
): E {
  const exportItems = exporter.export.bind(exporter);
  exporter.export = (items: never, done: Done) =>
    exportItems(items, (result) => {
      if (result.error === undefined) telling.succeeded();
      else telling.failed(result.error);
      done(result);
    });
  return exporter;
}
