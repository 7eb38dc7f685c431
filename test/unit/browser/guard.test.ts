import { describe, expect, test } from 'vitest';
import {
  type GuardRules,
  checkRequest,
  claimedOrigin,
  originsOf,
  type RequestHead,
  type GuardDecision,
} from '../../../main/browser/guard.ts';
import { goodHeaders, type RawRequest } from '../../support/browser-request.ts';
import { CONSOLE, TOKEN } from '../../support/browser-world.ts';
import fc from '../../support/property.ts';

const PORT = 47_823;
const RULES: GuardRules = {
  port: PORT,
  origins: originsOf([CONSOLE, 'http://localhost:8080']),
  token: () => TOKEN,
};

function head({ method = 'POST', target = '/hold', headers = {}, also = [] }: RawRequest = {}) {
  const all = Object.entries({ ...goodHeaders(PORT), ...headers });
  const sent = all.flatMap(([name, value]) => (value === null ? [] : [[name, value] as const]));
  return { method, target, headers: [...sent, ...also] } satisfies RequestHead;
}
const decisionOn = (request: RawRequest, rules = RULES): GuardDecision =>
  checkRequest(head(request), rules);
const reasonOf = (decision: GuardDecision): string =>
  decision.kind === 'forbidden' || decision.kind === 'refused' ? decision.reason : decision.kind;

describe('a hand-in', () => {
  test('from the listed console by script, with the token, passes', () => {
    expect(decisionOn({})).toEqual({ kind: 'hold', origin: CONSOLE });
  });

  test.each([
    [
      'without fetch metadata, as old browsers send it',
      { 'sec-fetch-site': null, 'sec-fetch-mode': null, 'sec-fetch-dest': null },
    ],
    [
      'from another port of this machine',
      { origin: 'http://localhost:8080', 'sec-fetch-site': 'same-site' },
    ],
    ['that names its character set', { 'content-type': 'application/json; charset=utf-8' }],
    ['whose scheme is in lower case', { authorization: `bearer ${TOKEN}` }],
  ])('%s passes', (_what, headers) => {
    expect(decisionOn({ headers }).kind).toBe('hold');
  });

  test.each<[string, string, RawRequest]>([
    ['host', 'a rebound name', { headers: { host: `rebound.test:${PORT}` } }],
    ['host', 'another port', { headers: { host: `127.0.0.1:${PORT + 1}` } }],
    ['host', 'no port', { headers: { host: '127.0.0.1' } }],
    ['host', 'localhost', { headers: { host: `localhost:${PORT}` } }],
    ['host', 'a trailing dot', { headers: { host: `127.0.0.1.:${PORT}` } }],
    ['host', 'no host', { headers: { host: null } }],
    ['host', 'two hosts', { also: [['host', `127.0.0.1:${PORT}`]] }],
    ['origin', 'a foreign origin', { headers: { origin: 'https://evil.example.com' } }],
    ['origin', 'no origin', { headers: { origin: null } }],
    ['origin', 'the origin of a sandbox', { headers: { origin: 'null' } }],
    ['origin', 'an empty origin', { headers: { origin: '' } }],
    ['origin', 'a console below', { headers: { origin: 'https://x.console.example.test' } }],
    ['origin', 'another scheme', { headers: { origin: 'http://console.example.test' } }],
    ['origin', 'another port', { headers: { origin: `${CONSOLE}:8443` } }],
    ['origin', 'a slash', { headers: { origin: `${CONSOLE}/` } }],
    ['origin', 'capitals', { headers: { origin: 'https://CONSOLE.example.test' } }],
    ['origin', 'two origins', { also: [['origin', CONSOLE]] }],
    ['origin', 'two origins in one', { headers: { origin: `${CONSOLE} ${CONSOLE}` } }],
    ['fetch-metadata', 'the same origin', { headers: { 'sec-fetch-site': 'same-origin' } }],
    ['fetch-metadata', 'no page', { headers: { 'sec-fetch-site': 'none' } }],
    ['fetch-metadata', 'a form', { headers: { 'sec-fetch-mode': 'navigate' } }],
    ['fetch-metadata', 'no-cors', { headers: { 'sec-fetch-mode': 'no-cors' } }],
    ['fetch-metadata', 'a frame', { headers: { 'sec-fetch-dest': 'iframe' } }],
    ['fetch-metadata', 'a document', { headers: { 'sec-fetch-dest': 'document' } }],
    ['fetch-metadata', 'two modes', { also: [['sec-fetch-mode', 'navigate']] }],
    ['path', 'another path', { target: '/' }],
    ['path', 'a query', { target: '/hold?x' }],
    ['path', 'a whole address', { target: `http://127.0.0.1:${PORT}/hold` }],
    ['path', 'a path with dots', { target: '/x/../hold' }],
    ['method', 'GET', { method: 'GET' }],
    ['method', 'PUT', { method: 'PUT' }],
    ['method', 'OPTIONS that is no preflight', { method: 'OPTIONS' }],
    ['content-type', 'none', { headers: { 'content-type': null } }],
    ['content-type', 'text', { headers: { 'content-type': 'text/plain' } }],
    [
      'content-type',
      'text that says json',
      { headers: { 'content-type': 'text/plain; application/json' } },
    ],
    [
      'content-type',
      'a form',
      { headers: { 'content-type': 'application/x-www-form-urlencoded' } },
    ],
    ['content-type', 'two', { also: [['content-type', 'application/json']] }],
    ['frame', 'nothing said of frames', { headers: { 'signoff-page': null } }],
    ['frame', 'a page in a frame', { headers: { 'signoff-page': 'frame' } }],
    ['token', 'no token', { headers: { authorization: null } }],
    ['token', 'another token', { headers: { authorization: 'Bearer another-token-0123456789' } }],
    [
      'token',
      'the beginning of it',
      { headers: { authorization: `Bearer ${TOKEN.slice(0, -1)}` } },
    ],
    ['token', 'more than it', { headers: { authorization: `Bearer ${TOKEN}x` } }],
    ['token', 'other capitals', { headers: { authorization: `Bearer ${TOKEN.toUpperCase()}` } }],
    ['token', 'another scheme', { headers: { authorization: `Basic ${TOKEN}` } }],
    ['token', 'no scheme', { headers: { authorization: TOKEN } }],
    ['token', 'two', { also: [['authorization', `Bearer ${TOKEN}`]] }],
  ])('is refused for its %s: %s', (reason, _what, request) => {
    expect(reasonOf(decisionOn(request))).toBe(reason);
  });

  test('with an empty token never passes, not even where the token is empty', () => {
    const rules = { ...RULES, token: () => '' };
    for (const authorization of ['Bearer ', 'Bearer', 'Bearer  ', '']) {
      expect(reasonOf(decisionOn({ headers: { authorization } }, rules))).toBe('token');
    }
  });

  test('does not have the token looked up before all else is right', () => {
    const rules = { ...RULES, token: () => expect.unreachable() };
    for (const headers of [{ origin: 'null' }, { host: 'x' }, { 'signoff-page': null }]) {
      expect(decisionOn({ headers }, rules).kind).not.toBe('hold');
    }
  });
});

describe('a preflight', () => {
  const headers = {
    'access-control-request-method': 'POST',
    authorization: null,
    'content-type': null,
    'signoff-page': null,
  };

  test('of the listed console is answered', () => {
    const decision = decisionOn({ method: 'OPTIONS', headers });
    expect(decision).toEqual({ kind: 'preflight', origin: CONSOLE, asksForPrivate: false });
  });

  test('may ask for the private network', () => {
    const decision = decisionOn({
      method: 'OPTIONS',
      headers: { ...headers, 'access-control-request-private-network': 'true' },
    });
    expect(decision).toMatchObject({ asksForPrivate: true });
  });

  test.each<[string, string, RawRequest]>([
    ['host', 'a rebound host', { headers: { host: `rebound.test:${PORT}` } }],
    ['origin', 'a foreign origin', { headers: { origin: 'https://evil.example.com' } }],
    ['path', 'another path', { target: '/' }],
    ['method', 'another method', { headers: { 'access-control-request-method': 'GET' } }],
  ])('is refused for its %s: %s', (reason, _what, request) => {
    const all = { ...request, method: 'OPTIONS', headers: { ...headers, ...request.headers } };
    expect(reasonOf(decisionOn(all))).toBe(reason);
  });
});

/** Each condition, with the ways to miss it. */
const anyText = fc.string({ unit: 'grapheme-ascii', maxLength: 60 });
const butFor = (good: string) => anyText.filter((text) => text.trim() !== good);
const header = (name: string, good: string): fc.Arbitrary<RawRequest> =>
  fc.oneof(
    fc.constant({ headers: { [name]: null } }),
    butFor(good).map((value) => ({ headers: { [name]: value } })),
    anyText.map((value) => ({ also: [[name, value] as const] })),
    fc
      .constantFrom(` ${good}`, `${good} `, `${good},${good}`, good.slice(1), `${good}\0`)
      .map((value) => ({ headers: { [name]: value } })),
  );
const withHeader =
  (name: string) =>
  (value: string): RawRequest => ({ headers: { [name]: value } });
const ONLY_HOST = header('host', `127.0.0.1:${PORT}`);
const ONLY_ORIGIN = header('origin', CONSOLE);
const WAYS: readonly fc.Arbitrary<RawRequest>[] = [
  ONLY_HOST,
  ONLY_ORIGIN,
  header('content-type', 'application/json'),
  header('signoff-page', 'top'),
  header('authorization', `Bearer ${TOKEN}`),
  butFor('cross-site')
    .filter((text) => text !== 'same-site')
    .map(withHeader('sec-fetch-site')),
  butFor('cors').map(withHeader('sec-fetch-mode')),
  butFor('empty').map(withHeader('sec-fetch-dest')),
  butFor('POST').map((method) => ({ method })),
  butFor('/hold').map((target) => ({ target })),
];

test('no request that lacks any one of the conditions ever passes', () => {
  const missed = fc.subarray([...WAYS], { minLength: 1 }).chain((routes) => fc.tuple(...routes));
  fc.assert(
    fc.property(missed, (routes) => {
      const request: RawRequest = Object.assign({}, ...routes, {
        headers: Object.assign({}, ...routes.map(({ headers = {} }) => headers)),
        also: routes.flatMap(({ also = [] }) => also),
      });
      expect(decisionOn(request).kind).not.toBe('hold');
    }),
    { numRuns: 3_000 },
  );
});

test('no request without the right host and a listed origin ever gets more than the bare refusal', () => {
  const method = fc.constantFrom('POST', 'OPTIONS', 'GET');
  fc.assert(
    fc.property(fc.oneof(ONLY_HOST, ONLY_ORIGIN), method, (way, sent) => {
      const also = [...(way.also ?? []), ['access-control-request-method', 'POST'] as const];
      expect(decisionOn({ ...way, method: sent, also }).kind).toBe('forbidden');
    }),
  );
});

test('a list of origins is read as browsers write them, and what is none is passed over', () => {
  const list = [
    'https://Console.Example.com/',
    'https://b.example.com:443',
    'http://localhost:8080',
    'junk',
    'data:text/html,x',
    'null',
  ];
  expect([...originsOf(list)]).toEqual([
    'https://console.example.com',
    'https://b.example.com',
    'http://localhost:8080',
  ]);
});

test.each([
  [CONSOLE, CONSOLE],
  ['null', 'null'],
  ['https://evil.example.com\u0000', null],
  ['https://evil.example.com/path?secret', null],
  [`https://${'x'.repeat(300)}.example.com`, null],
  ['not an origin', null],
])('of who says to be %j the log names %j', (origin, named) => {
  expect(claimedOrigin(head({ headers: { origin } }))).toBe(named);
});
