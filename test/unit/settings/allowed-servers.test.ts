import { describe, expect, test } from 'vitest';
import { allowsServer, isServerPattern } from '../../../main/settings/addresses.ts';
import { handInRulesOf } from '../../../main/settings/hand-in-rules.ts';
import { settingsSchema } from '../../../main/settings/schema.ts';
import { readHandIn } from '../../../main/sessions/hand-in.ts';
import fc from '../../support/property.ts';
import { agentSession } from '../../support/sessions.ts';

const BELOW = 'https://*.example.com';
const ONE = 'https://chat.example.com';

describe('a pattern', () => {
  test.each([
    '*',
    ONE,
    BELOW,
    'https://*.example.com:8443',
    'https://chat.example.com:8443',
    'https://chat.example.com/',
    'http://127.0.0.1:8080',
    'http://localhost',
  ])('may be %s', (pattern) => {
    expect(isServerPattern(pattern)).toBe(true);
  });

  test.each([
    '',
    '**',
    'chat.example.com',
    'http://chat.example.com',
    'http://*.example.com',
    'https://*',
    'https://*.com',
    'https://*.',
    'https://*example.com',
    'https://chat.*.com',
    'https://*.*.example.com',
    'https://a@chat.example.com',
    'https://a@*.example.com',
    'https://*.example.com/',
    'https://*.example.com/x',
    'https://*.example.com:99999',
    'https://chat.example.com/x',
    'https://chat.example.com?x',
    'https://chat.example.com#',
    'https:\\\\chat.example.com',
    ' https://chat.example.com',
    'javascript:alert(1)',
  ])('may not be %j', (pattern) => {
    expect(isServerPattern(pattern)).toBe(false);
  });
});

describe('a server is allowed', () => {
  test.each([
    { pattern: '*', server: 'https://any.example' },
    { pattern: ONE, server: ONE },
    { pattern: 'https://Chat.Example.com:443', server: ONE },
    { pattern: BELOW, server: ONE },
    { pattern: BELOW, server: 'https://a.b.example.com' },
    { pattern: 'https://*.example.com:8443', server: 'https://chat.example.com:8443' },
    { pattern: 'http://127.0.0.1:8080', server: 'http://127.0.0.1:8080' },
  ])('$server by $pattern', ({ pattern, server }) => {
    expect(allowsServer([pattern], server)).toBe(true);
  });

  test.each([
    { pattern: BELOW, server: 'https://example.com' },
    { pattern: BELOW, server: 'https://badexample.com' },
    { pattern: BELOW, server: 'https://chat.example.com.evil.example' },
    { pattern: BELOW, server: 'https://chat.example.com:8443' },
    { pattern: BELOW, server: 'http://chat.example.com' },
    { pattern: BELOW, server: 'https://evil.example/.example.com' },
    { pattern: BELOW, server: 'https://evil.example#.example.com' },
    { pattern: BELOW, server: 'https://evil.example?.example.com' },
    { pattern: BELOW, server: 'https://a.example.com@evil.example' },
    { pattern: BELOW, server: 'https://evil.example\\.example.com' },
    { pattern: BELOW, server: 'https://chat.example.com.' },
    { pattern: ONE, server: 'https://chat.example.com:8443' },
    { pattern: ONE, server: 'http://chat.example.com' },
    { pattern: ONE, server: 'https://a.chat.example.com' },
    { pattern: ONE, server: 'https://chat.example.com@evil.example' },
    { pattern: 'http://localhost', server: 'http://localhost:8080' },
    { pattern: 'https://chatXexample.com', server: ONE },
  ])('not $server by $pattern', ({ pattern, server }) => {
    expect(allowsServer([pattern], server)).toBe(false);
  });

  test('by any of the patterns', () => {
    expect(allowsServer(['https://other.example', BELOW], ONE)).toBe(true);
  });

  test('not without a pattern', () => {
    expect(allowsServer([], ONE)).toBe(false);
  });
});

describe('no trick', () => {
  const label = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,8}[a-z0-9])?$/);
  const trick = fc.constantFrom(
    '.',
    '@',
    ':',
    '/',
    '\\',
    '#',
    '?',
    '%2e',
    '%40',
    ' ',
    '\t',
    '\0',
    '。',
  );
  const part = fc.oneof(
    label,
    trick,
    fc.constantFrom('example.com', '.example.com', 'chat.example.com', 'https://', '[::1]', ':443'),
    fc.string({ maxLength: 3 }),
  );
  const address = fc
    .tuple(fc.constantFrom('https://', 'http://', 'HTTPS://'), fc.array(part, { maxLength: 6 }))
    .map(([scheme, parts]) => scheme + parts.join(''));
  const runs = { numRuns: 5_000 };

  /** Holds a session of that server under the rule; the server that requests would go to, or null. */
  const heldAt = (server: string, allowedServers: string[]): URL | null => {
    const terms = handInRulesOf({ ...settingsSchema.parse({}), allowedServers });
    const handIn = readHandIn({ ...agentSession(), server }, terms);
    return handIn.ok ? new URL('/engagement/api', handIn.session.server) : null;
  };

  test('brings a session to a host that is not below the domain', () => {
    fc.assert(
      fc.property(address, (server) => {
        const url = heldAt(server, [BELOW]);
        if (url === null) return;
        expect(url.hostname).toMatch(/^[^.]+(\.[^.]+)*\.example\.com$/);
        expect({ protocol: url.protocol, port: url.port, user: url.username }).toEqual({
          protocol: 'https:',
          port: '',
          user: '',
        });
      }),
      runs,
    );
  });

  test('brings a session to another origin than the one that is allowed', () => {
    fc.assert(
      fc.property(address, (server) => {
        expect([undefined, ONE]).toContain(heldAt(server, [ONE])?.origin);
      }),
      runs,
    );
  });

  test('of a pattern that was passed over allows anything', () => {
    fc.assert(
      fc.property(address, fc.string(), (server, pattern) => {
        fc.pre(!isServerPattern(pattern));
        expect(heldAt(server, [pattern])).toBeNull();
      }),
      runs,
    );
  });

  test('every host below the domain is allowed', () => {
    fc.assert(
      fc.property(fc.array(label, { minLength: 1, maxLength: 3 }), (labels) => {
        // What looks like a number, or like punycode, is another host or none.
        const server = `https://${labels.join('.')}.example.com`;
        fc.pre(URL.canParse(server));
        expect(heldAt(server, [BELOW])).not.toBeNull();
      }),
      runs,
    );
  });
});

describe('a hand-in', () => {
  const terms = handInRulesOf({ ...settingsSchema.parse({}), allowedServers: [BELOW] });

  test('of a server that is not allowed is refused by the name of the rule', () => {
    expect(readHandIn({ ...agentSession(), server: 'https://other.example' }, terms)).toEqual({
      ok: false,
      problems: [
        {
          field: 'server',
          message: 'is not among the servers that your organisation allows (allowedServers)',
          code: 'not-allowed',
        },
      ],
    });
  });

  test('is refused where IT does not offer handing in, whatever it is', () => {
    const notOffered = handInRulesOf({ ...settingsSchema.parse({}), sessionsFrom: 'sign-in' });
    for (const input of [agentSession(), {}, null]) {
      expect(readHandIn(input, notOffered)).toEqual({
        ok: false,
        problems: [
          {
            field: '',
            message: 'Your organisation does not offer handing sessions in (sessionsFrom).',
            code: 'not-offered',
          },
        ],
      });
    }
  });

  const defaults = handInRulesOf({
    ...settingsSchema.parse({}),
    defaultServer: ONE,
    defaultSite: 'day001',
    defaultPool: '297:1',
  });
  const least = { kind: 'agent', accountId: '12', sessionId: 'node01h8m13tljpm7' };

  test('gets what it leaves out', () => {
    expect(readHandIn(least, defaults)).toMatchObject({
      ok: true,
      session: { server: ONE, fqSiteName: 'day001', pool: '297:1' },
    });
  });

  test('keeps what it names', () => {
    const named = { ...least, server: 'https://a.example', fqSiteName: 'own', pool: '1:1' };
    expect(readHandIn(named, defaults)).toMatchObject({ ok: true, session: named });
  });

  test('has to name what has no default', () => {
    expect(readHandIn(least, handInRulesOf(settingsSchema.parse({})))).toMatchObject({
      ok: false,
      problems: [{ field: 'server' }, { field: 'fqSiteName' }],
    });
  });
});
