import { createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { createRouteAgent } from '../../main/chat/route-agent.ts';
import { fleetRecord } from '../../main/fleet/exporter.ts';
import { createFleet } from '../../main/fleet/fleet.ts';
import { MAX_BATCH, createOtlpExporter, MAX_QUEUE } from '../../main/fleet/otlp-exporter.ts';
import { systemClock } from '../../main/common/clock.ts';
import { httpReply, listenRawTls } from '../support/chat-servers.ts';
import { networkWith } from '../support/network.ts';
import { type OtlpReceiver, startOtlpReceiver } from '../support/otlp-receiver.ts';
import { NAME, privateCa } from '../support/private-ca.ts';
import { startProxy } from '../support/proxy.ts';
import { failedReceipt, receipt } from '../support/receipts.ts';
import { trustAnybody } from '../support/tls.ts';

function exporterTo(endpoint: string, network = networkWith()) {
  const faults: unknown[] = [];
  const exporter = createOtlpExporter({
    endpoint,
    version: '1.2.3',
    agent: async () => createRouteAgent(network.routes),
    onFault: (error) => faults.push(error),
  });
  onTestFinished(() => {
    void exporter.close();
  });
  return { exporter, faults };
}

/** Two sign-offs, one confirmed 750 ms after its cause and one refused. */
async function exportTwo(): Promise<OtlpReceiver> {
  const receiver = await startOtlpReceiver();
  const { exporter } = exporterTo(receiver.endpoint);
  exporter.record(fleetRecord(receipt({ cause: 'shutdown' }), 750));
  exporter.record(fleetRecord(failedReceipt({ kind: 'engagement', attempts: 3 }), null));
  await exporter.flush();
  return receiver;
}

test('each sign-off is a log record', async () => {
  const receiver = await exportTwo();
  expect(receiver.records()).toEqual([
    {
      timeUnixNano: BigInt(Date.parse('2026-07-01T09:00:00.120Z')) * 1_000_000n,
      severityText: 'INFO',
      eventName: 'signoff.sign_off',
      body: { stringValue: 'agent: ended (shutdown)' },
      attributes: {
        cause: 'shutdown',
        outcome: 'ended',
        kind: 'agent',
        forced: true,
        attempts: 1,
        server: 'https://chat.example.com',
        ghost_ms: 750,
        processing_ms: 40,
      },
    },
    expect.objectContaining({
      severityText: 'WARN',
      attributes: expect.objectContaining({ outcome: 'refused', kind: 'engagement', attempts: 3 }),
    }),
  ]);
});

test('sign-offs are counted by outcome and cause', async () => {
  const receiver = await exportTwo();
  const counter = receiver.metrics().find(({ name }) => name === 'signoff.sign_offs');
  expect(
    counter?.sum?.dataPoints.map(({ attributes, asInt, asDouble }) => ({
      ...attributes,
      count: asInt ?? asDouble,
    })),
  ).toEqual([
    { outcome: 'ended', cause: 'shutdown', kind: 'agent', count: 1 },
    { outcome: 'refused', cause: 'quit', kind: 'engagement', count: 1 },
  ]);
});

test('ghost time and the server’s processing are histograms in milliseconds', async () => {
  const receiver = await exportTwo();
  const histogram = (wanted: string) => {
    const { unit, histogram: found } = receiver.metrics().find(({ name }) => name === wanted) ?? {};
    const points = found?.dataPoints.map(({ attributes, count, sum }) => ({
      attributes,
      count,
      sum,
    }));
    return { unit, points };
  };
  expect(histogram('signoff.ghost_time')).toEqual({
    unit: 'ms',
    points: [{ attributes: { cause: 'shutdown', kind: 'agent' }, count: 1, sum: 750 }],
  });
  expect(histogram('signoff.server_processing')).toEqual({
    unit: 'ms',
    points: [{ attributes: { server: 'https://chat.example.com' }, count: 2, sum: 80 }],
  });
});

test('neither label nor id leaves the machine, nor what the server said', async () => {
  const receiver = await startOtlpReceiver();
  const { exporter } = exporterTo(receiver.endpoint);
  const planted = failedReceipt({
    id: 'planted-receipt',
    heldId: 'planted-held',
    label: 'planted label',
    error: { code: 'planted-code', message: 'planted message', status: 200 },
    reply: { status: 200, body: 'planted reply', cut: false },
  });
  exporter.record(fleetRecord(planted, 10));
  await exporter.flush();
  expect(receiver.records()).toHaveLength(1);
  expect(receiver.raw()).not.toContain('planted');
});

test('a collector that refuses is told of once, until it takes something again', async () => {
  const receiver = await startOtlpReceiver();
  receiver.answer(400);
  const { exporter, faults } = exporterTo(receiver.endpoint);
  const send = async (): Promise<void> => {
    exporter.record(fleetRecord(receipt(), 1));
    await exporter.flush();
  };
  await send();
  await send();
  expect(faults).toHaveLength(1);
  receiver.answer(200);
  await send();
  receiver.answer(400);
  await send();
  expect(faults).toHaveLength(2);
});

test('a collector is reached through the proxy, and trusted by the authority, that the policy names', async () => {
  const ca = privateCa();
  const receiver = await startOtlpReceiver(ca.issue());
  const proxy = await startProxy();
  const endpoint = receiver.endpoint.replace('127.0.0.1', NAME);
  const network = networkWith({ proxy: `http://${proxy.host}`, extraCaCertificates: ca.file });
  const { exporter, faults } = exporterTo(endpoint, network);
  exporter.record(fleetRecord(receipt(), 1));
  await exporter.flush();
  expect(faults).toEqual([]);
  expect([receiver.records().length, receiver.metrics().length]).toEqual([1, 3]);
  // One connection for the records, and one for the metrics.
  const asked = `CONNECT ${new URL(endpoint).host}`;
  await expect.poll(() => proxy.asked).toEqual([asked, asked]);
});

test('a collector whose authority nobody has named is sent nothing', async () => {
  const receiver = await startOtlpReceiver(privateCa().issue());
  const { exporter, faults } = exporterTo(receiver.endpoint);
  exporter.record(fleetRecord(receipt(), 1));
  await exporter.flush();
  expect(faults).toHaveLength(1);
  expect(receiver.raw()).toBe('');
});

test('while a collector says nothing, a queue of records is kept beside the batch that it was sent', async () => {
  const receiver = await startOtlpReceiver();
  const answer = receiver.keepSilent();
  const { exporter } = exporterTo(receiver.endpoint);
  const recordMany = (): void => {
    for (let n = 0; n < 5_000; n += 1) exporter.record(fleetRecord(receipt(), n));
  };
  recordMany();
  await expect.poll(receiver.raw).toContain('ghost_ms');
  recordMany();
  expect(receiver.records()).toEqual([]);
  answer();
  await exporter.flush();
  expect(receiver.records()).toHaveLength(MAX_QUEUE + MAX_BATCH);
});

test('a collector that never answers does not keep a flush', async () => {
  const silent = createServer(() => undefined);
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void silent.close());
  const address = silent.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const { exporter } = exporterTo(`http://127.0.0.1:${address.port}`);
  const fleet = createFleet({
    endpoint: () => 'set',
    load: async () => exporter,
    clock: systemClock,
    onFault: () => undefined,
  });
  fleet.changed();
  fleet.signedOff(receipt(), 1);
  const before = performance.now();
  await fleet.flush();
  // The limit itself is kept on a handed-in clock; the exporter alone would wait for ten seconds.
  expect(performance.now() - before).toBeLessThan(5_000);
});

test('B2: a collector whose certificate nobody trusts gets no byte, whatever the environment says', async () => {
  trustAnybody();
  const bytes: Buffer[] = [];
  const collector = await listenRawTls((socket, received) => {
    bytes.push(received);
    socket.end(httpReply(200, '{}'));
  });
  const { exporter, faults } = exporterTo(`${collector.url}/v1`);
  exporter.record(fleetRecord(receipt({}), 750));
  await exporter.flush();
  expect(bytes).toEqual([]);
  expect(faults).not.toEqual([]);
});
