import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { _electron, type Page } from 'playwright';
import { electronCommand } from '../../scripts/electron.ts';

const APP = path.dirname(fileURLToPath(new URL('browser-chromium/main.js', import.meta.url)));

/** Starts a Chromium of its own, with one page. */
export async function openChromium(
  switches: readonly string[],
): Promise<{ page: Page; close: () => Promise<void> }> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'signoff-chromium-'));
  const { command, args, env } = electronCommand([], APP);
  const app = await _electron.launch({
    executablePath: command,
    args: [`--user-data-dir=${dataDir}`, ...switches, ...args],
    env: Object.fromEntries(
      Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
    ),
  });
  return {
    page: await app.firstWindow(),
    async close() {
      await app.close();
      await rm(dataDir, { recursive: true, force: true, maxRetries: 20 });
    },
  };
}

export interface PageServer {
  readonly port: number;
  close(): Promise<void>;
}

/** Serves this page whatever is asked for; over TLS with a certificate that nobody vouches for, or plainly. */
export async function servePage(
  html: string,
  { tls = false, port = 0 }: { tls?: boolean; port?: number } = {},
): Promise<PageServer> {
  const listener: RequestListener = (_request, response) => {
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' });
    response.end(html);
  };
  const server = tls ? createTlsServer(selfSigned(), listener) : createServer(listener);
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Made by openssl; its files are gone again. */
function selfSigned(): { key: Buffer; cert: Buffer } {
  const folder = mkdtempSync(path.join(tmpdir(), 'signoff-pages-'));
  const args =
    'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=pages';
  try {
    execFileSync('openssl', [...args.split(' '), '-keyout', 'key', '-out', 'cert'], {
      cwd: folder,
      stdio: 'pipe',
    });
    const read = (name: string): Buffer => readFileSync(path.join(folder, name));
    return { key: read('key'), cert: read('cert') };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
