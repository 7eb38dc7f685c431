import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import tls from 'node:tls';

/** The bundles of Linux distributions; the first that can be read counts. */
const LINUX_BUNDLES = [
  '/etc/ssl/certs/ca-certificates.crt', // Debian, Ubuntu, Arch
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem', // Fedora, RHEL
  '/etc/pki/tls/certs/ca-bundle.crt', // older of them
  '/var/lib/ca-certificates/ca-bundle.pem', // openSUSE
  '/etc/ssl/cert.pem', // Alpine
];

/** The certificate authorities, as PEM, that the runtime trusts. */
export function runtimeCertificates(): readonly string[] {
  if (hasStores(tls)) return readStore('default') ?? tls.rootCertificates;
  const extra = process.env['NODE_EXTRA_CA_CERTS'] ?? '';
  return [...tls.rootCertificates, ...(extra === '' ? [] : readBundles([extra]))];
}

/** Those that the operating system trusts, including its administrator's. */
export function systemCertificates(): readonly string[] {
  // Reading one file is 20 times as fast as the folder of links that the runtime reads.
  if (process.platform === 'linux') return readBundles(LINUX_BUNDLES);
  return hasStores(tls) ? (readStore('system') ?? []) : [];
}

/** Null where it cannot be read: a damaged store must not prevent every connection. */
function readStore(type: 'default' | 'system'): readonly string[] | null {
  try {
    return tls.getCACertificates(type);
  } catch {
    return null;
  }
}

/** From Node 22.15 on; Electron 33 has 20. */
function hasStores(module: Partial<typeof tls>): boolean {
  return typeof module.getCACertificates === 'function';
}

function readBundles(files: readonly string[]): readonly string[] {
  for (const file of files) {
    try {
      return certificatesIn(readFileSync(file, 'utf8'));
    } catch {
      continue; // Of another distribution.
    }
  }
  return [];
}

const PEM_CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** The certificates in a PEM file's text; anything else is ignored. */
export function certificatesIn(text: string): string[] {
  return text.match(PEM_CERTIFICATE) ?? [];
}

/** Whether this PEM can be read as a certificate. */
export function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).subject !== undefined;
  } catch {
    return false;
  }
}

/** Removes duplicates, however their lines are broken. */
export function unique(pems: readonly string[]): string[] {
  return [...new Map(pems.map((pem) => [pem.replaceAll(/\s/g, ''), pem])).values()];
}
