import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { onTestFinished } from 'vitest';

/** How a proxy behaves; without anything it connects whoever asks. */
export interface ProxyManner {
  /** `user:password`, which it demands. */
  readonly credentials?: string;
  /** A status instead of a connection, or what no proxy should do. */
  readonly answers?: number | 'never' | 'garbage' | 'hang-up';
}

export type ProxyReport =
  | { readonly kind: 'listening'; readonly port: number }
  | { readonly kind: 'asked'; readonly what: string };

export interface Proxy {
  /** `127.0.0.1:port` */
  readonly host: string;
  /** All that it was asked for, such as `CONNECT chat.example.com:443`. */
  readonly asked: readonly string[];
  /** Resolves when its process is gone. */
  stop(): Promise<void>;
}

/** A proxy that runs as a process until the test is over. */
export async function startProxy(manner: ProxyManner = {}): Promise<Proxy> {
  const script = path.join(import.meta.dirname, 'proxy-process.ts');
  const child = fork(script, [JSON.stringify(manner)], { execArgv: [] });
  const gone = once(child, 'exit');
  const stop = async (): Promise<void> => {
    child.kill('SIGKILL');
    await gone;
  };
  onTestFinished(stop);
  const asked: string[] = [];
  const port = await new Promise<number>((resolve, reject) => {
    child.on('message', (report: ProxyReport) => {
      if (report.kind === 'listening') resolve(report.port);
      else asked.push(report.what);
    });
    child.on('exit', () => reject(new Error('The proxy ended before it listened.')));
  });
  return { host: `127.0.0.1:${port}`, asked, stop };
}
