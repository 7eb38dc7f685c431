import { describe, expect, test } from 'vitest';
import { cleaned, plainJson } from '../../../main/common/typed.ts';
import fc from '../../support/property.ts';

const SESSION_ID = 'node01h8m13tljpm7ns8nayp0pid91';

describe('a session id (D1)', () => {
  test.each([
    `"${SESSION_ID}"`,
    `'${SESSION_ID}'`,
    `“${SESSION_ID}”`,
    `«${SESSION_ID}»`,
    ` ${SESSION_ID}\r\n`,
    `${SESSION_ID},`,
    `"${SESSION_ID}",`,
    `JSESSIONID=${SESSION_ID}`,
    `JSESSIONID="${SESSION_ID}"`,
    `X-JSESSIONID: ${SESSION_ID}`,
    `Cookie: JSESSIONID=${SESSION_ID}; other=1`,
    `Set-Cookie: JSESSIONID=${SESSION_ID}; Path=/; Secure`,
    `"sessionId": "${SESSION_ID}",`,
    `SessionId: ${SESSION_ID}`,
    `\ufeff${SESSION_ID}\u200b`,
  ])('is meant by %j', (text) => {
    expect(cleaned('sessionId', text)).toBe(SESSION_ID);
  });

  test.each([`"${SESSION_ID}`, `a,${SESSION_ID}`, `other=${SESSION_ID}`, 'YWJj=='])(
    'is left as it is where nothing is beyond doubt: %j',
    (text) => {
      expect(cleaned('sessionId', text)).toBe(text);
    },
  );
});

describe('a pool (D2)', () => {
  test.each(['297%3A1', '297%3a1', 'pool=297:1', '?pool=297%3A1', '"297:1"', '"pool":"297:1",'])(
    'is meant by %j',
    (text) => {
      expect(cleaned('pool', text)).toBe('297:1');
    },
  );

  test.each(['297%253A1', '297:1&x=1', 'pool:1'])('is left as it is: %j', (text) => {
    expect(cleaned('pool', text)).toBe(text);
  });
});

describe('other fields', () => {
  test.each([
    ['accountId', 'X-AID: 12', '12'],
    ['accountId', '"12"', '12'],
    ['fqSiteName', '"day001",', 'day001'],
    ['fqSiteName', 'day\u200b001', 'day\u200b001'],
    ['server', '"https://chat.example.com"', 'https://chat.example.com'],
    ['label', '"Ann",', '"Ann",'],
    ['kind', ' agent', ' agent'],
    ['password', '"secret"', '"secret"'],
    ['constructor', '"x"', '"x"'],
  ])('%s: %j is %j', (field, text, meant) => {
    expect(cleaned(field, text)).toBe(meant);
  });
});

test('what was cleaned is clean, and nothing takes long', () => {
  const piece = fc.constantFrom(
    '"',
    "'",
    ' ',
    '=',
    ':',
    ';',
    ',',
    'JSESSIONID',
    'pool',
    '%3A',
    'a',
    '\u200b',
  );
  const text = fc.array(piece, { maxLength: 40 }).map((all) => all.join(''));
  fc.assert(
    fc.property(
      fc.constantFrom('sessionId', 'pool', 'accountId', 'fqSiteName'),
      text,
      (field, typed) => {
        const once = cleaned(field, typed);
        expect(cleaned(field, once)).toBe(once);
      },
    ),
  );
  const long = `"${' '.repeat(1024 * 1024)}`;
  expect(cleaned('sessionId', long)).toBe(long);
});

describe('JSON as it is copied (D5)', () => {
  test.each([
    ['a byte order mark', '\ufeff{"a":1}'],
    ['non-breaking spaces', '{\u00a0"a":\u00a01\u00a0}\u00a0'],
    ['narrow and wide spaces', '{\u202f"a"\u2003:\u30001}'],
    ['a zero-width space', '\u200b{"a":1}\u200b'],
  ])('is read with %s', (_, text) => {
    expect(JSON.parse(plainJson(text))).toEqual({ a: 1 });
  });

  test('has its strings as they are', () => {
    const text = JSON.stringify({ 'a\u00a0b': 'c\ufeff"\\ d\u00a0' });
    expect(plainJson(text)).toBe(text);
  });

  test('is the same JSON, whatever it is', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(JSON.parse(plainJson(text))).toEqual(JSON.parse(text));
      }),
    );
  });
});
