import { readFileSync, statSync } from 'node:fs';
import { createSecureContext, type SecureContext } from 'node:tls';
import { errorCode } from '../common/error-code.ts';
import {
  certificatesIn,
  isCertificate,
  runtimeCertificates,
  systemCertificates,
  unique,
} from './certificates.ts';

/** Paths of PEM files; empty where there is none. */
export interface CertificateFiles {
  /** Certificate authorities to trust besides the system's. */
  readonly extraCaCertificates: string;
  /** A certificate with its private key, for servers that demand one. */
  readonly clientCertificate: string;
}

export interface Trust {
  /** The TLS context for all connections. Cached, since it takes some ten milliseconds, until the files change. */
  context(files: CertificateFiles): SecureContext;
  /** What could not be used of the files, in words. */
  problems(): readonly string[];
}

/** Trusts the authorities of the runtime, the system and the files. A bad file is ignored. */
export function createTrust(onProblem: (problem: string) => void): Trust {
  let cached: ({ key: string; mtimes: Mtimes } & ReturnType<typeof makeContext>) | null = null;
  /** Read once: the system's rarely change. */
  let authorities: readonly string[] | null = null;

  return {
    context(files) {
      const mtimes = mtimesOf(files, cached?.mtimes);
      const key = JSON.stringify([files.extraCaCertificates, files.clientCertificate, ...mtimes]);
      if (cached?.key !== key) {
        authorities ??= unique([...runtimeCertificates(), ...systemCertificates()]);
        cached = { key, mtimes, ...makeContext(files, authorities) };
        for (const problem of cached.problems) onProblem(problem);
      }
      return cached.context;
    },
    problems: () => cached?.problems ?? [],
  };
}

function makeContext(
  { extraCaCertificates, clientCertificate }: CertificateFiles,
  authorities: readonly string[],
): { context: SecureContext; problems: readonly string[] } {
  const extra = readAuthorities(extraCaCertificates);
  const ca = unique([...authorities, ...extra.certificates]);
  const client = readClient(clientCertificate);
  const problems = [...extra.problems, ...client.problems];
  try {
    return { context: createSecureContext({ ca, ...client.identity }), problems };
  } catch {
    // The system's store has a certificate that the TLS library cannot read.
    const context = createSecureContext({ ca: ca.filter(isCertificate), ...client.identity });
    return { context, problems };
  }
}

function readAuthorities(file: string): { certificates: string[]; problems: string[] } {
  if (file === '') return { certificates: [], problems: [] };
  const read = readText(file);
  if ('fault' in read) {
    const problem = `The file of extra CA certificates could not be read (${read.fault}): ${file}`;
    return { certificates: [], problems: [problem] };
  }
  const found = certificatesIn(read.text);
  const certificates = found.filter(isCertificate);
  const bad = found.length - certificates.length;
  const problems = [
    ...(certificates.length === 0 ? [`There is no CA certificate (PEM) in ${file}`] : []),
    ...(bad > 0 ? [`Of the certificates in ${file}, ${bad} cannot be read`] : []),
  ];
  return { certificates, problems };
}

interface Client {
  readonly identity: { readonly cert?: string; readonly key?: string };
  readonly problems: readonly string[];
}

function readClient(file: string): Client {
  if (file === '') return { identity: {}, problems: [] };
  const read = readText(file);
  if ('fault' in read) {
    const problem = `The file of the client certificate could not be read (${read.fault}): ${file}`;
    return { identity: {}, problems: [problem] };
  }
  const identity = { cert: read.text, key: read.text };
  try {
    createSecureContext(identity);
    return { identity, problems: [] };
  } catch (error) {
    const problem = `There is no client certificate with its key (PEM, without a password) in ${file} (${codeOf(error)})`;
    return { identity: {}, problems: [problem] };
  }
}

function readText(file: string): { text: string } | { fault: string } {
  try {
    return { text: readFileSync(file, 'utf8') };
  } catch (error) {
    return { fault: codeOf(error) };
  }
}

/** When each file was changed, in epoch milliseconds; null where unknown. */
type Mtimes = ReadonlyMap<string, number | null>;

/**
 * They show a replaced file, as before a client certificate expires. A file that cannot be accessed, such as
 * on a share that is gone for a moment, counts as unchanged.
 */
function mtimesOf(
  { extraCaCertificates, clientCertificate }: CertificateFiles,
  before: Mtimes | undefined,
): Mtimes {
  const files = [extraCaCertificates, clientCertificate].filter((file) => file !== '');
  return new Map(files.map((file) => [file, modifiedAt(file) ?? before?.get(file) ?? null]));
}

function modifiedAt(file: string): number | null {
  try {
    return statSync(file).mtimeMs;
  } catch {
    return null; // Reading the file will show why.
  }
}

/** Not the message: the TLS library's might repeat what is in the file. */
function codeOf(error: unknown): string {
  return errorCode(error) ?? 'not readable';
}
