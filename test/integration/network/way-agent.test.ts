import { once } from 'node:events';
import { get as getPlainly, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer, get } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createRouteAgent } from '../../../main/chat/route-agent.ts';
import { networkWith } from '../../support/network.ts';
import { NAME, privateCa } from '../../support/private-ca.ts';
import { startProxy } from '../../support/proxy.ts';

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
