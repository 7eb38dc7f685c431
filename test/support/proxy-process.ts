// A proxy as a process of its own: `fork(…, [JSON of ProxyManner])`. It connects every name to this machine.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type Socket } from 'node:net';
import type { ProxyManner, ProxyReport } from './proxy.ts';

const manner: ProxyManner = JSON.parse(process.argv[2] ?? '{}');
const report = (message: ProxyReport): void => void process.send?.(message);

const server = createServer((request, response) => {
  report({ kind: 'asked', what: `${request.method} ${request.url}` });
  response.writeHead(405).end();
});
server.on('connect', (request, client: Socket) => {
  report({ kind: 'asked', what: `CONNECT ${request.url}` });
  client.on('error', () => client.destroy());
  if (manner.answers === 'never') return;
  if (manner.answers === 'garbage') {
    client.end('Hello.\r\n\r\n');
    return;
  }
  if (manner.answers === 'hang-up') {
    client.destroy();
    return;
  }
  const status = isKnown(request.headers['proxy-authorization']) ? (manner.answers ?? 200) : 407;
  if (status !== 200) {
    const body = '{}';
    client.end(
      `HTTP/1.1 ${status} No\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    );
    return;
  }
  const port = Number(request.url?.split(':').at(-1));
  const onward = connect(port, '127.0.0.1', () => {
    client.write('HTTP/1.1 200 Connection established\r\n\r\n');
    onward.pipe(client).pipe(onward);
  });
  onward.on('error', () => client.destroy());
  client.on('close', () => onward.destroy());
});

function isKnown(authorization: string | undefined): boolean {
  const { credentials = null } = manner;
  return (
    credentials === null || authorization === `Basic ${Buffer.from(credentials).toString('base64')}`
  );
}

server.listen(0, '127.0.0.1');
await once(server, 'listening');
const address = server.address();
if (address === null || typeof address === 'string') throw new Error('no TCP port');
report({ kind: 'listening', port: address.port });
