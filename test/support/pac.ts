import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { NAME } from './private-ca.ts';

/** A script that answers this for the server `NAME`, served as IT serves one; and how often it was fetched. */
export async function servePac(answer: string): Promise<{ url: string; fetched: () => number }> {
  let fetched = 0;
  const server = createServer((_, response) => {
    fetched += 1;
    response.setHeader('Content-Type', 'application/x-ns-proxy-autoconfig');
    response.end(`function FindProxyForURL(url, host) {
      return host === '${NAME}' ? '${answer}' : 'PROXY nobody.invalid:1';
    }`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/proxy.pac`, fetched: () => fetched };
}
