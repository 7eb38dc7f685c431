import { describe, expect, test } from 'vitest';
import { redactSecrets } from '../../../main/shell/diagnostics/redact-secrets.ts';
import fc from '../../support/property.ts';

const NAMES = [
  'password',
  'Password',
  'proxy_password',
  'passwd',
  'pwd',
  'dbPwd',
  'passphrase',
  'apiKey',
  'api_key',
  'API-KEY',
  'client_secret',
  'clientSecret',
  'sessionId',
  'session_id',
  'session-id',
  'SESSIONID',
  'X-JSESSIONID',
  'JSESSIONID',
  'PHPSESSID',
  'connect.sid',
  'X-AID',
  'access_token',
  'refreshToken',
  'browserHandInToken',
  'credentials',
];
const name = fc.constantFrom(...NAMES);

/** A secret between two marks, so that no part of it can stay unseen. */
const planted = (characters: string) =>
  fc
    .string({ unit: fc.constantFrom(...characters.split('')), maxLength: 12 })
    .map((middle) => `PLANTED${middle}LANTERN`);
const MARKS = /PLANTED|LANTERN/;

const LETTERS = 'abcXYZ0189_-.~+/=';
const inToken = planted(LETTERS);
const inQuotes = planted(`${LETTERS} ,;:&@"'\\{}[]<>`);
const inText = planted(`${LETTERS},;:@{}[]<>`);
const inAddress = planted(`${LETTERS}@:/?#'&;,`);

const shellQuoted = (secret: string): string => `'${secret.replaceAll(/['\\]/g, '')}'`;

/** Texts with one secret each, in every form that secrets have been seen in. */
const FORMS: Readonly<Record<string, fc.Arbitrary<string>>> = {
  json: fc.tuple(name, inQuotes).map(([key, secret]) => JSON.stringify({ [key]: secret })),
  'pretty json': fc
    .tuple(name, inQuotes)
    .map(([key, secret]) => JSON.stringify({ [key]: secret, b: 1 }, null, 2)),
  'a list in json': fc
    .tuple(name, inQuotes, inQuotes)
    .map(([key, one, other]) => JSON.stringify({ [key]: [one, other] })),
  'an object in json': fc
    .tuple(name, inQuotes)
    .map(([key, secret]) => JSON.stringify({ [key]: { value: secret } })),
  'single quotes': fc
    .tuple(name, inQuotes)
    .map(([key, secret]) => `{ ${key}: ${shellQuoted(secret)}, b: 1 }`),
  'single quotes all over': fc
    .tuple(name, inQuotes)
    .map(([key, secret]) => `{'${key}':${shellQuoted(secret)}}`),
  text: fc.tuple(name, inText).map(([key, secret]) => `it said ${key}: ${secret} and went`),
  'an assignment': fc.tuple(name, inText).map(([key, secret]) => `${key} = ${secret}`),
  query: fc.tuple(name, inToken).map(([key, secret]) => `POST /?a=1&${key}=${secret}&b=2`),
  option: fc.tuple(name, inText).map(([key, secret]) => `run --${key} ${secret} --verbose`),
  'option with =': fc
    .tuple(name, inText)
    .map(([key, secret]) => `run --${key}=${secret} --verbose`),
  'option with quotes': fc
    .tuple(name, inQuotes)
    .map(([key, secret]) => `run --${key} ${shellQuoted(secret)} --verbose`),
  'option in a list': fc
    .tuple(name, inQuotes)
    .map(([key, secret]) => JSON.stringify(['run', `--${key}`, secret, '--verbose'])),
  'a scheme in a header': fc
    .tuple(
      fc.constantFrom('Authorization', 'proxy-authorization', 'authorization'),
      fc.constantFrom('Basic', 'Bearer', 'bearer', 'Negotiate', 'NTLM'),
      inToken,
    )
    .map(([header, scheme, secret]) => `${header}: ${scheme} ${secret}\nHost: a`),
  'a digest in a header': inToken.map(
    (secret) => `Authorization: Digest username="ann", response="${secret}", qop=auth`,
  ),
  'a scheme alone': fc
    .tuple(fc.constantFrom('Basic', 'Bearer', 'bearer'), inToken)
    .map(([scheme, secret]) => `It sent ${scheme} ${secret}`),
  'a header for curl': inToken.map(
    (secret) => `curl -H 'Authorization: Bearer ${secret}' https://chat.example.com`,
  ),
  cookies: fc
    .tuple(fc.constantFrom('Cookie', 'cookie', 'Set-Cookie'), inToken, inToken, inToken)
    .map(([header, a, b, c]) => `${header}: theme=${a}; lang=${b};x="${c}"; Path=/\r\nHost: a`),
  'cookies in a list': fc
    .tuple(inToken, inToken)
    .map(([a, b]) => JSON.stringify({ 'set-cookie': [`a=${a}; Path=/`, `b=${b}`] })),
  'an address': inAddress.map((secret) => `through http://ann:${secret}@proxy.example.com:3128 it`),
  'an address without a name': inToken.map((secret) => `https://:${secret}@proxy.example.com`),
  'a name in an address': planted('abc019_-.@').map(
    (secret) => `https://${secret}@proxy.example.com`,
  ),
  'a private key': inToken.map(
    (secret) => `-----BEGIN RSA PRIVATE KEY-----\n${secret}\n-----END RSA PRIVATE KEY-----`,
  ),
};

/** The text as it is, and as a string of JSON within JSON up to three deep. */
const nested = (text: fc.Arbitrary<string>) =>
  fc
    .tuple(text, fc.nat({ max: 3 }))
    .map(([inner, depth]) =>
      Array.from({ length: depth }).reduce<string>(
        (within) => JSON.stringify({ event: 'x', error: `it said ${within}`, after: 'kept' }),
        inner,
      ),
    );

describe('a planted secret is struck out', () => {
  test.each(Object.entries(FORMS))('%s', (_, form) => {
    fc.assert(
      fc.property(nested(form), (text) => {
        expect(redactSecrets(text)).not.toMatch(MARKS);
      }),
      { numRuns: 400 },
    );
  });

  test.each([
    [`"{\\"password\\":\\"x1\\",\\"b\\":2}"`, `"{\\"password\\":\\"…\\",\\"b\\":2}"`],
    ['Authorization: Basic YTpi', 'Authorization: …'],
    ['it sent Bearer abc', 'it sent Bearer …'],
    ['Cookie: a=1; b=2; c=3\r\nHost: x', 'Cookie: …\r\nHost: x'],
    ['http://u:p@ss@host:1/x', 'http://…@host:1/x'],
    ['http://u:p/a?b#c@host:1', 'http://…@host:1'],
    ['signoff --password x --json', 'signoff --password … --json'],
    [`{ pwd: 'a b', ok: 1 }`, `{ pwd: '…', ok: 1 }`],
    ['{"sessionId":12345}', '{"sessionId":"…"}'],
  ])('%s', (text, without) => {
    expect(redactSecrets(text)).toBe(without);
  });
});

describe('what is no secret stays', () => {
  test.each([
    '{"server":"https://chat.example.com","error":"The session identifier is unknown","tookMs":5}',
    '{"password":null,"token":"","remembersPassword":false}',
    'https://chat.example.com:8443/path?mail=none',
    'Write to ann@example.com about the session.',
    'The proxy proxy.example.com:3128 wants a user name and password, and got none that it accepts.',
  ])('%s', (text) => {
    expect(redactSecrets(text)).toBe(text);
  });

  test('JSON stays JSON, with all that stands beside the secret', () => {
    const json = fc.tuple(name, inQuotes, fc.nat({ max: 3 }));
    fc.assert(
      fc.property(json, ([key, secret, depth]) => {
        const wrap = (value: object): object => ({
          before: 1,
          error: JSON.stringify(value),
          after: [2],
        });
        const unwrap = (value: unknown): unknown => {
          const { error, ...others } = value as { error: string };
          expect(others).toEqual({ before: 1, after: [2] });
          return JSON.parse(error);
        };
        const levels = Array.from({ length: depth });
        const whole = levels.reduce<object>(wrap, { a: 1, [key]: secret, b: 'c' });
        const read: unknown = JSON.parse(redactSecrets(JSON.stringify(whole)));
        expect(levels.reduce<unknown>(unwrap, read)).toEqual({ a: 1, [key]: '…', b: 'c' });
      }),
    );
  });

  test('a long text takes no time to speak of', () => {
    const texts = ['x', '\\', 'http://a:', '"password":', '{', '-----BEGIN PRIVATE KEY-----'];
    for (const text of texts) {
      const started = performance.now();
      redactSecrets(text.repeat(2 ** 20 / text.length));
      expect(performance.now() - started).toBeLessThan(5_000);
    }
  });
});
