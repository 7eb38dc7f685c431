import { expect, test } from 'vitest';
import { emptyDraft, readPasted, sortProblems, toSession } from '../../../renderer/draft.ts';

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
    draft: { ...emptyDraft, kind: 'engagement', server: 'https://a', sessionId: 's' },
    unknown: ['more'],
  });
  expect(readPasted('{"accountId":12}')?.draft.accountId).toBe('12');
});

test.each(['', 'https://chat.example', '{"server":', '[]', '{"else":"x"}', 'null'])(
  'pasted %j is left to the field it is pasted into',
  (text) => {
    expect(readPasted(text)).toBeNull();
  },
);

test('problems go to their fields; those of no shown field to the whole form', () => {
  const { byField, whole } = sortProblems(
    [
      { field: 'server', message: 'is missing' },
      { field: 'server', message: 'must be an address' },
      { field: 'accountId', message: 'is not a field of a session' },
      { field: '', message: 'Too many.' },
    ],
    'engagement',
  );
  expect([...byField]).toEqual([['server', 'Server address is missing; must be an address']]);
  expect(whole).toEqual(['“accountId” is not a field of a session', 'Too many.']);
});
