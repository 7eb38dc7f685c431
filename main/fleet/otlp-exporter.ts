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

/** A workstation makes a few dozen sign-offs a day. */
export const MAX_QUEUE = 512;
export const MAX_BATCH = 128;
const LOGS_EVERY_MS = 5_000;
const METRICS_EVERY_MS = 60_000;
const SEND_TIMEOUT_MS = 10_000;
/** In milliseconds, up to the four minutes after which a server ends a session by itself. */
const GHOST_BOUNDS = [50, 100, 250, 500, 1_000, 2_000, 5_000, 10_000, 30_000, 60_000, 240_000];
const PROCESSING_BOUNDS = [5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000];
const INFO = { severityNumber: SeverityNumber.INFO, severityText: 'INFO' };
const WARN = { severityNumber: SeverityNumber.WARN, severityText: 'WARN' };

/**
 * Exports as JSON by OTLP over HTTP to a collector such as `https://otel.example.com:4318`. Metrics are
 * deltas without the workstation's name, so the collector can sum them over the fleet.
 */
export function createOtlpExporter(parts: {
  endpoint: string;
  version: string;
  agent: () => Promise<HttpAgent>;
  /** Called for the first failure after a success only. */
  onFault: (error: unknown) => void;
}): Exporter {
  const { endpoint, version, agent, onFault } = parts;
  const url = (signal: string): string => `${endpoint.replace(/\/+$/, '')}/v1/${signal}`;
  const transport = {
    timeoutMillis: SEND_TIMEOUT_MS,
    concurrencyLimit: 2,
    httpAgentOptions: agent,
  };
  const onResult = firstFailureOnly(onFault);
  const resource = resourceFromAttributes({
    'service.name': 'signoff',
    'service.version': version,
    'os.type': process.platform === 'win32' ? 'windows' : process.platform,
  });

  const logs = new LoggerProvider({
    resource,
    processors: [
      new BatchLogRecordProcessor({
        exporter: observed(new OTLPLogExporter({ ...transport, url: url('logs') }), onResult),
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
        exporter: observed(
          new OTLPMetricExporter({
            ...transport,
            url: url('metrics'),
            temporalityPreference: AggregationTemporalityPreference.DELTA,
          }),
          onResult,
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

type OnExported = Parameters<LogRecordExporter['export']>[1];

/** Both signals go to one collector, so an outage is reported once. */
function firstFailureOnly(onFault: (error: unknown) => void): OnExported {
  let isFaulty = false;
  return ({ error }) => {
    if (error !== undefined && !isFaulty) onFault(error);
    isFaulty = error !== undefined;
  };
}

/** The same exporter; `onResult` is called with each export's result. */
function observed<E extends { export(items: never, done: OnExported): void }>(
  exporter: E,
  onResult: OnExported,
): E {
  const exportItems = exporter.export.bind(exporter);
  exporter.export = (items: never, done: OnExported) =>
    exportItems(items, (result) => {
      onResult(result);
      done(result);
    });
  return exporter;
}
