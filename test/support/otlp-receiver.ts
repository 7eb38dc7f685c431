import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import * as z from 'zod';

/** A value, an attribute and their list, as OTLP has them in JSON. */
const value = z.union([
  z.strictObject({ stringValue: z.string() }),
  z.strictObject({ boolValue: z.boolean() }),
  z.strictObject({ intValue: z.coerce.number() }),
  z.strictObject({ doubleValue: z.number() }),
]);
const attributes = z
  .array(z.strictObject({ key: z.string(), value }))
  .transform((list): Record<string, unknown> =>
    Object.fromEntries(list.map((entry) => [entry.key, Object.values(entry.value)[0]])),
  );
const nanoseconds = z.coerce.bigint();
const resource = z.object({ attributes });
const scope = z.object({ name: z.string() });

const logsSchema = z.object({
  resourceLogs: z.array(
    z.object({
      resource,
      scopeLogs: z.array(
        z.object({
          scope,
          logRecords: z.array(
            z.object({
              timeUnixNano: nanoseconds,
              severityText: z.string(),
              eventName: z.string(),
              body: value,
              attributes,
            }),
          ),
        }),
      ),
    }),
  ),
});

const DELTA = 1;
const metricsSchema = z.object({
  resourceMetrics: z.array(
    z.object({
      resource,
      scopeMetrics: z.array(
        z.object({
          scope,
          metrics: z.array(
            z.object({
              name: z.string(),
              unit: z.string(),
              sum: z
                .object({
                  aggregationTemporality: z.literal(DELTA),
                  isMonotonic: z.literal(true),
                  dataPoints: z.array(
                    z.object({
                      attributes,
                      asInt: z.coerce.number().optional(),
                      asDouble: z.number().optional(),
                    }),
                  ),
                })
                .optional(),
              histogram: z
                .object({
                  aggregationTemporality: z.literal(DELTA),
                  dataPoints: z.array(
                    z.object({
                      attributes,
                      count: z.coerce.number(),
                      sum: z.number(),
                      bucketCounts: z.array(z.coerce.number()),
                      explicitBounds: z.array(z.number()),
                    }),
                  ),
                })
                .optional(),
            }),
          ),
        }),
      ),
    }),
  ),
});

/** What stands for an OpenTelemetry collector: it decodes what comes in, and refuses what it cannot. */
export interface OtlpReceiver {
  readonly endpoint: string;
  records(): z.infer<typeof logsSchema>['resourceLogs'][number]['scopeLogs'][number]['logRecords'];
  metrics(): z.infer<
    typeof metricsSchema
  >['resourceMetrics'][number]['scopeMetrics'][number]['metrics'];
  resources(): Record<string, unknown>[];
  /** All that came in, as it was. */
  raw(): string;
  /** From now on it answers with this status. */
  answer(status: number): void;
  /** From now on it takes requests and says nothing, until what this returns is called. */
  keepSilent(): () => void;
}

/** Starts a receiver on this machine, over TLS where it has a certificate; it is gone with the test. */
export async function startOtlpReceiver(
  tls: { readonly key: string; readonly cert: string } | null = null,
): Promise<OtlpReceiver> {
  const logs: z.infer<typeof logsSchema>[] = [];
  const metrics: z.infer<typeof metricsSchema>[] = [];
  const raw: string[] = [];
  let status = 200;
  let mayAnswer = Promise.resolve();
  const listener: RequestListener = (request, response) => {
    void text(request).then(async (body) => {
      raw.push(JSON.stringify(request.headers), body);
      await mayAnswer;
      if (status !== 200) return response.writeHead(status).end();
      const json: unknown = JSON.parse(body);
      if (request.url === '/v1/logs') logs.push(logsSchema.parse(json));
      else if (request.url === '/v1/metrics') metrics.push(metricsSchema.parse(json));
      else return response.writeHead(404).end();
      return response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  };
  const server = tls === null ? createServer(listener) : createTlsServer(tls, listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The receiver has no port.');
  const resourceLogs = () => logs.flatMap((entry) => entry.resourceLogs);
  const resourceMetrics = () => metrics.flatMap((entry) => entry.resourceMetrics);
  return {
    endpoint: `${tls === null ? 'http' : 'https'}://127.0.0.1:${address.port}`,
    records: () =>
      resourceLogs().flatMap(({ scopeLogs }) => scopeLogs.flatMap(({ logRecords }) => logRecords)),
    metrics: () =>
      resourceMetrics().flatMap(({ scopeMetrics }) =>
        scopeMetrics.flatMap((entry) => entry.metrics),
      ),
    resources: () =>
      [...resourceLogs(), ...resourceMetrics()].map((entry) => entry.resource.attributes),
    raw: () => raw.join('\n'),
    answer(next) {
      status = next;
    },
    keepSilent() {
      const { promise, resolve } = Promise.withResolvers<void>();
      mayAnswer = promise;
      return resolve;
    },
  };
}
