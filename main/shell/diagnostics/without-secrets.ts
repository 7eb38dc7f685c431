const STRUCK_OUT = '…';

/** What a secret is called wherever it stands in JSON, in a header or in a query. */
const NAMED =
  /((?:j?session-?id|x-jsessionid|x-aid|password|passphrase|secret|token|(?:proxy-)?authorization|cookie)"?\s*[:=]\s*)("(?:[^"\\]|\\.)*"|[^\s,;&}"]+(?: [\w+/=.-]{16,})?)/gi;
const PRIVATE_KEY =
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g;
/** A name and a password before a host, as in `http://ann:word@proxy.example.com`. */
const USER_INFO = /(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/?#"'@]+@/gi;

/**
 * A text without what looks like a secret. Nothing that goes into diagnostics should hold one; this is
 * for what nobody thought of.
 */
export function withoutSecrets(text: string): string {
  return text
    .replaceAll(PRIVATE_KEY, STRUCK_OUT)
    .replaceAll(USER_INFO, `$1${STRUCK_OUT}@`)
    .replaceAll(NAMED, (_match, name: string, value: string) =>
      value.startsWith('"') ? `${name}"${STRUCK_OUT}"` : `${name}${STRUCK_OUT}`,
    );
}
