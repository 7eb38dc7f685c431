import { describe, expect, test } from 'vitest';
import { answererOf } from '../../../main/chat/answerer.ts';
import { type ApiCall, isOwnForbidden, isOwnSuccess } from '../../../main/chat/mark.ts';

describe('a success is the call’s own', () => {
  test.for<[call: ApiCall, json: object]>([
    ['logoff', { chatLogoffResult: {} }],
    ['logoff', { chatSystemError: null }],
    ['logoff', { serviceFinishTime: 1652100288249 }],
    ['logoff', { clientIdString: '47', more: 'of it' }],
    ['concludeEngagement', { clientRequestTime: null }],
    ['concludeEngagement', { clientTransactionId: 0 }],
    ['createAutomatedAgentSession', { chatLogonResult: {} }],
    ['createAutomatedAgentSession', { sessionId: 'node0' }],
    ['getMessages', { getResponseTypes: [] }],
    ['setActivityStatus', { sequenceNumber: 3 }],
    ['serviceSettings', { domain: 'chat.example.com' }],
    ['agentTokens', { sessionToken: 'a.b.c' }],
  ])('by a field of its page: %s with %j', ([call, json]) => {
    expect(isOwnSuccess(call, json)).toBe(true);
  });

  test.for<[call: ApiCall, json: object]>([
    ['logoff', {}],
    ['logoff', { error: 'login_required' }],
    ['logoff', { blocked: true }],
    ['logoff', { clientTransactionId: 0 }],
    ['logoff', { error: 'login_required', clientId: 'portal' }],
    ['concludeEngagement', { chatLogoffResult: {} }],
    ['getMessages', { error: 'login_required' }],
    ['agentTokens', { access_token: 'a.b.c' }],
  ])('and not by others: %s with %j', ([call, json]) => {
    expect(isOwnSuccess(call, json)).toBe(false);
  });
});

describe('a 403 is the chat server’s own', () => {
  test.for([
    { exceptionCode: 'ACCESS_DENIED', message: 'Authentication failed.' },
    { exceptionCode: 'SESSION_NOT_FOUND', message: 'The agent session identifier is unknown.' },
    { exceptionCode: 'GONE' },
    { errorCondition: 'SESSION', text: 'gone' },
    { chatSystemError: { errorCondition: 'SESSION', text: 'gone', type: 'ERROR' } },
    { 'o:errorCode': 'CHAT-1', title: 'Unknown', detail: 'It is not known.' },
    { message: 'The agent session identifier is unknown.' },
    { detail: 'The consumer session identifier is unknown.' },
    { text: 'Unknown engagement' },
    { message: 'No such agent.' },
  ])('by what it says: %j', (json) => {
    expect(isOwnForbidden(json)).toBe(true);
  });

  test.for([
    {},
    { message: 'Forbidden' },
    { statusCode: 403, message: 'IP address is not in the allow-list.' },
    { error: 'forbidden' },
    { message: 'Access to the agent API is not allowed.' },
    { message: 'Your user agent was blocked.' },
    { message: 'Blocked user-agent' },
    { message: 'Session quota exceeded.' },
    { detail: 'Sessions from this country are not served.' },
    { text: 'A policy ended your session.' },
    { message: 'Sign in again: the session has no valid token.' },
    { exceptionCode: 'IP_BLOCKED', message: 'No.' },
    { 'o:errorCode': 'REST-403', title: 'Forbidden', detail: 'No.' },
    { title: 'The session is unknown' },
    { code: 'SESSION_NOT_FOUND' },
    { message: { session: 'unknown' } },
  ])('and not where it speaks of access, or of nothing of the API: %j', (json) => {
    expect(isOwnForbidden(json)).toBe(false);
  });
});

describe('who seems to have answered', () => {
  test.for([
    [403, {}, '{"message":"Forbidden"}', 'gateway', null],
    [403, { server: 'AkamaiGHost' }, '{"a":1}', 'gateway', 'AkamaiGHost'],
    [200, { via: '1.1 proxy.example.com' }, '', 'gateway', '1.1 proxy.example.com'],
    [200, {}, '{"blocked":true}', 'gateway', null],
    [200, {}, '{"error":"login_required"}', 'sign-in', null],
    [403, { 'www-authenticate': 'Bearer' }, '', 'sign-in', null],
    [200, {}, ' ', 'nobody', null],
    [403, {}, '', 'nobody', null],
    [200, {}, '{}', 'unknown', null],
    [200, { server: `Ev\u{1b}il${'x'.repeat(100)}` }, '{}', 'unknown', `Evil${'x'.repeat(56)}`],
  ] as const)('of %d with %j and %s', ([status, headers, body, kind, name]) => {
    expect(answererOf(status, headers, body)).toEqual({ kind, name });
  });
});
