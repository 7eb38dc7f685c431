import { X509Certificate } from 'node:crypto';

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** The certificates in a PEM file's text; anything else is ignored. */
export function certificatesIn(text: string): string[] {
  return text.match(CERTIFICATE) ?? [];
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
