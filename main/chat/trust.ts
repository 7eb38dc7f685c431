import { readFileSync, statSync } from 'node:fs';
import { createSecureContext, type SecureContext } from 'node:tls';
import { certificatesIn, isCertificate, unique } from './pem.ts';
import { runtimeCertificates, systemCertificates } from './system-certificates.ts';

/** Files of PEM, or empty text where there is none. */
export interface CertificateFiles {
  /** Certificate authorities to trust besides the system's. */
  readonly extraCaCertificates: string;
  /** A certificate with its private key, for servers that demand one. */
  readonly clientCertificate: string;
}

export interface Trust {
  /**
   * Whom to trust, and what to show who asks, for all connections. Made once, for it takes some ten
   * milliseconds; anew when the files or their names are others.
   */
  context(files: CertificateFiles): SecureContext;
  /** What of the files could not be used, in words. */
  problems(): readonly string[];
}

/** Trusts what the runtime and the system trust, and the files' authorities. A bad file is left out. */
export function createTrust(onProblem: (problem: string) => void): Trust {
  let made: {
    key: string;
    mtimes: Mtimes;
    context: SecureContext;
    problems: readonly string[];
  } | null = null;
  /** Read once: that of the system does not change while people work. */
  let known: readonly string[] | null = null;

  return {
    context(files) {
      const mtimes = mtimesOf(files, made?.mtimes);
      const key = JSON.stringify([files.extraCaCertificates, files.clientCertificate, ...mtimes]);
      if (made?.key !== key) {
        known ??= unique([...runtimeCertificates(), ...systemCertificates()]);
        made = { key, mtimes, ...makeContext(files, known) };
        for (const problem of made.problems) onProblem(problem);
      }
      return made.context;
    },
    problems: () => made?.problems ?? [],
  };
}

function makeContext(
  { extraCaCertificates, clientCertificate }: CertificateFiles,
  known: readonly string[],
): { context: SecureContext; problems: readonly string[] } {
  const extra = readAuthorities(extraCaCertificates);
  const ca = unique([...known, ...extra.certificates]);
  const client = readClient(clientCertificate);
  const problems = [...extra.problems, ...client.problems];
  try {
    return { context: createSecureContext({ ca, ...client.identity }), problems };
  } catch {
    // One that the TLS library cannot read, in a store that others have filled.
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

interface Identity {
  readonly cert?: string;
  readonly key?: string;
}

function readClient(file: string): { identity: Identity; problems: string[] } {
  const without = (problem: string): { identity: Identity; problems: string[] } => ({
    identity: {},
    problems: [problem],
  });
  if (file === '') return { identity: {}, problems: [] };
  const read = readText(file);
  if ('fault' in read) {
    return without(`The file of the client certificate could not be read (${read.fault}): ${file}`);
  }
  const identity = { cert: read.text, key: read.text };
  try {
    createSecureContext(identity);
    return { identity, problems: [] };
  } catch (error) {
    return without(
      `There is no client certificate with its key (PEM, without a password) in ${file} (${codeOf(error)})`,
    );
  }
}

function readText(file: string): { text: string } | { fault: string } {
  try {
    return { text: readFileSync(file, 'utf8') };
  } catch (error) {
    return { fault: codeOf(error) };
  }
}

/** When each file was changed, in epoch milliseconds; null where that was never known. */
type Mtimes = ReadonlyMap<string, number | null>;

/**
 * They differ when a file was replaced, as happens before a client certificate expires. One that cannot
 * be looked at, on a share that is gone for a moment, is as it was: what was read last counts.
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
    return null; // Why, reading it will tell.
  }
}

/** What went wrong, as a code: the words of the TLS library might repeat what is in the file. */
function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : 'not readable';
}
