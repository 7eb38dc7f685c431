import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { tempFolder } from './temp-folder.ts';

/** What a server or a client shows of itself, as PEM. */
export interface Identity {
  readonly key: string;
  readonly cert: string;
  /** Both in one file. */
  readonly file: string;
}

export interface PrivateCa {
  /** The PEM of the authority. */
  readonly file: string;
  readonly cert: string;
  /** A certificate for the server `NAME` in all these tests and for 127.0.0.1. */
  issue(options?: { expired?: boolean }): Identity;
}

/** The server's name in these tests: only the proxy knows where it is. */
export const NAME = 'chat.example.test';

const NEW_KEY = 'req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes'.split(' ');

/** An authority that only this test knows, made by openssl in a folder of its own. */
export function privateCa(folder = tempFolder()): PrivateCa {
  const openssl = (...args: string[]): void =>
    void execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
  const read = (name: string): string => readFileSync(path.join(folder, name), 'utf8');
  openssl(
    ...NEW_KEY,
    '-x509',
    '-days',
    '2',
    '-subj',
    '/CN=Test CA',
    '-keyout',
    'ca.key',
    '-out',
    'ca.pem',
  );
  let issued = 0;
  return {
    file: path.join(folder, 'ca.pem'),
    cert: read('ca.pem'),
    issue({ expired = false } = {}) {
      issued += 1;
      const name = `issued-${issued}`;
      const names = `subjectAltName=DNS:${NAME},IP:127.0.0.1`;
      openssl(
        ...NEW_KEY,
        '-subj',
        `/CN=${NAME}`,
        '-addext',
        names,
        '-keyout',
        `${name}.key`,
        '-out',
        `${name}.csr`,
      );
      openssl(
        ...'x509 -req -copy_extensions copy -CA ca.pem -CAkey ca.key -CAcreateserial'.split(' '),
        '-days',
        expired ? '-1' : '2',
        '-in',
        `${name}.csr`,
        '-out',
        `${name}.crt`,
      );
      const [key, cert] = [read(`${name}.key`), read(`${name}.crt`)];
      const file = path.join(folder, `${name}.pem`);
      writeFileSync(file, `${cert}${key}`);
      return { key, cert, file };
    },
  };
}
