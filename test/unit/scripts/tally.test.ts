import { expect, test } from 'vitest';
import { sum, summary } from '../../../scripts/tally.ts';

const why = 'it takes rpmbuild';

test('the last line adds up all that was run', () => {
  const total = sum([
    { passed: 4, failed: 0, skipped: [] },
    { passed: 10, failed: 2, skipped: [] },
  ]);
  expect(summary(total)).toEqual(['14 passed, 2 failed']);
});

test('before it stands what was skipped, in one line for each reason', () => {
  const skipped = [
    { name: 'the rpm has the app', why },
    { name: 'a full disk', why: 'it takes root' },
    { name: 'the rpm runs a script', why },
    { name: 'the rpm owns no folder', why },
  ];
  expect(summary({ passed: 1, failed: 0, skipped })).toEqual([
    'skipped: the rpm has the app and 2 more: it takes rpmbuild',
    'skipped: a full disk: it takes root',
    '1 passed, 0 failed',
  ]);
});
