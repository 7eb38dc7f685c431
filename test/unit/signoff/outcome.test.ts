import { describe, expect, test } from 'vitest';
import { type CallEnd, type ConnectionFault, NO_PHASES } from '../../../main/chat/call-end.ts';
import { isRetryable, outcomeOf } from '../../../main/signoff/outcome.ts';
import { type Outcome, outcomeSchema } from '../../../main/results/receipt.ts';

const times: CallEnd['times'] = {
  started: 0,
  sent: null,
  received: null,
  finished: 1,
  phases: NO_PHASES,
};
const call = { times, reply: null, proxy: null };
const words = {
  serviceStartTime: null,
  serviceFinishTime: null,
  clientId: null,
  sequenceNumber: null,
};

test('a success is the end of the session, and no error', () => {
  expect(outcomeOf({ ...call, kind: 'success', status: 200, words })).toEqual({
    outcome: 'ended',
    error: null,
  });
});

test.for([201, 202, 204, 206])('a success under %d only promises an end', (status) => {
  expect(outcomeOf({ ...call, kind: 'success', status, words })).toMatchObject({
    outcome: 'unconfirmed',
    error: { code: `HTTP_${status}`, status },
  });
});

test('what bears no mark of the API confirms nothing', () => {
  const answeredBy = { kind: 'gateway', name: null } as const;
  const end = { kind: 'unconfirmed', status: 403, message: 'Forbidden', answeredBy } as const;
  expect(outcomeOf({ ...call, ...end, code: null })).toEqual({
    outcome: 'unconfirmed',
    error: { code: 'NOT_CONFIRMED', message: 'Forbidden', status: 403 },
  });
  expect(outcomeOf({ ...call, ...end, code: 'WAF_1' }).error?.code).toBe('WAF_1');
});

test("a system error is a refusal in the server's own words", () => {
  const end = { kind: 'system-error', status: 200, code: 'BUSY', message: 'Not now.' } as const;
  expect(outcomeOf({ ...call, words, ...end })).toEqual({
    outcome: 'refused',
    error: { code: 'BUSY', message: 'Not now.', status: 200 },
  });
});

describe('an exception', () => {
  test.for<[status: number, code: string | null, outcome: Outcome]>([
    [400, null, 'refused'],
    [401, null, 'refused'],
    [403, null, 'already-over'],
    [403, 'SESSION_NOT_FOUND', 'already-over'],
    [403, 'ACCESS_DENIED', 'refused'],
    [403, 'BAD_REQUEST', 'refused'],
    [403, 'INTERNAL_SERVER_ERROR', 'server-error'],
    [404, null, 'not-found'],
    [409, 'CONFLICT', 'refused'],
    [409, null, 'refused'],
    [200, 'CONFLICT', 'refused'],
    [200, 'DEPENDENCY_APPLICATION_TIMEOUT', 'server-error'],
    [200, 'ANOTHER', 'unconfirmed'],
    [408, null, 'server-error'],
    [425, null, 'server-error'],
    [429, null, 'server-error'],
    [500, null, 'server-error'],
    [500, 'BAD_REQUEST', 'refused'],
    [503, 'UNKNOWN_EXCEPTION', 'server-error'],
    [599, null, 'server-error'],
    [200, 'ACCESS_DENIED', 'refused'],
    [200, 'UNKNOWN_EXCEPTION', 'server-error'],
  ])('%d with code %s means %s', ([status, code, outcome]) => {
    const end: CallEnd = { ...call, kind: 'exception', status, code, message: 'Why.' };
    expect(outcomeOf(end)).toEqual({
      outcome,
      error: { code: code ?? `HTTP_${status}`, message: 'Why.', status },
    });
  });
});

test.for<[fault: ConnectionFault, code: string]>([
  ['name-not-found', 'NAME_NOT_FOUND'],
  ['connection-refused', 'CONNECTION_REFUSED'],
  ['connection-broken', 'CONNECTION_BROKEN'],
  ['connect-timeout', 'CONNECT_TIMEOUT'],
  ['tls-failed', 'TLS_FAILED'],
  ['certificate-rejected', 'CERTIFICATE_REJECTED'],
  ['client-certificate-rejected', 'CLIENT_CERTIFICATE_REJECTED'],
  ['proxy-unreachable', 'PROXY_UNREACHABLE'],
  ['proxy-refused', 'PROXY_REFUSED'],
  ['proxy-authentication-required', 'PROXY_AUTHENTICATION_REQUIRED'],
  ['proxy-not-supported', 'PROXY_NOT_SUPPORTED'],
  ['no-connection', 'NO_CONNECTION'],
])('no reply for %s is told as unreachable', ([fault, code]) => {
  expect(outcomeOf({ ...call, kind: 'no-reply', fault, message: 'Why.' })).toEqual({
    outcome: 'unreachable',
    error: { code, message: 'Why.', status: null },
  });
});

test.for<[kind: 'not-this-api' | 'too-large', status: number | null, code: string]>([
  ['not-this-api', 302, 'NOT_THIS_API'],
  ['not-this-api', null, 'NOT_THIS_API'],
  ['too-large', 200, 'REPLY_TOO_LARGE'],
  ['too-large', null, 'REPLY_TOO_LARGE'],
])('%s under %s is no chat server', ([kind, status, code]) => {
  expect(outcomeOf({ ...call, kind, status, message: 'Why.' })).toEqual({
    outcome: 'not-found',
    error: { code, message: 'Why.', status },
  });
});

test('trying again can help against the server, the network and time, and nothing else', () => {
  expect(outcomeSchema.options.filter(isRetryable)).toEqual([
    'server-error',
    'unreachable',
    'timed-out',
  ]);
});
