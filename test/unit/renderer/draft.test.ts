import { describe, expect, test } from 'vitest';
import { emptyDraft, prefilled, toAddress, toSession } from '../../../renderer/sessions/draft.ts';
import { checkErrors, inputErrors } from '../../../renderer/sessions/errors.ts';
import { readPasted } from '../../../renderer/sessions/pasted.ts';
import { language } from '../../../renderer/text/language.ts';

test('a session is handed in trimmed and without its empty optional fields', () => {
  const draft = { ...emptyDraft, server: ' https://chat.example ', sessionId: 'abc\n' };
  expect(toSession(draft)).toEqual({
    kind: 'agent',
    server: 'https://chat.example',
    fqSiteName: '',
    accountId: '',
    sessionId: 'abc',
  });
});

test('an engagement has no account id, and its pool is not optional', () => {
  expect(toSession({ ...emptyDraft, kind: 'engagement', accountId: '12', label: 'A' })).toEqual({
    kind: 'engagement',
    server: '',
    fqSiteName: '',
    pool: '',
    sessionId: '',
    label: 'A',
  });
});

test('pasted session JSON fills the form, and names what it left out', () => {
  const text = JSON.stringify({ kind: 'engagement', server: 'https://a', sessionId: 's', more: 1 });
  expect(readPasted(text)).toEqual({
    kind: 'session',
    draft: { ...emptyDraft, kind: 'engagement', server: 'https://a', sessionId: 's' },
    unknown: ['more'],
  });
  expect(readPasted('{"accountId":12}')).toMatchObject({ draft: { accountId: '12' } });
});

test('D5: pasted session JSON may have a byte order mark and non-breaking spaces', () => {
  expect(readPasted('\ufeff{\u00a0"accountId":\u00a0"12"\u00a0}')).toMatchObject({
    kind: 'session',
    draft: { accountId: '12' },
  });
});

test.each(['', 'https://chat.example', '{late shift}', '[]', '{"else":"x"}', 'null'])(
  'pasted %j is left to the field it is pasted into',
  (text) => {
    expect(readPasted(text)).toBeNull();
  },
);

test.each([
  [
    '{\n  "server": oops\n}',
    'What you pasted is no whole JSON: it breaks in line 2, at character 13.',
  ],
  ['{"server":', 'What you pasted is no whole JSON: its end is missing.'],
  ['{"server": "https://a', 'What you pasted is no whole JSON: its end is missing.'],
  [
    '{\n  "server": "https://a"\n  "pool": "1:1"\n}',
    'What you pasted is no whole JSON: it breaks in line 3, at character 3.',
  ],
])('pasted %j is said to be broken, and where', (text, why) => {
  expect(readPasted(text)).toEqual({ kind: 'broken', why });
});

test('problems go to their fields; those of no shown field to the whole form', () => {
  const { byField, general } = inputErrors(
    [
      { field: 'server', message: 'is missing' },
      { field: 'server', message: 'must be an address' },
      { field: 'accountId', message: 'is not a field of a session' },
      { field: '', message: 'Too many.' },
    ],
    'engagement',
  );
  expect([...byField]).toEqual([['server', 'Server address is missing; must be an address']]);
  expect(general).toEqual(['“accountId” is not a field of a session', 'Too many.']);
});

test('an address is asked about without what is secret', () => {
  const draft = { ...emptyDraft, server: 'https://a', accountId: '12', sessionId: 'secret' };
  const address = toAddress(draft);
  expect(address['server']).toBe('https://a');
  expect(Object.values(address)).not.toContain('secret');
});

test('a known problem is said in the agent’s language', () => {
  language.value = 'es';
  const { byField } = inputErrors(
    [{ field: 'server', message: 'is missing', code: 'missing' }],
    'agent',
  );
  language.value = 'en';
  expect(byField.get('server')).toBe('Dirección del servidor: falta');
});

test.each([
  ['host', 'server', 'No chat server answers at this address.'],
  ['site', 'fqSiteName', 'The server does not know this site.'],
  ['pool', 'pool', 'The server knows the site, but not this pool.'],
] as const)('a wrong %s stands beside the field %s', (wrong, field, text) => {
  const found = checkErrors({ ok: false, wrong, code: '', message: '' }, 'agent');
  expect([...found.byField]).toEqual([[field, text]]);
  expect(found.general).toEqual([]);
});

test.each([
  [
    'in Signoff’s words',
    { code: 'NAME_NOT_FOUND', message: 'The name of a could not be looked up.' },
    'Unter dieser Adresse antwortet kein Chatserver. Der Name des Servers konnte nicht aufgelöst werden.',
  ],
  [
    'in the server’s own',
    { code: 'HTTP_404', message: 'No such site.' },
    'Unter dieser Adresse antwortet kein Chatserver. Der Server sagt: „No such site.“',
  ],
])('what is known besides stands behind what is wrong, %s', (_, said, text) => {
  language.value = 'de';
  const { byField } = checkErrors({ ok: false, wrong: 'host', ...said }, 'agent');
  language.value = 'en';
  expect(byField.get('server')).toBe(text);
});

test('an answer that tells neither belongs to the whole', () => {
  const { byField, general } = checkErrors(
    { ok: false, wrong: 'unclear', code: '', message: '' },
    'agent',
  );
  expect(byField.size).toBe(0);
  expect(general).toHaveLength(1);
});

test('input that could not be asked about is a problem of its field', () => {
  const problems = [{ field: 'fqSiteName', message: 'is missing' }];
  const { byField } = checkErrors({ ok: false, wrong: 'input', problems }, 'agent');
  expect([...byField]).toEqual([['fqSiteName', 'Site name is missing']]);
});

describe('what IT has laid down', () => {
  const DEFAULTS = { server: 'https://chat.example', fqSiteName: 'day001', pool: '297:1' };

  test('is what an empty form begins with', () => {
    expect(prefilled(emptyDraft, DEFAULTS)).toEqual({ ...emptyDraft, ...DEFAULTS });
  });

  test('leaves alone what was typed', () => {
    const typed = { ...emptyDraft, label: 'Front desk' };
    expect(prefilled(typed, DEFAULTS)).toEqual(typed);
  });
});
