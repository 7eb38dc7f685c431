import { expect, test } from 'vitest';
import { NO_PHASES } from '../../../main/chat/call-end.ts';
import { failedWithout } from '../../../main/signin/sign-in-end.ts';

const end = {
  kind: 'success',
  status: 200,
  words: { serviceStartTime: null, serviceFinishTime: null, clientId: null, sequenceNumber: null },
  times: { started: 0, sent: 0, received: 0, finished: 0, phases: NO_PHASES },
  reply: null,
  proxy: null,
} as const;

test('a sign-in whose site answers with a value that is refused says which, and why', () => {
  const refused = { field: 'pool', problem: 'not-ascii' } as const;
  expect(failedWithout('settings', { ok: false, end, refused })).toEqual({
    ok: false,
    why: 'failed',
    step: 'settings',
    code: 'UNUSABLE_pool',
    message:
      "The site's answer has a pool that cannot be used: it may only have letters, digits and signs of plain ASCII, and no spaces.",
    advice: 'ask-it',
  });
});

test('one whose site answers without a value says that it is something unexpected', () => {
  expect(failedWithout('token', { ok: false, end })).toMatchObject({
    code: 'UNEXPECTED',
    message: 'The server answered with something unexpected.',
  });
});
