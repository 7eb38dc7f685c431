import { describe, expect, test } from 'vitest';
import {
  accountId,
  domain,
  FIELD_PROBLEMS,
  type FieldProblem,
  fqSiteName,
  pool,
  port,
  refusedBy,
  safeOrigin,
  sessionId,
  token,
} from '../../../main/common/fields.ts';

const SCHEMAS = {
  pool,
  site: fqSiteName,
  domain,
  server: safeOrigin('https://chat.example.com'),
  'account id': accountId,
  'session id': sessionId,
  token,
};
const GOOD = {
  pool: '297:1',
  site: 'sdi_11_20_18_2022_21-3586727808788512-Fusion',
  domain: 'chat.example.com',
  server: 'https://chat.example.com',
  'account id': '12',
  'session id': 'node01h8m13tljpm7ns8nayp0pid91',
  token: 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxMiJ9.c2ln',
};
type Name = keyof typeof SCHEMAS;
const NAMES = Object.keys(SCHEMAS).filter((name): name is Name => name in SCHEMAS);

function problemsOf(name: Name, value: unknown): FieldProblem[] {
  const parsed = SCHEMAS[name].safeParse(value);
  if (parsed.success) return [];
  const messages = parsed.error.issues.map(({ message }) => message);
  return [...new Set(messages)].map((said) => {
    const known = Object.entries(FIELD_PROBLEMS).find(([, message]) => message === said);
    if (known === undefined) throw new Error(said);
    return known[0] as FieldProblem;
  });
}

describe.each(NAMES)('a %s', (name) => {
  test('is read as it is', () => {
    expect(SCHEMAS[name].parse(GOOD[name])).toBe(GOOD[name]);
  });

  test.each([
    ['half a character (A10)', '\ud800'],
    ['half a character behind others', `${GOOD[name]}\udfff`],
    ['a NUL', `${GOOD[name]}\0`],
    ['a line break', `${GOOD[name]}\nX-Evil: 1`],
    ['a carriage return', `a\r${GOOD[name]}`],
    ['a zero-width space', `${GOOD[name].slice(0, 2)}\u200b${GOOD[name].slice(2)}`],
    ['a mark that turns what follows round', `\u202e${GOOD[name]}`],
    ['nothing', ' \t\n'],
    ['a mebibyte', 'a'.repeat(1024 * 1024)],
  ])('is refused in words with %s', (_, value) => {
    expect(problemsOf(name, value)).not.toEqual([]);
  });

  test.each([null, undefined, 7, true, [GOOD[name]], {}])('is no %j', (value) => {
    expect(SCHEMAS[name].safeParse(value).success).toBe(false);
  });
});

test.each(['.', '..', 'https://chat.example.com', 'https://chat.example.com/engagement'])(
  'a site is not %s',
  (value) => {
    expect(problemsOf('site', value)).not.toEqual([]);
  },
);

test.each([
  'chat.example.com/x',
  'a@b',
  'https://chat.example.com',
  'a\\b',
  'a b',
  'a\tb',
  '[',
  'a?b',
])('a domain is not %j', (value) => {
  expect(problemsOf('domain', value)).toEqual(['not-an-address']);
});

test.each([0, -1, 65_536, 1.5, 'none', '', Number.NaN, Infinity])('a port is not %j', (value) => {
  expect(port.safeParse(value).success).toBe(false);
});

test.each([443, '8443'])('a port is %j', (value) => {
  expect(port.parse(value)).toBe(Number(value));
});

test('what is refused is told by its field and kind, without the value', () => {
  const parsed = pool.safeParse('se\u00e7ret');
  expect(parsed.error === undefined ? [] : refusedBy(parsed.error)).toEqual([
    { field: '', problem: 'not-ascii' },
  ]);
});

test('what is missing, or no text, is not told as refused', () => {
  for (const value of [undefined, '', 7]) {
    const { error } = pool.safeParse(value);
    expect(error === undefined ? ['nothing'] : refusedBy(error)).toEqual([]);
  }
});
