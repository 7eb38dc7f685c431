import { once } from 'node:events';
import { get as getPlainly, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer, get } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createRouteAgent } from '../../../main/chat/route-agent.ts';
import { httpReply, listenRawTls } from '../../support/chat-servers.ts';
import { networkWith } from '../../support/network.ts';
import { NAME, privateCa } from '../../support/private-ca.ts';
import { startProxy } from '../../support/proxy.ts';
import { trustAnybody } from '../../support/tls.ts';

const A_LONG_TIME_MS = 60 * 60 * 1000;

test('what comes through a proxy may take any time, once it is connected', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const answering = Promise.withResolvers<ServerResponse>();
  const ca = privateCa();
  const server = createServer(ca.issue(), (_, response) => {
    response.write('the beginning, ');
    answering.resolve(response);
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const proxy = await startProxy();
  const { routes } = networkWith({
    proxy: `http://${proxy.host}`,
    extraCaCertificates: ca.file,
  });

  const request = get(`https://${NAME}:${port}/`, { agent: createRouteAgent(routes) });
  const answer: Promise<IncomingMessage[]> = once(request, 'response');
  const [response] = await answer;
  await vi.advanceTimersByTimeAsync(A_LONG_TIME_MS);
  (await answering.promise).end('and the end');

  expect(response === undefined ? '' : await text(response)).toBe('the beginning, and the end');
});

test('nobody but this machine itself is reached without TLS', async () => {
  const request = getPlainly(`http://${NAME}/`, { agent: createRouteAgent(networkWith().routes) });
  await expect(once(request, 'response')).rejects.toThrow('is not reached without TLS');
});

test.for(['direct', 'a proxy'] as const)(
  'by %s, a server whose certificate nobody trusts gets no byte, whatever the environment says',
  async (by) => {
    trustAnybody();
    const bytes: Buffer[] = [];
    const server = await listenRawTls((socket, received) => {
      bytes.push(received);
      socket.end(httpReply(200, '{}'));
    });
    const isDirect = by === 'direct';
    const { routes } = networkWith(
      isDirect ? {} : { proxy: `http://${(await startProxy()).host}` },
    );
    const url = isDirect ? server.url : server.url.replace('127.0.0.1', NAME);
    const request = get(url, { agent: createRouteAgent(routes) });
    await expect(once(request, 'response')).rejects.toThrow('self-signed certificate');
    expect(bytes).toEqual([]);
  },
);
