import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { test as base, describe, expect } from 'vitest';
import * as z from 'zod';
import type { Fault } from '../../simulator/faults.ts';
import { startPracticeServer, type PracticeServer } from '../../simulator/practice-server.ts';
import { type Practice, practiceFixtures } from '../support/practice-fixtures.ts';

const SITE = 'day001_221100_sql_001h';
const POOL = '297:1';
const USER = 'agent.smith';
const PASSWORD = 'pä:ss word';
const ACCOUNT = '21';
const SETTINGS = '/services/rest/crossChannelServices/latest/serviceSettings/1';
const TOKENS = '/services/rest/crossChannelServices/latest/agentTokens';
const JSON_TYPE = 'application/json; charset=utf-8';
const TIMEOUT = [{ ChatGetTimeout: {} }];

interface Answer {
  status: number;
  headers: Headers;
  json: Record<string, unknown>;
}

interface Change {
  method?: string;
  headers?: Record<string, string | undefined>;
  body?: string;
  pool?: string | null;
  signal?: AbortSignal;
}

const answerSchema = z.record(z.string(), z.unknown());

async function send(
  url: string,
  { method = 'POST', headers = {}, body, signal }: Change,
): Promise<Answer> {
  const sent = Object.entries(headers).filter((entry): entry is [string, string] => {
    const [, value] = entry;
    return value !== undefined;
  });
  const response = await fetch(url, {
    method,
    headers: sent,
    ...(body === undefined ? {} : { body }),
    ...(signal === undefined ? {} : { signal }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json') === true;
  const json = isJson ? answerSchema.parse(JSON.parse(text)) : {};
  return { status: response.status, headers: response.headers, json };
}

function basic(userName = USER, password = PASSWORD): string {
  return `Basic ${Buffer.from(`${userName}:${password}`).toString('base64')}`;
}

/** A call to the site's own address. */
function siteCall(server: PracticeServer, path: string, change: Change = {}): Promise<Answer> {
  const headers = {
    Authorization: basic(),
    'OSvC-CREST-Application-Context': 'Signoff',
    ...change.headers,
  };
  return send(server.url + path, {
    method: path === SETTINGS ? 'GET' : 'POST',
    ...change,
    headers,
  });
}

async function token(server: PracticeServer, change?: Change): Promise<string> {
  const { json } = await siteCall(server, TOKENS, change);
  return z.string().parse(json['sessionToken']);
}

function agentUrl(server: PracticeServer, call: string, pool: string | null): string {
  const query = pool === null ? '' : `?pool=${pool}`;
  return `${server.url}/engagement/api/agent/${SITE}/v1/${call}${query}`;
}

async function create(server: PracticeServer, jwt: string, change: Change = {}): Promise<Answer> {
  const { pool = POOL, body = '{}' } = change;
  const headers = {
    'Content-Type': JSON_TYPE,
    Authorization: `Bearer ${jwt}`,
    ...change.headers,
  };
  return send(agentUrl(server, 'createAutomatedAgentSession', pool), { ...change, body, headers });
}

/** Signs in; returns the new session's id. */
async function signIn(server: PracticeServer): Promise<string> {
  const { json } = await create(server, await token(server), { body: '{"logonOverride":true}' });
  return z.string().parse(json['sessionId']);
}

function agentCall(
  server: PracticeServer,
  call: string,
  sessionId: string,
  change: Change = {},
): Promise<Answer> {
  const { pool = POOL, body = '{}' } = change;
  const headers = {
    'Content-Type': JSON_TYPE,
    'X-AID': ACCOUNT,
    'X-JSESSIONID': sessionId,
    ...change.headers,
  };
  return send(agentUrl(server, call, pool), { ...change, body, headers });
}

function poll(server: PracticeServer, sessionId: string, change?: Change): Promise<Answer> {
  return agentCall(server, 'getMessages', sessionId, change);
}

function setStatus(
  server: PracticeServer,
  sessionId: string,
  status: string,
  subTypeId: unknown = 0,
): Promise<Answer> {
  const body = JSON.stringify({ status, subTypeId });
  return agentCall(server, 'setActivityStatus', sessionId, { body });
}

function logoff(server: PracticeServer, sessionId: string, change?: Change): Promise<Answer> {
  return agentCall(server, 'logoff', sessionId, { body: '{"forceLogoff":true}', ...change });
}

function endedBy(server: PracticeServer, sessionId: string): string | null | undefined {
  return server.agents.find(({ session }) => session.sessionId === sessionId)?.endedBy;
}

const test = base.extend<Practice>(
  practiceFixtures(async (options) => {
    const server = await startPracticeServer({ processingMs: 1, ...options });
    server.addAccount({
      site: SITE,
      userName: USER,
      password: PASSWORD,
      accountId: ACCOUNT,
      pool: POOL,
    });
    return server;
  }),
);

describe('the calls to the site', () => {
  test('serviceSettings points at this very server', async ({ server }) => {
    const { port } = new URL(server.url);
    expect(await siteCall(server, SETTINGS)).toMatchObject({
      status: 200,
      json: { domain: '127.0.0.1', port: Number(port), pool: POOL, siteName: SITE },
    });
    expect(server.received).toMatchObject([
      { call: 'serviceSettings', method: 'GET', problems: [], status: 200 },
    ]);
  });

  test('serviceSettings can be told to say something else', async ({ start }) => {
    const server = await start({ serviceSettings: { port: '8443', pool: undefined } });
    const { json } = await siteCall(server, SETTINGS);
    expect(json).toEqual({ domain: '127.0.0.1', port: '8443', siteName: SITE });
  });

  test('agentTokens makes out a JSON Web Token', async ({ server }) => {
    const jwt = await token(server);
    const [header = '', claims = ''] = jwt.split('.');
    const read = (part: string): unknown => JSON.parse(Buffer.from(part, 'base64url').toString());
    expect(read(header)).toEqual({ alg: 'HS256', typ: 'JWT' });
    expect(read(claims)).toMatchObject({ sub: USER, exp: expect.any(Number) });
    expect(await token(server)).not.toBe(jwt);
    expect(server.received[0]).toMatchObject({ call: 'agentTokens', problems: [], status: 200 });
  });

  const wrong: [what: string, authorization: string | undefined][] = [
    ['no header', undefined],
    ['the wrong password', basic(USER, 'guess')],
    ['an unknown user', basic('nobody')],
    ['a user called as a member of every object', basic('__proto__')],
    ['no colon', `Basic ${Buffer.from('agent').toString('base64')}`],
    ['another scheme', 'Bearer x'],
    ['no base64', 'Basic !'],
  ];
  test.for(wrong)('401 for %s', async ([, authorization], { server }) => {
    for (const path of [SETTINGS, TOKENS]) {
      const answer = await siteCall(server, path, { headers: { Authorization: authorization } });
      expect(answer).toMatchObject({ status: 401, json: { title: 'Unauthorized' } });
      expect(answer.headers.get('www-authenticate')).toMatch(/^Basic /);
    }
  });

  test('400 and 401 have the body that all errors have, when told so', async ({ start }) => {
    const server = await start({ errorBody: 'detail' });
    const denied = await siteCall(server, SETTINGS, { headers: { Authorization: undefined } });
    expect(denied).toMatchObject({ status: 401, json: { detail: expect.any(String) } });
    expect(denied.json).not.toHaveProperty('title');
    expect(denied.headers.get('www-authenticate')).toMatch(/^Basic /);
    expect(await siteCall(server, TOKENS, { body: '{"a":1}' })).toMatchObject({
      status: 400,
      json: { detail: 'the body is not empty.' },
    });
  });

  test.for([
    [undefined, 'is missing'],
    ['', 'is empty'],
    ['x'.repeat(41), 'has more than 40 characters'],
  ] as const)('400 for an application context of %s', async ([context, problem], { server }) => {
    for (const path of [SETTINGS, TOKENS]) {
      const answer = await siteCall(server, path, {
        headers: { 'OSvC-CREST-Application-Context': context },
      });
      expect(answer.status).toBe(400);
      expect(server.received.at(-1)?.problems).toEqual([
        `the header OSvC-CREST-Application-Context ${problem}`,
      ]);
    }
  });

  test('an application context may have 40 characters', async ({ server }) => {
    const headers = { 'OSvC-CREST-Application-Context': 'x'.repeat(40) };
    expect((await siteCall(server, SETTINGS, { headers })).status).toBe(200);
  });

  test('agentTokens takes no body', async ({ server }) => {
    expect((await siteCall(server, TOKENS, { body: '{"a":1}' })).status).toBe(400);
    expect((await siteCall(server, TOKENS, { body: '{}' })).status).toBe(200);
    expect(server.received.map(({ problems }) => problems)).toEqual([
      ['the body is not empty'],
      ['the body is not empty'],
    ]);
  });

  test('404 for another method', async ({ server }) => {
    expect((await siteCall(server, SETTINGS, { method: 'POST' })).status).toBe(404);
    expect((await siteCall(server, TOKENS, { method: 'GET' })).status).toBe(404);
    expect(server.received.map(({ problems }) => problems)).toEqual([
      ['the method is POST; the API pages have GET'],
      ['the method is GET; the API pages have POST'],
    ]);
  });

  test('an account is there once', ({ server }) => {
    const again = { site: 'other', userName: USER, password: 'x', accountId: '1' };
    expect(() => server.addAccount(again)).toThrow('this user name');
    expect(() => server.addAccount({ ...again, userName: 'a:b' })).toThrow('colon');
  });
});

describe('createAutomatedAgentSession', () => {
  test('creates a session', async ({ server }) => {
    const answer = await create(server, await token(server), {
      body: '{"sequenceNumber":9007199254740993,"messageDataMap":{"a":"b"},"logonOverride":false}',
    });
    expect(answer).toMatchObject({
      status: 200,
      json: {
        chatLogonResult: {},
        chatSystemError: null,
        sessionId: server.sessions[0]?.sessionId,
        clientIdString: '47',
        sequenceNumberString: '9007199254740993',
      },
    });
    expect(server.sessions).toMatchObject([
      { kind: 'agent', fqSiteName: SITE, accountId: ACCOUNT, pool: POOL, over: false },
    ]);
    expect(server.agents).toMatchObject([
      { signedIn: true, mustPoll: true, polling: false, status: 'NONE', endedBy: null },
    ]);
    expect(server.received.at(-1)).toMatchObject({
      problems: [],
      sessionId: null,
      createdSessionId: server.sessions[0]?.sessionId,
    });
  });

  test('works without a pool, and the session is signed off as any other', async ({ server }) => {
    const { json } = await create(server, await token(server), { pool: null });
    const sessionId = z.string().parse(json['sessionId']);
    expect((await logoff(server, sessionId, { pool: null })).status).toBe(200);
    expect(endedBy(server, sessionId)).toBe('logoff');
  });

  test('403 ACCESS_DENIED for a token that is unknown or expired', async ({ start }) => {
    const server = await start({ tokenLifeMs: 0 });
    const denied = { status: 403, json: { exceptionCode: 'ACCESS_DENIED' } };
    expect(await create(server, 'a.b.c')).toMatchObject(denied);
    expect(await create(server, await token(server))).toMatchObject(denied);
    const headers = { Authorization: undefined };
    expect(await create(server, '', { headers })).toMatchObject(denied);
    expect(server.sessions).toEqual([]);
  });

  test('403 once all tokens have expired', async ({ server }) => {
    const jwt = await token(server);
    server.expireTokens();
    expect((await create(server, jwt)).status).toBe(403);
    expect((await create(server, await token(server))).status).toBe(200);
  });

  test('403 for the token of another site', async ({ server }) => {
    server.addAccount({ site: 'other', userName: 'else', password: 'x', accountId: '1' });
    const jwt = await token(server, { headers: { Authorization: basic('else', 'x') } });
    expect(await create(server, jwt)).toMatchObject({
      status: 403,
      json: { exceptionCode: 'ACCESS_DENIED' },
    });
  });

  test('404 in another pool', async ({ server }) => {
    expect((await create(server, await token(server), { pool: '1:1' })).status).toBe(404);
  });

  test.for([
    ['{"logonOverride":"true"}', 'logonOverride is not a boolean'],
    ['{"messageDataMap":{"a":1}}', 'messageDataMap is not an object of strings'],
    ['{"messageDataMap":[]}', 'messageDataMap is not an object of strings'],
    ['{"sequenceNumber":"1"}', 'sequenceNumber is not an int64 integer'],
    ['', 'the body is not JSON'],
  ] as const)('400 for %s', async ([body, problem], { server }) => {
    const answer = await create(server, await token(server), { body });
    expect(answer).toMatchObject({ status: 400, json: { exceptionCode: 'BAD_REQUEST' } });
    expect(server.received.at(-1)?.problems).toEqual([problem]);
  });

  describe('while the agent has a session', () => {
    const put = (server: PracticeServer): void =>
      server.addAgent({ fqSiteName: SITE, accountId: ACCOUNT, sessionId: 'console', pool: POOL });

    test('200 with EXISTING_SESSION and no session', async ({ server }) => {
      put(server);
      const answer = await create(server, await token(server));
      expect(answer).toMatchObject({
        status: 200,
        json: { chatLogonResult: { resultType: 'EXISTING_SESSION' }, sessionId: null },
      });
      expect(server.sessions.map(({ over }) => over)).toEqual([false]);
    });

    test.for([
      ['conflict', 409, 'CONFLICT'],
      ['bad-request', 400, 'BAD_REQUEST'],
      ['access-denied', 403, 'ACCESS_DENIED'],
    ] as const)('%s, when told so', async ([logonConflict, status, exceptionCode], { start }) => {
      const server = await start({ logonConflict });
      put(server);
      const answer = await create(server, await token(server));
      expect(answer).toMatchObject({ status, json: { exceptionCode } });
      expect(server.sessions.length).toBe(1);
    });

    test('a chatSystemError, when told so', async ({ start }) => {
      const server = await start({ logonConflict: 'system-error' });
      put(server);
      const answer = await create(server, await token(server));
      expect(answer).toMatchObject({
        status: 200,
        json: {
          sessionId: null,
          chatSystemError: { errorCondition: 'AGENT_ALREADY_LOGGED_ON', type: 'ERROR' },
        },
      });
      expect(server.sessions.length).toBe(1);
    });

    test('logonOverride takes it over, with its status and its open chat', async ({ server }) => {
      put(server);
      const waiting = poll(server, 'console');
      await server.waitForAgent(({ polling }) => polling);
      const chat = server.routeChat({ staysOpen: true });
      expect((await waiting).json['getResponseTypes']).toHaveLength(1);
      const again = poll(server, 'console');
      await server.waitForAgent(({ polling }) => polling);

      const { json } = await create(server, await token(server), {
        body: '{"logonOverride":true}',
      });
      const sessionId = z.string().parse(json['sessionId']);
      expect((await again).status).toBe(403);
      expect(endedBy(server, 'console')).toBe('override');
      expect(server.agents.at(-1)).toMatchObject({ status: 'AVAILABLE', session: { sessionId } });
      expect(chat?.open).toBe(true);
      expect((await setStatus(server, sessionId, 'UNAVAILABLE')).status).toBe(409);
    });

    test('another agent is none of its business', async ({ server }) => {
      server.addAgent({ fqSiteName: SITE, accountId: '99', sessionId: 'other', pool: POOL });
      expect((await create(server, await token(server))).status).toBe(200);
    });
  });
});

describe('getMessages', () => {
  test('is held, and then answers with one ChatGetTimeout', async ({ start }) => {
    const server = await start({ pollHoldMs: 80 });
    const sessionId = await signIn(server);
    const before = performance.now();
    const answer = await poll(server, sessionId, { body: '{"sequenceNumber":5}' });
    // Timers may fire up to a millisecond early.
    expect(performance.now() - before).toBeGreaterThanOrEqual(78);
    expect(answer).toMatchObject({
      status: 200,
      json: { getResponseTypes: TIMEOUT, chatSystemError: null, sequenceNumber: 5 },
    });
    expect(server.received.at(-1)).toMatchObject({ problems: [], sessionId, status: 200 });
  });

  test('needs no body', async ({ start }) => {
    const server = await start({ pollHoldMs: 1 });
    const sessionId = await signIn(server);
    const headers = { 'Content-Type': undefined };
    expect((await poll(server, sessionId, { body: '', headers })).status).toBe(200);
    expect((await poll(server, sessionId, { body: '[]' })).status).toBe(400);
  });

  test('403 for a session that is unknown, over or somebody else’s', async ({ server }) => {
    const sessionId = await signIn(server);
    const unknown = { status: 403, json: { exceptionCode: 'SESSION_NOT_FOUND' } };
    expect(await poll(server, 'nobody')).toMatchObject(unknown);
    expect(await poll(server, sessionId, { headers: { 'X-AID': '1' } })).toMatchObject({
      status: 403,
      json: { exceptionCode: 'ACCESS_DENIED' },
    });
    await logoff(server, sessionId);
    expect(await poll(server, sessionId)).toMatchObject(unknown);
  });

  test.for([
    ['its client logs off', (server: PracticeServer, id: string) => logoff(server, id)],
    ['the server ends it', (server: PracticeServer, id: string) => server.endSession(id)],
  ] as const)('403 at once when %s', async ([, end], { server }) => {
    const sessionId = await signIn(server);
    const waiting = poll(server, sessionId);
    await server.waitForAgent(({ polling }) => polling);
    await end(server, sessionId);
    expect((await waiting).status).toBe(403);
  });

  test('a second one ends the first, and is flagged', async ({ server }) => {
    const sessionId = await signIn(server);
    const first = poll(server, sessionId);
    await server.waitForAgent(({ polling }) => polling);
    const second = poll(server, sessionId);
    expect((await first).json['getResponseTypes']).toEqual(TIMEOUT);
    expect(server.received.slice(-2).map(({ problems }) => problems)).toEqual([
      [],
      ['another retrieval of this session is open'],
    ]);
    server.endSession(sessionId);
    expect((await second).status).toBe(403);
  });

  test('a second one is refused, when told so', async ({ start }) => {
    const server = await start({ secondPoll: 'refused' });
    const sessionId = await signIn(server);
    const first = poll(server, sessionId);
    await server.waitForAgent(({ polling }) => polling);
    expect(await poll(server, sessionId)).toMatchObject({
      status: 409,
      json: { exceptionCode: 'CONFLICT' },
    });
    expect(server.agents[0]?.polling).toBe(true);
    server.endSession(sessionId);
    await first;
  });

  test('one that was broken off leaves the way free', async ({ start }) => {
    const server = await start({ pollHoldMs: 20_000 });
    const sessionId = await signIn(server);
    const aborting = new AbortController();
    const first = poll(server, sessionId, { signal: aborting.signal });
    await server.waitForAgent(({ polling }) => polling);
    aborting.abort();
    await expect(first).rejects.toThrow();
    await server.waitForAgent(({ polling }) => !polling);
    const second = poll(server, sessionId);
    await server.waitForAgent(({ polling }) => polling);
    server.endSession(sessionId);
    await second;
    expect(server.received.flatMap(({ problems }) => problems)).toEqual([]);
    expect(server.received.at(-2)).toMatchObject({ call: 'getMessages', status: null });
  });

  test('what was said while nobody polled is there for the next one', async ({ server }) => {
    const sessionId = await signIn(server);
    await setStatus(server, sessionId, 'AVAILABLE');
    server.routeChat();
    server.routeChat();
    const { json } = await poll(server, sessionId);
    expect(json['getResponseTypes']).toEqual([
      { ChatEngagementAssignmentNotification: { engagementId: 1, engagementIdString: '1' } },
      { ChatEngagementAssignmentNotification: { engagementId: 2, engagementIdString: '2' } },
    ]);
  });
});

describe('a pool change', () => {
  const NEXT = '298:1';
  const announced = [
    { ChatConfigChangeNotification: { name: 'CHAT_CLUSTER_POOL_ID', value: NEXT } },
  ];

  test('is announced to whoever polls; then the new pool is needed', async ({ server }) => {
    const sessionId = await signIn(server);
    const waiting = poll(server, sessionId);
    await server.waitForAgent(({ polling }) => polling);
    server.changePool(NEXT);
    expect((await waiting).json['getResponseTypes']).toEqual(announced);
    expect(server.sessions[0]?.pool).toBe(NEXT);
    expect(await logoff(server, sessionId)).toMatchObject({
      status: 403,
      json: { exceptionCode: 'SESSION_NOT_FOUND' },
    });
    expect((await logoff(server, sessionId, { pool: NEXT })).status).toBe(200);
  });

  test('is announced to the next poll; until then the old pool works', async ({ server }) => {
    const sessionId = await signIn(server);
    server.changePool(NEXT);
    expect((await setStatus(server, sessionId, 'AVAILABLE')).status).toBe(200);
    expect((await poll(server, sessionId)).json['getResponseTypes']).toEqual(announced);
    expect((await setStatus(server, sessionId, 'AVAILABLE')).status).toBe(403);
  });

  test('whose announcement was lost is announced again', async ({ start }) => {
    const server = await start({ pollHoldMs: 1 });
    const sessionId = await signIn(server);
    server.changePool(NEXT);
    server.fault({ fault: { kind: 'reset', when: 'after' }, call: 'getMessages', times: 1 });
    await expect(poll(server, sessionId)).rejects.toThrow();
    expect((await poll(server, sessionId)).json['getResponseTypes']).toEqual(announced);
    const after = await poll(server, sessionId, { pool: NEXT });
    expect(after.json['getResponseTypes']).toEqual(TIMEOUT);
    expect((await poll(server, sessionId)).status).toBe(403);
  });

  test('is for new sessions as well', async ({ server }) => {
    server.changePool(NEXT);
    expect((await siteCall(server, SETTINGS)).json['pool']).toBe(NEXT);
    const jwt = await token(server);
    expect((await create(server, jwt)).status).toBe(404);
    expect((await create(server, jwt, { pool: NEXT })).status).toBe(200);
  });

  test('of another site, or to the same pool, is no change', async ({ start }) => {
    const server = await start({ pollHoldMs: 1 });
    const sessionId = await signIn(server);
    server.changePool(NEXT, 'other');
    server.changePool(POOL);
    expect((await poll(server, sessionId)).json['getResponseTypes']).toEqual(TIMEOUT);
  });
});

describe('setActivityStatus', () => {
  test('sets status and sub-type', async ({ server }) => {
    const sessionId = await signIn(server);
    expect(await setStatus(server, sessionId, 'UNAVAILABLE', 7)).toMatchObject({
      status: 200,
      json: { chatActivityStatusChangeResult: {}, chatSystemError: null },
    });
    expect(server.agents[0]).toMatchObject({ status: 'UNAVAILABLE', subTypeId: 7 });
    expect(server.received.at(-1)).toMatchObject({ problems: [], call: 'setActivityStatus' });
  });

  test.for([
    ['{"subTypeId":0}', 'status is missing'],
    ['{"status":"available","subTypeId":0}', 'status is not one of NONE, AVAILABLE, UNAVAILABLE'],
    ['{"status":"NONE"}', 'subTypeId is missing'],
    ['{"status":"NONE","subTypeId":2147483648}', 'subTypeId is not an int32 integer'],
    ['{"status":"NONE","subTypeId":"1"}', 'subTypeId is not an int32 integer'],
  ] as const)('400 for %s', async ([body, problem], { server }) => {
    const sessionId = await signIn(server);
    expect((await agentCall(server, 'setActivityStatus', sessionId, { body })).status).toBe(400);
    expect(server.received.at(-1)?.problems).toEqual([problem]);
    expect(server.agents[0]).toMatchObject({ status: 'NONE', subTypeId: null });
  });

  test('409 CONFLICT while a chat is open', async ({ start }) => {
    const server = await start({ initialStatus: 'AVAILABLE' });
    const sessionId = await signIn(server);
    const chat = server.routeChat({ staysOpen: true });
    for (const status of ['UNAVAILABLE', 'NONE']) {
      expect(await setStatus(server, sessionId, status)).toMatchObject({
        status: 409,
        json: { exceptionCode: 'CONFLICT' },
      });
    }
    expect((await setStatus(server, sessionId, 'AVAILABLE')).status).toBe(200);
    server.endChat(chat?.engagementId ?? 0);
    expect((await setStatus(server, sessionId, 'UNAVAILABLE')).status).toBe(200);
  });
});

describe('logoff amid an open chat', () => {
  const unforced = { body: '{"forceLogoff":false}' };

  test('is refused, unless it is forced', async ({ start }) => {
    const server = await start({ initialStatus: 'AVAILABLE' });
    const sessionId = await signIn(server);
    server.routeChat({ staysOpen: true });
    expect(await logoff(server, sessionId, unforced)).toMatchObject({
      status: 200,
      json: { chatSystemError: { errorCondition: 'FORCE_LOGOFF_REQUIRED' } },
    });
    expect(endedBy(server, sessionId)).toBeNull();
    expect((await logoff(server, sessionId)).json['chatSystemError']).toBeNull();
    expect(endedBy(server, sessionId)).toBe('logoff');
  });

  test('is not refused once the chat is over', async ({ start }) => {
    const server = await start({ initialStatus: 'AVAILABLE' });
    const sessionId = await signIn(server);
    const chat = server.routeChat({ staysOpen: true });
    server.endChat(chat?.engagementId ?? 0);
    expect((await logoff(server, sessionId, unforced)).json['chatSystemError']).toBeNull();
    expect(endedBy(server, sessionId)).toBe('logoff');
  });
});

describe('an agent who stops polling', () => {
  test('is dropped', async ({ start }) => {
    const server = await start({ absentAfterMs: 1_500, pollHoldMs: 1 });
    const sessionId = await signIn(server);
    await poll(server, sessionId);
    const polledAt = server.received.at(-1)?.monotonicMs ?? Infinity;
    await server.waitUntilOver(sessionId);
    // Timers may fire up to a millisecond early.
    expect(performance.timeOrigin + performance.now() - polledAt).toBeGreaterThanOrEqual(1_498);
    expect(endedBy(server, sessionId)).toBe('absence');
    expect((await logoff(server, sessionId)).status).toBe(403);
  });

  test('who never polled is dropped as well', async ({ start }) => {
    const server = await start({ absentAfterMs: 20 });
    await server.waitUntilOver(await signIn(server));
  });

  test('is present as long as a poll is open', async ({ start }) => {
    const server = await start({ absentAfterMs: 1_500, pollHoldMs: 1_800 });
    const sessionId = await signIn(server);
    expect((await poll(server, sessionId)).status).toBe(200);
    expect(endedBy(server, sessionId)).toBeNull();
  });

  test('whose session was put there is not dropped, unless told so', async ({ start }) => {
    const server = await start({ absentAfterMs: 20 });
    server.addAgent({ fqSiteName: SITE, accountId: '12', sessionId: 'console', pool: POOL });
    await server.waitUntilOver(await signIn(server));
    expect(endedBy(server, 'console')).toBeNull();
    server.expectPolling('console');
    await server.waitUntilOver('console');
    expect(endedBy(server, 'console')).toBe('absence');
    expect(() => server.expectPolling('console')).toThrow('there is no agent session cons…');
  });
});

describe('practice chats', () => {
  test('go to each in turn who is present and available', async ({ server }) => {
    expect(server.routeChat()).toBeNull();
    const sessionId = await signIn(server);
    expect(server.routeChat()).toBeNull();
    server.addAgent({ fqSiteName: SITE, accountId: '12', sessionId: 'console' });
    await setStatus(server, sessionId, 'AVAILABLE');
    const routed = [1, 2, 3].map(() => server.routeChat()?.sessionId);
    expect(routed).toEqual([sessionId, 'console', sessionId]);
    await setStatus(server, sessionId, 'UNAVAILABLE');
    expect(server.routeChat()).toMatchObject({
      engagementId: 4,
      sessionId: 'console',
      fqSiteName: SITE,
      accountId: '12',
      at: expect.any(Number),
    });
    server.endSession('console');
    expect(server.routeChat()).toBeNull();
    expect(server.chats.length).toBe(4);
  });

  test('come by themselves when told so', async ({ start }) => {
    const server = await start({ routeChatEveryMs: 5, initialStatus: 'AVAILABLE' });
    await signIn(server);
    await server.waitForChat(({ engagementId }) => engagementId === 3);
  });

  test('reach no ghost while a poll is open', async ({ start }) => {
    const server = await start({ initialStatus: 'AVAILABLE' });
    const sessionId = await signIn(server);
    const waiting = poll(server, sessionId);
    await server.waitForAgent(({ polling }) => polling);
    const chat = server.routeChat();
    await waiting;
    expect(chat?.ghost).toBe(false);
  });

  test('reach no ghost between two polls', async ({ start }) => {
    const server = await start({ initialStatus: 'AVAILABLE', pollHoldMs: 1, ghostGraceMs: 0 });
    const sessionId = await signIn(server);
    await poll(server, sessionId);
    const chat = server.routeChat();
    expect(chat?.ghost).toBe(true);
    await poll(server, sessionId);
    expect(chat?.ghost).toBe(false);
  });

  test('reach a ghost once the client is gone, until the session is dropped', async ({ start }) => {
    const server = await start({ initialStatus: 'AVAILABLE', absentAfterMs: 1_500 });
    const sessionId = await signIn(server);
    const aborting = new AbortController();
    const waiting = poll(server, sessionId, { signal: aborting.signal });
    await server.waitForAgent(({ polling }) => polling);
    aborting.abort();
    await expect(waiting).rejects.toThrow();
    await server.waitForAgent(({ polling }) => !polling);
    const chat = server.routeChat();
    expect(chat).toMatchObject({ ghost: true, sessionId });
    expect(await server.waitForChat(({ ghost }) => ghost)).toBe(chat);
    await server.waitUntilOver(sessionId);
    expect(server.routeChat()).toBeNull();
    expect(chat?.ghost).toBe(true);
  });

  test('reach a ghost when the process that polled is killed', async ({ start }) => {
    const server = await start({ initialStatus: 'AVAILABLE' });
    const sessionId = await signIn(server);
    const headers = { 'X-AID': ACCOUNT, 'X-JSESSIONID': sessionId };
    const request = JSON.stringify({ method: 'POST', headers });
    const child = spawn(process.execPath, [
      '--eval',
      `fetch(${JSON.stringify(agentUrl(server, 'getMessages', POOL))}, ${request})`,
    ]);
    await server.waitForAgent(({ polling }) => polling);
    child.kill('SIGKILL');
    await server.waitForAgent(({ polling }) => !polling);
    expect(server.routeChat()).toMatchObject({ ghost: true, sessionId });
  });

  test.for([
    [10_000, false],
    [0, true],
  ] as const)(
    'between the last poll and a logoff within %d ms reach a ghost: %s',
    async ([ghostGraceMs, ghost], { start }) => {
      const server = await start({ initialStatus: 'AVAILABLE', pollHoldMs: 1, ghostGraceMs });
      const sessionId = await signIn(server);
      await poll(server, sessionId);
      const chat = server.routeChat();
      await logoff(server, sessionId);
      expect(chat?.ghost).toBe(ghost);
    },
  );

  test('reach no ghost while a logoff is under way', async ({ start }) => {
    const server = await start({ initialStatus: 'AVAILABLE', pollHoldMs: 1, ghostGraceMs: 0 });
    const sessionId = await signIn(server);
    await poll(server, sessionId);
    server.fault({ fault: { kind: 'delay', ms: 60 }, call: 'logoff' });
    const leaving = logoff(server, sessionId);
    await server.waitForRequest(({ call }) => call === 'logoff');
    expect(server.routeChat()?.ghost).toBe(false);
    await leaving;
  });

  test('reach no ghost in a session that was put there, unless told so', ({ server }) => {
    server.addAgent({ fqSiteName: SITE, accountId: '12', sessionId: 'console' });
    expect(server.routeChat()?.ghost).toBe(false);
    server.expectPolling('console');
    expect(server.routeChat()?.ghost).toBe(true);
  });

  test('that stay open are over with the session', async ({ start }) => {
    const server = await start({ initialStatus: 'AVAILABLE' });
    const sessionId = await signIn(server);
    const chat = server.routeChat({ staysOpen: true });
    expect(chat?.open).toBe(true);
    await logoff(server, sessionId);
    expect(chat?.open).toBe(false);
    expect(() => server.endChat(99)).toThrow('there is no chat 99');
  });

  test('are waited for in vain', async ({ server }) => {
    await expect(server.waitForChat(() => true, 1)).rejects.toThrow('0 were routed');
    await expect(server.waitForAgent(() => true, 1)).rejects.toThrow('no agent session matched');
  });
});

describe('secrets', () => {
  test('of signing in are not kept', async ({ server }) => {
    const jwt = await token(server);
    await create(server, jwt);
    const kept = JSON.stringify(server.received);
    for (const secret of [jwt, basic().slice('Basic '.length), PASSWORD]) {
      expect(kept).not.toContain(secret);
    }
    expect(server.received[0]?.rawHeaders).toContain('Basic ****');
    expect(server.received[1]?.rawHeaders).toContain('Bearer ****');
  });

  test('of an odd kind are not kept either', async ({ server }) => {
    await siteCall(server, TOKENS, {
      headers: { Authorization: 'Odd secret', 'Proxy-Authorization': 'secret' },
    });
    const kept = JSON.stringify(server.received);
    expect(kept).not.toContain('secret');
    expect(server.received[0]?.rawHeaders.filter((text) => text === '****')).toHaveLength(2);
  });
});

describe('faults', () => {
  const calls: [
    call: 'serviceSettings' | 'agentTokens' | 'getMessages' | 'setActivityStatus',
    send: (server: PracticeServer, sessionId: string) => Promise<Answer>,
  ][] = [
    ['serviceSettings', (server) => siteCall(server, SETTINGS)],
    ['agentTokens', (server) => siteCall(server, TOKENS)],
    ['getMessages', (server, sessionId) => poll(server, sessionId)],
    ['setActivityStatus', (server, sessionId) => setStatus(server, sessionId, 'AVAILABLE')],
  ];
  test.for(calls)('are played for %s', async ([call, act], { start }) => {
    const server = await start({ pollHoldMs: 1 });
    const sessionId = await signIn(server);
    const statuses: Fault[] = [
      { kind: 'status', status: 503 },
      { kind: 'error', status: 500, code: 'DEPENDENCY_APPLICATION_TIMEOUT' },
      { kind: 'html', status: 403 },
      { kind: 'empty', status: 204 },
    ];
    for (const fault of statuses) {
      server.fault({ fault, call, times: 1 });
      expect((await act(server, sessionId)).status).toBe('status' in fault ? fault.status : 0);
      expect(server.received.at(-1)).toMatchObject({ call, fault: fault.kind });
    }
    server.fault({ fault: { kind: 'reset', when: 'before' }, call, times: 1 });
    await expect(act(server, sessionId)).rejects.toThrow();
    server.fault({
      fault: { kind: 'system-error', errorCondition: 'BUSY', text: 'Not now.' },
      call,
      times: 1,
    });
    expect((await act(server, sessionId)).json).toMatchObject({
      chatSystemError: { errorCondition: 'BUSY' },
    });
    expect((await act(server, sessionId)).status).toBe(200);
  });

  test.for([
    [{ kind: 'reset', when: 'before' }, 0],
    [{ kind: 'reset', when: 'after' }, 1],
  ] as const satisfies [Fault, number][])(
    '%j of createAutomatedAgentSession: %d session is there',
    async ([fault, count], { server }) => {
      const jwt = await token(server);
      server.fault({ fault, call: 'createAutomatedAgentSession' });
      await expect(create(server, jwt)).rejects.toThrow();
      expect(server.sessions.length).toBe(count);
    },
  );

  test('a system error of createAutomatedAgentSession creates nothing', async ({ server }) => {
    const jwt = await token(server);
    server.fault({ fault: { kind: 'system-error', errorCondition: 'BUSY', text: 'Not now.' } });
    expect(await create(server, jwt)).toMatchObject({
      status: 200,
      json: { sessionId: null, chatSystemError: { errorCondition: 'BUSY' } },
    });
    expect(server.sessions).toEqual([]);
  });

  test('a status that is not acted on is not set', async ({ server }) => {
    const sessionId = await signIn(server);
    server.fault({ fault: { kind: 'status', status: 200 }, call: 'setActivityStatus' });
    await setStatus(server, sessionId, 'AVAILABLE');
    expect(server.agents[0]?.status).toBe('NONE');
  });

  test('a poll that hangs keeps nobody present, but is no ghost’s', async ({ start }) => {
    const server = await start({ initialStatus: 'AVAILABLE', absentAfterMs: 1_500 });
    const sessionId = await signIn(server);
    server.fault({ fault: { kind: 'hang' }, call: 'getMessages' });
    const waiting = expect(poll(server, sessionId)).rejects.toThrow();
    await server.waitForRequest(({ call }) => call === 'getMessages');
    expect(server.routeChat()?.ghost).toBe(false);
    await server.waitUntilOver(sessionId);
    await server.close();
    await waiting;
  });
});

test('close ends open polls', async ({ start }) => {
  const server = await start();
  const sessionId = await signIn(server);
  const waiting = expect(poll(server, sessionId)).rejects.toThrow();
  await server.waitForAgent(({ polling }) => polling);
  await server.close();
  await waiting;
});

describe('the control API', () => {
  const controlled = test.extend<{
    server: PracticeServer;
    practice: (
      method: string,
      path: string,
      body?: object,
    ) => Promise<{ status: number; json: unknown }>;
  }>({
    server: async ({ start }, use) => {
      await use(await start({ control: true, pollHoldMs: 1 }));
    },
    practice: async ({ server }, use) => {
      await use(async (method, path, body) => {
        const response = await fetch(`${server.url}/practice/${path}`, {
          method,
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        });
        const text = await response.text();
        return { status: response.status, json: text === '' ? null : JSON.parse(text) };
      });
    },
  });

  controlled('plays all of it', async ({ server, practice }) => {
    const account = { site: SITE, userName: 'else', password: 'x', accountId: '22' };
    expect(await practice('POST', 'accounts', account)).toEqual({
      status: 201,
      json: { ...account, password: '****' },
    });
    expect(await practice('POST', 'accounts', account)).toMatchObject({ status: 400 });

    const sessionId = await signIn(server);
    expect(await practice('POST', 'chats')).toEqual({
      status: 400,
      json: { problems: ['no agent is present and available'] },
    });
    await setStatus(server, sessionId, 'AVAILABLE');
    expect(await practice('POST', 'chats', { staysOpen: true })).toMatchObject({
      status: 201,
      json: { engagementId: 1, sessionId, open: true, ghost: true },
    });
    expect((await practice('POST', 'end-chat', { engagementId: 1 })).status).toBe(204);
    expect((await practice('GET', 'chats')).json).toMatchObject([{ open: false, ghost: true }]);
    expect((await practice('GET', 'agents')).json).toMatchObject([
      { session: { sessionId }, signedIn: true, status: 'AVAILABLE', polling: false },
    ]);
    expect((await practice('POST', 'pool', { pool: '298:1' })).status).toBe(204);
    expect((await poll(server, sessionId)).json['getResponseTypes']).toMatchObject([
      { ChatConfigChangeNotification: { value: '298:1' } },
      {},
    ]);
    expect((await practice('POST', 'expect-polling', { sessionId })).status).toBe(204);
    expect((await practice('POST', 'end-session', { sessionId })).status).toBe(204);
    expect(await practice('POST', 'end-session', { sessionId })).toEqual({
      status: 400,
      json: { problems: ['there is no session node… that is open'] },
    });
    const jwt = await token(server);
    expect((await practice('DELETE', 'tokens')).status).toBe(204);
    expect((await create(server, jwt, { pool: '298:1' })).status).toBe(403);
  });
});

describe('standalone', () => {
  const main = fileURLToPath(new URL('../../simulator/main.ts', import.meta.url));

  test('an agent can sign in by hand, and is dropped when told so', async () => {
    const child = spawn(process.execPath, [
      main,
      '--port=0',
      '--poll-hold=0.01',
      '--absent-after=0.05',
      '--chat-every=0.01',
    ]);
    const exit = once(child, 'exit');
    let url = '';
    for await (const line of createInterface(child.stdout)) {
      url ||= /http:\S+/.exec(line)?.[0] ?? '';
      if (line === 'Requests:') break;
    }
    const headers = {
      Authorization: basic('agent.demo', 'practice'),
      'OSvC-CREST-Application-Context': 'by hand',
    };
    const { json: settings } = await send(url + SETTINGS, { method: 'GET', headers });
    expect(settings).toMatchObject({ siteName: SITE, port: Number(new URL(url).port) });
    const { json: tokens } = await send(url + TOKENS, { headers });
    await send(`${url}/engagement/api/agent/${SITE}/v1/createAutomatedAgentSession`, {
      headers: {
        Authorization: `Bearer ${z.string().parse(tokens['sessionToken'])}`,
        'Content-Type': JSON_TYPE,
      },
      body: '{}',
    });
    await expect
      .poll(async (): Promise<unknown> => (await fetch(`${url}/practice/agents`)).json())
      .toMatchObject([{}, {}, { session: { accountId: '21' }, endedBy: 'absence' }]);
    const chats = await (await fetch(`${url}/practice/chats`)).json();
    expect(chats).not.toEqual([]);
    child.kill();
    await exit;
  });

  test.for(['--poll-hold', '--absent-after', '--chat-every'])('turns down %s 0', async (option) => {
    const child = spawn(process.execPath, [main, option, '0']);
    expect(await once(child, 'exit')).toEqual([2, null]);
  });
});
