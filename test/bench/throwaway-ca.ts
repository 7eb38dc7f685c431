import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A certificate for 127.0.0.1 and the authority that vouches for it. */
interface ThrowawayCa {
  readonly caFile: string;
  readonly key: string;
  readonly cert: string;
}

const KEY_AND_CERTIFICATE =
  'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2'.split(' ');

/** Calls `use` with an authority that only this run knows, made by openssl and gone afterwards. */
export async function withThrowawayCa<T>(use: (ca: ThrowawayCa) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(path.join(tmpdir(), 'signoff-ca-'));
  const file = (name: string): string => path.join(folder, name);
  const request = (name: string, ...args: string[]): Promise<unknown> =>
    run('openssl', [
      ...KEY_AND_CERTIFICATE,
      '-keyout',
      file(`${name}.key`),
      '-out',
      file(`${name}.pem`),
      ...args,
    ]);
  try {
    await request('ca', '-subj', '/CN=Signoff bench');
    await request(
      'server',
      '-subj',
      '/CN=127.0.0.1',
      '-CA',
      file('ca.pem'),
      '-CAkey',
      file('ca.key'),
      '-addext',
      'subjectAltName=IP:127.0.0.1',
      '-addext',
      'basicConstraints=CA:FALSE',
    );
    return await use({
      caFile: file('ca.pem'),
      key: await readFile(file('server.key'), 'utf8'),
      cert: await readFile(file('server.pem'), 'utf8'),
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
