import { describe, expect, test } from 'vitest';
import { callUrl } from '../../../main/chat/address.ts';
import { isSafeOrigin } from '../../../main/common/fields.ts';
import { type Problem, readHandIn, readHandInText } from '../../../main/sessions/hand-in.ts';
import { NO_RULES } from '../../support/hand-in-rules.ts';
import fc from '../../support/property.ts';

const handedIn = (input: unknown) => readHandIn(input, NO_RULES);
const handedInText = (text: string) => readHandInText(text, NO_RULES);

const agent = {
  kind: 'agent',
  server: 'https://chat.example.com',
  fqSiteName: 'day001_221100_sql_001h',
  pool: '297:1',
  accountId: '12',
  sessionId: 'node01h8m13tljpm7ns8nayp0pid91',
  label: 'Ann',
};
const engagement = {
  kind: 'engagement',
  server: 'https://chat.example.com',
  fqSiteName: 'day119_181100_sql_238h',
  pool: '297:1',
  sessionId: '192hyto5qomm8r8rpzzmuzsa6',
  label: 'Consumer',
};

/** What is wrong in words, which is what people are told in English. */
function problemsOf(input: unknown): readonly Omit<Problem, 'code'>[] {
  const handIn = handedIn(input);
  return handIn.ok ? [] : handIn.problems.map(({ field, message }) => ({ field, message }));
}

/** The problems of one field of an agent session that is right but for it. */
function problemsWith(field: string, value: unknown): readonly string[] {
  const problems = problemsOf({ ...agent, [field]: value });
  expect(problems.map((problem) => problem.field)).toEqual(problems.map(() => field));
  return problems.map(({ message }) => message);
}

function sessionWith(field: string, value: unknown) {
  const handIn = handedIn({ ...agent, [field]: value });
  if (!handIn.ok) throw new Error(JSON.stringify(handIn.problems));
  return handIn.session;
}

describe('a session that is right', () => {
  test.for([agent, engagement])('is read as it is (%#)', (session) => {
    expect(handedIn(session)).toEqual({ ok: true, session });
  });

  test('of an agent needs neither pool nor label', () => {
    const { pool: _, label: __, ...least } = agent;
    expect(handedIn(least)).toEqual({ ok: true, session: { ...least, pool: null, label: '' } });
  });

  test('is read without the white space around its fields', () => {
    const padded = Object.fromEntries(
      Object.entries(agent).map(([field, value]) => [
        field,
        field === 'kind' ? value : ` \t${value}\r\n`,
      ]),
    );
    expect(handedIn(padded)).toEqual({ ok: true, session: agent });
  });

  test('may have a site name of any characters', () => {
    const fqSiteName = 'Zürich / 1 ☎️';
    expect(sessionWith('fqSiteName', fqSiteName)).toMatchObject({ fqSiteName });
  });

  test.for(['...', '.a', 'a.', '..a', 'a..'])(
    'may have dots in its site name (%s)',
    (fqSiteName) => {
      expect(sessionWith('fqSiteName', fqSiteName)).toMatchObject({ fqSiteName });
    },
  );

  test('may have a label in any language', () => {
    expect(sessionWith('label', 'Führung 第一 👋🏽')).toMatchObject({ label: 'Führung 第一 👋🏽' });
  });
});

describe('problems', () => {
  test('have names that do not change, for other languages', () => {
    const handIn = handedIn({ ...agent, server: 'http://chat.example.com', sessionId: '' });
    expect(handIn.ok || handIn.problems.map(({ code }) => code)).toEqual(['plain-http', 'missing']);
  });

  test('that need no translation have no name', () => {
    const problems = [{ field: '', message: 'A session is one JSON object.' }];
    expect(handedIn(null)).toStrictEqual({ ok: false, problems });
  });

  test('of all fields are named at once, in words', () => {
    expect(
      problemsOf({
        kind: 'agent',
        server: 'http://chat.example.com',
        fqSiteName: '..',
        pool: 297,
        accountId: '',
        label: 'a\nb',
        user: 'ann',
      }),
    ).toEqual([
      {
        field: 'server',
        message: 'must begin with "https://"; plain "http://" is only for this machine itself',
      },
      { field: 'fqSiteName', message: 'is not a site name' },
      { field: 'sessionId', message: 'is missing' },
      { field: 'label', message: 'may not have line breaks or other control characters' },
      { field: 'pool', message: 'must be text, such as "297:1"' },
      { field: 'accountId', message: 'is missing' },
      { field: 'user', message: 'is not a field of a session' },
    ]);
  });

  test('of an empty object are all that it lacks', () => {
    expect(problemsOf({})).toEqual([
      { field: 'kind', message: 'must be "agent" or "engagement"' },
      { field: 'server', message: 'is missing' },
      { field: 'fqSiteName', message: 'is missing' },
      { field: 'sessionId', message: 'is missing' },
    ]);
  });

  test.for([undefined, null, '', 'Agent', 'robot', 1, {}])(
    'of kind %j say which there are',
    (kind) => {
      expect(problemsOf({ ...agent, kind })).toEqual([
        { field: 'kind', message: 'must be "agent" or "engagement"' },
      ]);
    },
  );

  test('of an engagement are a missing pool and an account id', () => {
    const { pool: _, ...rest } = engagement;
    expect(problemsOf({ ...rest, accountId: '12' })).toEqual([
      { field: 'pool', message: 'is missing' },
      { field: 'accountId', message: 'is not a field of a session' },
    ]);
  });

  test('of several unknown keys are one for each', () => {
    expect(problemsOf({ ...agent, a: 1, b: 2 })).toEqual([
      { field: 'a', message: 'is not a field of a session' },
      { field: 'b', message: 'is not a field of a session' },
    ]);
  });

  test('of a very long key do not repeat it whole', () => {
    const [problem] = problemsOf({ ...agent, ['k'.repeat(10_000)]: 1 });
    expect(problem?.field.length).toBeLessThanOrEqual(40);
  });

  test.for([null, true, 7, 'x', [], [agent]])('of %j are that it is no object', (input) => {
    expect(problemsOf(input)).toEqual([{ field: '', message: 'A session is one JSON object.' }]);
  });

  test.for(['fqSiteName', 'accountId', 'sessionId', 'pool', 'server'])(
    'of %s are that it is missing where it is blank',
    (field) => {
      expect(problemsWith(field, ' \n')).toEqual(['is missing']);
    },
  );

  test.for([
    ['fqSiteName', 'must be text, such as "day001_221100_sql_001h"'],
    ['accountId', 'must be text, such as "12"'],
    ['sessionId', 'must be text, such as "node01h8m13tljpm7ns8nayp0pid91"'],
    ['pool', 'must be text, such as "297:1"'],
    ['server', 'must be text, such as "https://chat.example.com"'],
    ['label', 'must be text'],
  ] as const)('of %s are that it must be text where it is none', ([field, problem]) => {
    for (const value of [null, 12, true, ['a'], {}]) {
      expect(problemsWith(field, value)).toEqual([problem]);
    }
  });

  test.for([
    ['fqSiteName', 512],
    ['accountId', 512],
    ['sessionId', 512],
    ['pool', 512],
    ['label', 100],
  ] as const)('of %s begin past %d characters', ([field, limit]) => {
    expect(problemsWith(field, 'a'.repeat(limit))).toEqual([]);
    expect(problemsWith(field, 'a'.repeat(limit + 1))).toEqual([
      `is longer than ${limit} characters`,
    ]);
  });
});

describe('what would leave its place in the request', () => {
  test.for(['accountId', 'sessionId', 'pool'])('is turned down in %s', (field) => {
    const injected = [
      'a\r\nX-Evil: 1',
      'a\nb',
      'a\0b',
      'a b',
      'a\tb',
      'ä',
      '\u{1f44b}',
      'a\u007fb',
    ];
    expect(injected.flatMap((value) => problemsWith(field, value))).toEqual(
      injected.map(() => 'may only have letters, digits and signs of plain ASCII, and no spaces'),
    );
  });

  test.for(['.', '..', ' .. '])('is turned down as site %j', (fqSiteName) => {
    expect(problemsWith('fqSiteName', fqSiteName)).toEqual(['is not a site name']);
  });

  test('is turned down as a site with half a character, which no URL can hold', () => {
    expect(problemsWith('fqSiteName', 'site\ud800')).toEqual(['is not a site name']);
  });

  test.for(['a\nb', 'a\u0000b', 'a\u0085b', 'a\u2028b', 'a\u2029b', 'a\u001b[31mb'])(
    'is turned down as label %j',
    (label) => {
      expect(problemsWith('label', label)).toEqual([
        'may not have line breaks or other control characters',
      ]);
    },
  );
});

describe('what people copy', () => {
  test.each([
    ['D1', 'sessionId', `"${agent.sessionId}"`, agent.sessionId],
    ['D1', 'sessionId', `JSESSIONID=${agent.sessionId}`, agent.sessionId],
    ['D1', 'sessionId', `${agent.sessionId},`, agent.sessionId],
    ['D2', 'pool', '297%3A1', '297:1'],
    ['D2', 'pool', 'pool=297:1', '297:1'],
  ])('%s: as %s, %j is cleaned where it is beyond doubt', (_, field, value, meant) => {
    expect(sessionWith(field, value)).toMatchObject({ [field]: meant });
  });

  test.each([
    ['D1', 'sessionId', `"${agent.sessionId}`, 'stray-signs'],
    ['D1', 'sessionId', `id=${agent.sessionId}`, 'stray-signs'],
    ['D1', 'sessionId', `${agent.sessionId},${agent.sessionId}`, 'stray-signs'],
    ['D1', 'accountId', '12;13', 'stray-signs'],
    ['D2', 'pool', '297%253A1', 'stray-signs'],
    ['D2', 'pool', '297:1&x=1', 'stray-signs'],
    ['D3', 'fqSiteName', 'day001\nday002', 'control-characters'],
    ['D3', 'fqSiteName', 'day\u200b001', 'invisible-characters'],
    ['D3', 'fqSiteName', 'day\u202e001', 'invisible-characters'],
    ['D3', 'fqSiteName', '..', 'not-a-site'],
    ['D3', 'fqSiteName', 'https://chat.example.com/engagement', 'whole-address'],
  ])('%s: as %s, %j is refused in words', (_, field, value, code) => {
    const handIn = handedIn({ ...agent, [field]: value });
    expect(handIn.ok || handIn.problems.map((problem) => [problem.field, problem.code])).toEqual([
      [field, code],
    ]);
  });

  test.each(['abc=', 'YWJj==', 'a+b/c', 'node0.node1'])('a session id may be %s', (sessionId) => {
    expect(sessionWith('sessionId', sessionId)).toMatchObject({ sessionId });
  });
});

describe('a server', () => {
  test.for([
    ['https://chat.example.com', 'https://chat.example.com'],
    ['https://chat.example.com/', 'https://chat.example.com'],
    ['HTTPS://Chat.EXAMPLE.com', 'https://chat.example.com'],
    ['https://chat.example.com:443', 'https://chat.example.com'],
    ['https://chat.example.com:8443/', 'https://chat.example.com:8443'],
    ['https://[2001:DB8::1]:8443', 'https://[2001:db8::1]:8443'],
    ['http://localhost:8080', 'http://localhost:8080'],
    ['http://LOCALHOST', 'http://localhost'],
    ['http://127.0.0.1:8080/', 'http://127.0.0.1:8080'],
    ['http://127.255.0.9', 'http://127.255.0.9'],
    ['http://127.1', 'http://127.0.0.1'],
    ['http://[::1]:8080', 'http://[::1]:8080'],
    ['https://zürich.example', 'https://xn--zrich-kva.example'],
  ])('%s is %s', ([server, origin]) => {
    expect(sessionWith('server', server).server).toBe(origin);
  });

  test.for([
    'http://chat.example.com',
    'http://127.0.0.1.example.com',
    'http://127.example.com',
    'http://localhost.example.com',
    'http://0.0.0.0',
    'http://10.0.0.1',
    'http://[::2]',
    'http://2130706434.example.com',
  ])('%s may not go without encryption', (server) => {
    expect(problemsWith('server', server)).toEqual([
      'must begin with "https://"; plain "http://" is only for this machine itself',
    ]);
  });

  test.for([
    'ftp://chat.example.com',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'ws://localhost',
  ])('%s is of the wrong kind', (server) => {
    expect(problemsWith('server', server)).toEqual(['must begin with "https://"']);
  });

  test.for([
    'https://ann:secret@chat.example.com',
    'https://ann@chat.example.com',
    'https://:secret@chat.example.com',
  ])('%s may not bring a name or password', (server) => {
    expect(problemsWith('server', server)).toEqual(['may not hold a user name or password']);
  });

  test.for([
    'https://chat.example.com/engagement',
    'https://chat.example.com//',
    'https://chat.example.com/?pool=297:1',
    'https://chat.example.com/#top',
  ])('%s may not bring more than the address', (server) => {
    expect(problemsWith('server', server)).toEqual([
      'must be the address alone, without anything behind the host and port',
    ]);
  });

  test.for([
    'chat.example.com',
    'https://',
    'https://a b',
    'https://chat:99999',
    '//chat',
    'https://[',
  ])('%s is no address', (server) => {
    expect(problemsWith('server', server)).toEqual([
      'must be an address such as "https://chat.example.com"',
    ]);
  });
});

test('secrets may be sent to an address that is right for a server, and to no other', () => {
  expect(isSafeOrigin('https://chat.example.com')).toBe(true);
  expect(isSafeOrigin('http://chat.example.com')).toBe(false);
});

describe("IT's rules", () => {
  const { pool: _, server: __, fqSiteName: ___, ...partial } = agent;
  const defaults = { server: 'https://it.example.com', fqSiteName: 'it', pool: '' };

  test('fill in what is left out', () => {
    expect(readHandIn(partial, { ...NO_RULES, defaults })).toEqual({
      ok: true,
      session: { ...agent, ...defaults, pool: null },
    });
  });

  test('take no place of what is handed in', () => {
    expect(readHandIn(agent, { ...NO_RULES, defaults })).toEqual({ ok: true, session: agent });
  });

  test('turn down a server that they do not allow', () => {
    const isAllowed = (server: string): boolean => server !== agent.server;
    expect(readHandIn(agent, { ...NO_RULES, isAllowed })).toEqual({
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

  test('turn down every session where handing in is not offered', () => {
    expect(readHandIn(agent, { ...NO_RULES, isOffered: false })).toEqual({
      ok: false,
      problems: [
        {
          field: '',
          message: 'Your organisation does not offer handing sessions in (sessionsFrom).',
          code: 'not-offered',
        },
      ],
    });
  });
});

describe('hand-in text', () => {
  test('is read as the JSON that it is', () => {
    expect(handedInText(`\n${JSON.stringify(agent, null, 2)}\n`)).toEqual({
      ok: true,
      session: agent,
    });
  });

  test('D5: is read with a byte order mark and non-breaking spaces', () => {
    const text = `\ufeff${JSON.stringify(agent, null, 1).replaceAll('\n ', '\n\u00a0')}\u00a0`;
    expect(handedInText(text)).toEqual({ ok: true, session: agent });
  });

  test.for(['', ' \n'])('%j is said to be nothing', (text) => {
    expect(handedInText(text)).toEqual({
      ok: false,
      problems: [{ field: '', message: 'No session was given: nothing came in.' }],
    });
  });

  test.for(['{', 'node01h8m13tljpm7ns8nayp0pid91', "{'kind':'agent'}", '{}{}', '\0'])(
    '%j is said to be no JSON, without repeating it',
    (text) => {
      expect(handedInText(text)).toEqual({
        ok: false,
        problems: [{ field: '', message: 'This is not valid JSON.' }],
      });
    },
  );

  test('is read without fail, whatever it is', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json()), (text) => {
        const handIn = handedInText(text);
        expect(handIn.ok || handIn.problems.length > 0).toBe(true);
      }),
    );
  });
});

describe('whatever is handed in', () => {
  const FIELDS = ['kind', 'server', 'fqSiteName', 'pool', 'accountId', 'sessionId', 'label'];
  const value = fc.oneof(
    fc.jsonValue(),
    fc.string({ unit: 'binary' }),
    fc.webUrl(),
    fc.constantFrom('agent', 'engagement', 'http://127.0.0.1', 'https://chat.example.com', '..'),
  );
  const fields = fc.dictionary(fc.oneof(fc.constantFrom(...FIELDS), fc.string()), value);
  const nearly = fc
    .tuple(fc.constantFrom(agent, engagement), fields)
    .map(([session, junk]) => ({ ...session, ...junk }));

  test('is read, or turned down with a reason', () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), fields, nearly), (input) => {
        const handIn = handedIn(input);
        expect(handIn.ok || handIn.problems.length > 0).toBe(true);
      }),
    );
  });

  test('has a URL within its server, site and pool once it is read', () => {
    const anything = fc.record({
      fqSiteName: fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }),
      pool: fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 20 }),
    });
    fc.assert(
      fc.property(anything, (changed) => {
        const handIn = handedIn({ ...agent, ...changed });
        if (!handIn.ok) return;
        const { server, fqSiteName, pool } = handIn.session;
        const url = callUrl({ server, fqSiteName, pool }, 'agent', 'logoff');
        expect(url.origin).toBe(server);
        expect(url.pathname.split('/').map(decodeURIComponent)).toEqual([
          '',
          'engagement',
          'api',
          'agent',
          fqSiteName,
          'v1',
          'logoff',
        ]);
        expect(decodeURIComponent(url.search)).toBe(`?pool=${pool}`);
        expect(url.hash).toBe('');
      }),
    );
  });

  test('never has its values repeated in a problem', () => {
    const secret = 'S3CR3T-value-of-a-session';
    const sprinkled = fc.dictionary(
      fc.constantFrom(...FIELDS, 'more'),
      fc.constantFrom<unknown>(
        secret,
        `${secret}\r\n${secret}`,
        `https://${secret}@chat.example.com`,
        `http://${secret}`,
        secret.repeat(100),
        [secret],
        { [secret]: secret },
      ),
    );
    fc.assert(
      fc.property(sprinkled, (input) => {
        expect(JSON.stringify(problemsOf(input)).toLowerCase()).not.toContain(secret.toLowerCase());
      }),
    );
  });
});
