import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';
import * as z from 'zod';
import type { NetworkSettings } from '../../main/chat/network.ts';
import { electronCommand } from '../../scripts/electron.ts';
import { endedWithUs, ended } from '../support/ended.ts';
import { NOTHING_SET } from '../support/network.ts';
import type { Identity } from '../support/private-ca.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { electronArgs } from './desktop.ts';

const endSchema = z.union([
  z.strictObject({ step: z.string(), result: z.unknown() }),
  z.strictObject({ step: z.string(), error: z.string() }),
]);
type End = { readonly result: unknown } | { readonly error: string };

/** A step of the `Updater`; `abort` aborts the download that is under way. */
type Step = 'check' | 'download' | 'abort' | 'install';

/** Starts an AppImage of version 1.0.0 that is updated as Signoff is. */
export function startUpdating(
  feed: string,
  network: Partial<NetworkSettings> = {},
): {
  /** What stands for the AppImage. */
  readonly appImage: string;
  /** Takes a step, and resolves with how it ended. */
  take(step: Step): Promise<End>;
  /** All that it has said beside. */
  said(): string;
} {
  const folder = tempFolder();
  const appImage = path.join(folder, 'Signoff.AppImage');
  writeFileSync(appImage, 'the old version');
  writeFileSync(path.join(folder, 'app-update.yml'), 'updaterCacheDirName: signoff-updater\n');
  const { command, args, env } = electronCommand(
    [`--user-data-dir=${path.join(folder, 'data')}`],
    path.join(import.meta.dirname, 'updating'),
  );
  const updating = { feed, resources: folder, network: { ...NOTHING_SET, ...network } };
  const child = endedWithUs(
    spawn(command, [...electronArgs, ...args], {
      env: {
        ...env,
        APPIMAGE: appImage,
        UPDATING: JSON.stringify(updating),
        XDG_CACHE_HOME: path.join(folder, 'cache'),
      },
      stdio: 'pipe',
    }),
  );
  onTestFinished(() => ended(child));

  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const waiting = new Map<string, PromiseWithResolvers<End>>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    const end = endSchema.safeParse(JSON.parse(line)).data;
    if (end === undefined) return;
    const { step, ...how } = end;
    waiting.get(step)?.resolve(how);
  });
  const gone = new Promise<never>((_, reject) => {
    child.once('exit', () => reject(new Error(`It has gone:\n${said}`)));
  });
  // Whoever takes no further step does not mind.
  gone.catch(() => undefined);
  return {
    appImage,
    said: () => said,
    take(step) {
      const end = Promise.withResolvers<End>();
      waiting.set(step, end);
      child.stdin.write(`${step}\n`);
      return Promise.race([end.promise, gone]);
    },
  };
}

/** The least that can be an AppImage: when it is started, it leaves word of it beside itself. */
export const NEW_VERSION = '#!/bin/sh\ntouch "$0.was-started"\n';

/** What the feed says of that version, as electron-builder writes it. */
export function updateInfo(version: string, content = NEW_VERSION): string {
  const file = `Signoff-${version}.AppImage`;
  const sha512 = createHash('sha512').update(content).digest('base64');
  return [
    `version: ${version}`,
    'files:',
    `  - url: ${file}`,
    `    sha512: ${sha512}`,
    `    size: ${content.length}`,
    `path: ${file}`,
    `sha512: ${sha512}`,
    "releaseDate: '2026-01-01T00:00:00.000Z'",
    '',
  ].join('\n');
}

/** A web server for a feed, until the test is over; resolves with its address. */
export async function serveFeed(
  serve: RequestListener,
  tls: Identity | null = null,
): Promise<string> {
  const server = tls === null ? createServer(serve) : createTlsServer(tls, serve);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return `${tls === null ? 'http' : 'https'}://127.0.0.1:${port}`;
}
