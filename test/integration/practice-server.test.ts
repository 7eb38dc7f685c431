import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { connect, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { text as readText } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { test as base, describe, expect } from 'vitest';
import * as z from 'zod';
import type { ErrorBody } from '../../simulator/error-replies.ts';
import type { Fault } from '../../simulator/faults.ts';
import {
  startPracticeServer,
  type PracticeServer,
  type PracticeServerOptions,
} from '../../simulator/practice-server.ts';
import { type Practice, practiceFixtures } from '../support/practice-fixtures.ts';
import { SELF_SIGNED } from '../support/tls.ts';

const SITE = 'day001_221100_sql_001h';
const AGENT = 'node01h8m13tljpm7ns8nayp0pid91';
const ENGAGEMENT = '192hyto5qomm8r8rpzzmuzsa6';
const LOGOFF = `/engagement/api/agent/${SITE}/v1/logoff?pool=297:1`;
const CONCLUDE = `/engagement/api/consumer/${SITE}/v1/concludeEngagement?pool=297:1`;
const JSON_TYPE = 'application/json; charset=utf-8';
const UNKNOWN_SESSION = 'The agent session identifier is unknown.';

const timesSchema = z.object({
  clientSendTime: z.string(),
  serviceStartTime: z.string(),
  serviceFinishTime: z.string(),
});

interface Answer {
  status: number;
  type: string | null;
  text: string;
  json: unknown;
}

interface Change {
  path?: string;
  method?: string;
  body?: string | Buffer;
  /** Undefined leaves a header out. */
  headers?: Record<string, string | string[] | undefined>;
}

/** Starts a server with one agent session and one engagement. */
async function startWithSessions(options?: PracticeServerOptions): Promise<PracticeServer> {
  const server = await startPracticeServer({ processingMs: 1, ...options });
  server.addAgent({ fqSiteName: SITE, accountId: '12', sessionId: AGENT, pool: '297:1' });
  server.addEngagement({ fqSiteName: SITE, sessionId: ENGAGEMENT, pool: '297:1' });
  return server;
}

const test = base.extend<Practice>(practiceFixtures(startWithSessions));

/** Sends a request over `node:http`, which leaves target and headers as they are. */
function open(server: PracticeServer, change: Change, agent?: Agent): Promise<IncomingMessage> {
  const { promise, resolve, reject } = deferred<IncomingMessage>();
  const headers = Object.fromEntries(
    Object.entries(change.headers ?? {}).filter(([, value]) => value !== undefined),
  );
  const outgoing = httpRequest(
    server.url,
    {
      method: change.method ?? 'POST',
      path: change.path ?? LOGOFF,
      headers,
      agent: agent ?? false,
    },
    resolve,
  );
  outgoing.on('error', reject);
  outgoing.end(change.body);
  return promise;
}

async function send(server: PracticeServer, change: Change, agent?: Agent): Promise<Answer> {
  const response = await open(server, change, agent);
  const text = await readText(response);
  const type = response.headers['content-type'] ?? null;
  const isJson = type?.startsWith('application/json') === true;
  return { status: response.statusCode ?? 0, type, text, json: isJson ? parse(text) : undefined };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function logoff(server: PracticeServer, change: Change = {}, agent?: Agent): Promise<Answer> {
  const headers = {
    'Content-Type': JSON_TYPE,
    'X-AID': '12',
    'X-JSESSIONID': AGENT,
    ...change.headers,
  };
  return send(server, { body: '{"forceLogoff":true}', ...change, headers }, agent);
}

function conclude(server: PracticeServer, change: Change = {}): Promise<Answer> {
  const headers = { 'Content-Type': JSON_TYPE, SessionId: ENGAGEMENT, ...change.headers };
  return send(server, { path: CONCLUDE, body: '{}', ...change, headers });
}

/** The logoff of the page's sample as it goes over the wire. */
function rawLogoff(body = '{"forceLogoff":true}'): string {
  return [
    `POST ${LOGOFF} HTTP/1.1`,
    'Host: practice',
    `Content-Type: ${JSON_TYPE}`,
    'X-AID: 12',
    `X-JSESSIONID: ${AGENT}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    '',
    body,
  ].join('\r\n');
}

async function dial(server: PracticeServer): Promise<Socket> {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  await once(socket, 'connect');
  return socket;
}

/** How a connection ended: the error's code, or null for a plain end. */
async function ending(socket: Socket): Promise<string | null> {
  const { promise, resolve } = deferred<string | null>();
  socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
  socket.on('close', () => resolve(null));
  socket.resume();
  return promise;
}

function deferred<T>(): {
  promise: Promise<T>;
  resolve: (value: T) => void;
  reject: (error: Error) => void;
} {
  const settle: { resolve?: (value: T) => void; reject?: (error: Error) => void } = {};
  const promise = new Promise<T>((resolve, reject) => Object.assign(settle, { resolve, reject }));
  return {
    promise,
    resolve: (value) => settle.resolve?.(value),
    reject: (error) => settle.reject?.(error),
  };
}

function wholeSecond(ms: number): number {
  return ms - (ms % 1000);
}

function isOver(server: PracticeServer, sessionId: string): boolean | undefined {
  return server.sessions.find((session) => session.sessionId === sessionId)?.over;
}

describe('logoff', () => {
  test('ends the session and answers with all fields of the sample', async ({ server }) => {
    const before = Date.now();
    const answer = await logoff(server, {
      body: '{ "timeCreated" : 1618317020415, "sequenceNumber" : 3, "forceLogoff" : false }',
    });
    expect(answer).toMatchObject({ status: 200, type: 'application/json;charset=utf-8' });
    expect(answer.json).toEqual({
      chatLogoffResult: {},
      chatSystemError: null,
      clientSendTime: 1618317020000,
      serviceStartTime: expect.any(Number),
      serviceFinishTime: expect.any(Number),
      sessionId: expect.stringMatching(/^node0/),
      clientId: 47,
      clientIdString: '47',
      sequenceNumber: 3,
      sequenceNumberString: '3',
    });
    const { serviceStartTime = 0, serviceFinishTime = 0 } = answer.json as Record<string, number>;
    expect(serviceStartTime).toBeGreaterThanOrEqual(before);
    expect(serviceFinishTime).toBeGreaterThanOrEqual(serviceStartTime);
    expect(answer.text).not.toContain(AGENT);
    expect(server.sessions[0]).toEqual({
      kind: 'agent',
      fqSiteName: SITE,
      accountId: '12',
      sessionId: AGENT,
      pool: '297:1',
      over: true,
      overAt: serviceFinishTime,
    });
  });

  test('works without a pool, and through fetch', async ({ server }) => {
    const response = await fetch(`${server.url}/engagement/api/agent/${SITE}/v1/logoff`, {
      method: 'POST',
      headers: {
        'content-type': 'Application/JSON;Charset="UTF-8"',
        'x-aid': '12',
        'x-jsessionid': AGENT,
      },
      body: '{"forceLogoff":true}',
    });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ sequenceNumber: 0, sequenceNumberString: '0' });
  });

  test('says when it received a request that does not say when it was sent', async ({ server }) => {
    const { json } = await logoff(server);
    const { clientSendTime, serviceStartTime = 0 } = json as Record<string, number>;
    expect(clientSendTime).toBe(wholeSecond(serviceStartTime));
  });

  test.for(['9223372036854775807', '-9223372036854775808', '9007199254740993'])(
    'echoes sequence number %s digit for digit',
    async (digits, { server }) => {
      const answer = await logoff(server, {
        body: `{"forceLogoff":true,"sequenceNumber":${digits},"timeCreated":${digits}}`,
      });
      expect(answer.status).toBe(200);
      expect(answer.text).toContain(
        `"sequenceNumber":${digits},"sequenceNumberString":"${digits}"`,
      );
    },
  );

  test('writes ISO times when told to', async ({ start }) => {
    const server = await start({ timeFormat: 'iso' });
    const answer = await logoff(server, {
      body: '{"forceLogoff":true,"timeCreated":1618317020415}',
    });
    const seconds = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect(answer.json).toMatchObject({
      clientSendTime: '2021-04-13T12:30:20Z',
      serviceStartTime: seconds,
      serviceFinishTime: seconds,
    });
  });

  test('writes times with an offset when told to', async ({ start }) => {
    const server = await start({ timeFormat: 'offset' });
    const before = wholeSecond(Date.now());
    const answer = await logoff(server, {
      body: '{"forceLogoff":true,"timeCreated":1618317020415}',
    });
    const times = timesSchema.parse(answer.json);
    expect(times.clientSendTime).toBe('2021-04-13T18:00:20+05:30');
    for (const time of [times.serviceStartTime, times.serviceFinishTime]) {
      expect(time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+05:30$/);
      expect(Date.parse(time)).toBeGreaterThanOrEqual(before);
      expect(Date.parse(time)).toBeLessThanOrEqual(Date.now());
    }
  });

  test('spends the processing time', async ({ start }) => {
    const server = await start({ processingMs: 60 });
    const { json } = await logoff(server);
    const { serviceStartTime = 0, serviceFinishTime = 0 } = json as Record<string, number>;
    // Timers may fire up to a millisecond early.
    expect(serviceFinishTime - serviceStartTime).toBeGreaterThanOrEqual(58);
  });
});

describe('concludeEngagement', () => {
  test('ends the session and answers with all fields of the sample', async ({ server }) => {
    const { status, json } = await conclude(server);
    const iso = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(status).toBe(200);
    expect(json).toEqual({
      clientRequestTime: null,
      serviceStartTime: iso,
      serviceFinishTime: iso,
      clientId: 48,
      clientIdString: '48',
      clientTransactionId: 0,
      clientTransactionIdString: '0',
    });
    expect(isOver(server, ENGAGEMENT)).toBe(true);
    expect(isOver(server, AGENT)).toBe(false);
  });

  test("echoes the client's time and transaction", async ({ server }) => {
    const time = '2018-10-23T14:14:48.063Z';
    const body = `{"clientRequestTime":"${time}","clientTransactionId":9223372036854775807}`;
    const { text } = await conclude(server, { body });
    expect(text).toContain(`"clientRequestTime":"${time}"`);
    expect(text).toContain(
      '"clientTransactionId":9223372036854775807,"clientTransactionIdString":"9223372036854775807"',
    );
  });

  test('writes times with an offset when told to', async ({ start }) => {
    const server = await start({ timeFormat: 'offset' });
    const body = '{"clientRequestTime":"2018-10-23T14:14:48.063Z"}';
    const withOffset = expect.stringMatching(/T\d\d:\d\d:\d\d\.\d{3}\+05:30$/);
    expect((await conclude(server, { body })).json).toMatchObject({
      clientRequestTime: '2018-10-23T19:44:48.063+05:30',
      serviceStartTime: withOffset,
      serviceFinishTime: withOffset,
    });
  });

  test('writes epoch times when told to', async ({ start }) => {
    const server = await start({ timeFormat: 'epoch' });
    const body = '{"clientRequestTime":"2018-10-23T14:14:48.063Z"}';
    expect((await conclude(server, { body })).json).toMatchObject({
      clientRequestTime: 1540304088063,
      serviceStartTime: expect.any(Number),
      serviceFinishTime: expect.any(Number),
    });
  });
});

describe('a sequenceNumber', () => {
  const UNKNOWN = { headers: { 'X-JSESSIONID': 'somebody' } };
  const problems = async (server: PracticeServer, ...bodies: string[]): Promise<unknown> => {
    for (const body of bodies) await logoff(server, { ...UNKNOWN, body });
    return server.received.map((request) => request.problems);
  };

  test('that falls is flagged, each time', async ({ server }) => {
    const numbered = [7, 7, 8, 3, 4].map((n) => `{"forceLogoff":true,"sequenceNumber":${n}}`);
    expect(await problems(server, ...numbered)).toEqual([
      [],
      [],
      [],
      ['sequenceNumber falls from 8 to 3'],
      ['sequenceNumber falls from 8 to 4'],
    ]);
  });

  test('that falls in a later request is flagged; not in one that was overtaken', async ({
    server,
  }) => {
    const body = (number: number, timeCreated: number): string =>
      JSON.stringify({ forceLogoff: true, sequenceNumber: number, timeCreated });
    expect(await problems(server, body(2, 1000), body(1, 1000), body(1, 1001))).toEqual([
      [],
      [],
      ['sequenceNumber falls from 2 to 1'],
    ]);
  });

  test('is each session’s own', async ({ server }) => {
    const body = (number: number): string => `{"forceLogoff":false,"sequenceNumber":${number}}`;
    await problems(server, body(9));
    await logoff(server, { body: body(1) });
    expect(server.received.at(-1)).toMatchObject({ sessionId: AGENT, problems: [] });
  });
});

describe('error bodies', () => {
  const forms: [body: ErrorBody | undefined, answer: Partial<Answer>][] = [
    [undefined, { json: { exceptionCode: 'SESSION_NOT_FOUND', message: UNKNOWN_SESSION } }],
    ['exception', { json: { exceptionCode: 'SESSION_NOT_FOUND', message: UNKNOWN_SESSION } }],
    ['detail', { json: { detail: UNKNOWN_SESSION } }],
    [
      'oracle',
      {
        json: {
          type: 'about:blank',
          title: 'SESSION_NOT_FOUND',
          status: '403',
          detail: UNKNOWN_SESSION,
          'o:errorCode': 'SESSION_NOT_FOUND',
        },
      },
    ],
    ['html', { type: 'text/html; charset=utf-8', text: expect.stringContaining('<h1>403</h1>') }],
    ['empty', { type: null, text: '' }],
  ];
  test.for(forms)('of the form %s', async ([errorBody, expected], { start }) => {
    const server = await start(errorBody === undefined ? {} : { errorBody });
    const unknown = await logoff(server, { headers: { 'X-JSESSIONID': 'nobody' } });
    expect(unknown.status).toBe(403);
    // Every field, and none besides.
    expect(unknown).toEqual({ ...unknown, ...expected });
    const { status, type } = unknown;
    const others = [
      await logoff(server, { body: '{}' }),
      await logoff(server, { path: '/' }),
      await conclude(server, { path: CONCLUDE.replace('297:1', '297:2') }),
    ];
    expect(others.map((answer) => [answer.status, answer.type])).toEqual([
      [400, type],
      [404, type],
      [status, type],
    ]);
  });

  test('are those of a fault too', async ({ start }) => {
    const server = await start({ errorBody: 'oracle' });
    server.fault({ fault: { kind: 'error', status: 500, code: 'UNKNOWN_EXCEPTION' } });
    expect(await logoff(server)).toMatchObject({
      status: 500,
      json: { 'o:errorCode': 'UNKNOWN_EXCEPTION' },
    });
  });
});

describe('what is turned down', () => {
  const invalidLogoffs: [problem: string, change: Change][] = [
    ['the header X-AID is missing', { headers: { 'X-AID': undefined } }],
    ['the header X-AID is empty', { headers: { 'X-AID': '' } }],
    ['the header X-AID is there more than once', { headers: { 'X-AID': ['12', '12'] } }],
    ['the header X-JSESSIONID is missing', { headers: { 'X-JSESSIONID': undefined } }],
    ['the header Content-Type is missing', { headers: { 'Content-Type': undefined } }],
    ['the Content-Type is not application/json', { headers: { 'Content-Type': 'text/plain' } }],
    ['the Content-Type is not application/json', { headers: { 'Content-Type': 'nonsense' } }],
    [
      'the Content-Type does not say charset=utf-8',
      { headers: { 'Content-Type': 'application/json' } },
    ],
    [
      'the Content-Type does not say charset=utf-8',
      { headers: { 'Content-Type': 'application/json; charset=latin1' } },
    ],
    ['the body is not JSON', { body: '' }],
    ['the body is not JSON', { body: '{"forceLogoff":true' }],
    ['the body is not JSON', { body: '\ufeff{"forceLogoff":true}' }],
    ['the body is not JSON', { body: `${'['.repeat(200_000)}${']'.repeat(200_000)}` }],
    ['the body is not UTF-8', { body: Buffer.from([0x22, 0xff, 0x22]) }],
    ['the body is not a JSON object', { body: '[true]' }],
    ['the body is not a JSON object', { body: 'null' }],
    ['the body is not a JSON object', { body: '7' }],
    ['the body is too long', { body: `{"forceLogoff":true}${' '.repeat(2 ** 20)}` }],
    ['forceLogoff is missing', { body: '{}' }],
    ['forceLogoff is missing', { body: '{"__proto__":{"forceLogoff":true}}' }],
    ['forceLogoff is not a boolean', { body: '{"forceLogoff":"true"}' }],
    ['forceLogoff is not a boolean', { body: '{"forceLogoff":null}' }],
    ['forceLogoff is not a boolean', { body: '{"forceLogoff":1}' }],
    ['the query parameter pool is empty', { path: LOGOFF.replace('297:1', '') }],
    ['the query parameter pool is there more than once', { path: `${LOGOFF}&pool=297:1` }],
  ];
  test.for(invalidLogoffs)('400: %s', async ([problem, change], { server }) => {
    const answer = await logoff(server, change);
    expect(answer).toMatchObject({ status: 400, json: { exceptionCode: 'BAD_REQUEST' } });
    expect(answer.json).toHaveProperty('message', expect.stringContaining(problem));
    expect(server.received[0]).toMatchObject({ status: 400 });
    expect(server.received[0]?.problems).toContain(problem);
    expect(isOver(server, AGENT)).toBe(false);
  });

  test.for([
    '9223372036854775808',
    '-9223372036854775809',
    '1.0',
    '1e3',
    '"3"',
    'null',
    'true',
    '{}',
    '[3]',
    '1'.repeat(30),
  ])('400: %s is not an int64', async (value, { server }) => {
    for (const field of ['sequenceNumber', 'timeCreated']) {
      const { status } = await logoff(server, { body: `{"forceLogoff":true,"${field}":${value}}` });
      expect(status).toBe(400);
      expect(server.received.at(-1)?.problems).toEqual([`${field} is not an int64 integer`]);
    }
  });

  const invalidConcludes: [problem: string, change: Change][] = [
    ['the header SessionId is missing', { headers: { SessionId: undefined } }],
    ['the query parameter pool is missing', { path: CONCLUDE.replace('?pool=297:1', '') }],
    ['the query parameter pool is empty', { path: CONCLUDE.replace('297:1', '') }],
    ['clientRequestTime is not a string', { body: '{"clientRequestTime":1}' }],
    ['clientTransactionId is not an int64 integer', { body: '{"clientTransactionId":"1"}' }],
    ['the body is not a JSON object', { body: '[]' }],
  ];
  test.for(invalidConcludes)('400: %s', async ([problem, change], { server }) => {
    expect((await conclude(server, change)).status).toBe(400);
    expect(server.received[0]?.problems).toEqual([problem]);
    expect(isOver(server, ENGAGEMENT)).toBe(false);
  });

  test('what the pages do not have is flagged but does no harm', async ({ server }) => {
    const { status } = await logoff(server, {
      path: `${LOGOFF}&force=1`,
      body: '{"forceLogoff":true,"reason":"quit","__proto__":{}}',
    });
    expect(status).toBe(200);
    expect(server.received[0]?.problems).toEqual([
      'the API pages have no query parameter "force"',
      'the API pages have no field "reason"',
      'the API pages have no field "__proto__"',
    ]);
  });

  test('403 for a session that is unknown, over, of the other kind or in another pool', async ({
    server,
  }) => {
    const unknown = { status: 403, json: { exceptionCode: 'SESSION_NOT_FOUND' } };
    for (const sessionId of ['nobody', 'constructor', '__proto__', ENGAGEMENT]) {
      const answer = await logoff(server, { headers: { 'X-JSESSIONID': sessionId } });
      expect(answer).toMatchObject(unknown);
    }
    expect(await conclude(server, { headers: { SessionId: AGENT } })).toMatchObject(unknown);
    const elsewhere = await conclude(server, { path: CONCLUDE.replace('297:1', '297:2') });
    expect(elsewhere).toMatchObject(unknown);
    expect(server.sessions.map(({ over }) => over)).toEqual([false, false]);

    expect((await logoff(server)).status).toBe(200);
    expect(await logoff(server)).toMatchObject(unknown);
    expect(server.received.flatMap(({ problems }) => problems)).toEqual([]);
  });

  test('403 ACCESS_DENIED for the right session with the wrong account', async ({ server }) => {
    expect(await logoff(server, { headers: { 'X-AID': '13' } })).toMatchObject({
      status: 403,
      json: { exceptionCode: 'ACCESS_DENIED' },
    });
    expect(isOver(server, AGENT)).toBe(false);
  });

  test('a session is not known at another site', async ({ server }) => {
    server.addAgent({ fqSiteName: 'other', accountId: '1', sessionId: 'elsewhere' });
    const path = LOGOFF.replace(SITE, 'other');
    expect((await logoff(server, { path })).status).toBe(403);
    expect(isOver(server, AGENT)).toBe(false);
  });

  test.for([
    ['/', null],
    ['*', null],
    [`//engagement/api/agent/${SITE}/v1/logoff`, null],
    [`/engagement/api/agent/${SITE}/v1/logoff/`, null],
    [`/engagement/api/agent/${SITE}/x/../v1/logoff`, null],
    [`/Engagement/api/agent/${SITE}/v1/logoff`, null],
    ['/engagement/api/agent/%zz/v1/logoff', null],
    ['/engagement/api/agent/__proto__/v1/logoff', 'logoff'],
    ['/engagement/api/agent/a%2Fb/v1/logoff', 'logoff'],
    [LOGOFF.replace('agent', 'consumer'), null],
    ['/practice/sessions', null],
  ] as const)('404 with a JSON body for %s', async ([path, call], { server }) => {
    const answer = await logoff(server, { path });
    expect(answer).toMatchObject({ status: 404, json: { exceptionCode: 'NOT_FOUND' } });
    expect(server.received[0]).toMatchObject({ call, target: path, status: 404 });
  });

  test('404 for another method', async ({ server }) => {
    expect((await logoff(server, { method: 'PUT' })).status).toBe(404);
    expect(server.received[0]).toMatchObject({
      method: 'PUT',
      problems: ['the method is PUT; the API pages have POST'],
    });
  });
});

describe('sites', () => {
  test('any name can be one path segment', async ({ server }) => {
    const fqSiteName = 'a/b c%ü';
    server.addAgent({ fqSiteName, accountId: '12', sessionId: 'odd' });
    const path = `/engagement/api/agent/${encodeURIComponent(fqSiteName)}/v1/logoff`;
    expect((await logoff(server, { path, headers: { 'X-JSESSIONID': 'odd' } })).status).toBe(200);
  });
});

describe('adding sessions', () => {
  test('an id that is held cannot be added again until it is over', async ({ server }) => {
    const again = (): void =>
      server.addAgent({ fqSiteName: SITE, accountId: '12', sessionId: AGENT });
    expect(again).toThrow('is there already');
    await logoff(server);
    again();
    expect((await logoff(server)).status).toBe(200);
    expect(server.sessions.map(({ over }) => over)).toEqual([true, false, true]);
  });
});

describe('connections', () => {
  test('are kept alive', async ({ server }) => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const ports = new Set<number | undefined>();
    agent.on('free', (socket: Socket) => ports.add(socket.localPort));
    for (const status of [200, 403, 403]) {
      expect((await logoff(server, {}, agent)).status).toBe(status);
    }
    agent.destroy();
    expect(ports.size).toBe(1);
  });

  test('requests sent in one go are answered in order', async ({ server }) => {
    const socket = await dial(server);
    socket.setEncoding('latin1');
    socket.write(rawLogoff() + rawLogoff());
    let answers = '';
    for await (const piece of socket as AsyncIterable<string>) {
      answers += piece;
      if (answers.includes('SESSION_NOT_FOUND')) break;
    }
    const statuses = [...answers.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status);
    expect(statuses).toEqual(['200', '403']);
  });

  test('a request that is broken off never came in', async ({ server }) => {
    for (const part of ['', 'POST ', rawLogoff().slice(0, -5)]) {
      const socket = await dial(server);
      socket.write(part);
      socket.resetAndDestroy();
    }
    const halfClosed = await dial(server);
    halfClosed.end(rawLogoff().slice(0, -5));
    await ending(halfClosed);
    const garbage = await dial(server);
    garbage.write('\0\r\n\r\n');
    await ending(garbage);
    expect(server.received).toEqual([]);
    expect((await logoff(server)).status).toBe(200);
  });

  test('a request whose client has gone is acted on all the same', async ({ start }) => {
    const server = await start({ processingMs: 50 });
    const socket = await dial(server);
    socket.write(rawLogoff());
    await server.waitForRequest();
    socket.resetAndDestroy();
    await server.waitUntilOver(AGENT);
    expect(server.received).toMatchObject([{ status: null, fault: null }]);
  });

  test('a request whose client leaves right after sending it is acted on', async ({ server }) => {
    const socket = await dial(server);
    socket.write(rawLogoff(), () => socket.destroy());
    await server.waitUntilOver(AGENT);
  });

  test('close breaks them all and can be called twice', async ({ start }) => {
    const server = await start();
    server.fault({ fault: { kind: 'hang' } });
    const idle = await dial(server);
    const partial = await dial(server);
    const hanging = await dial(server);
    partial.write('POST / HTTP/1.1\r\n');
    hanging.write(rawLogoff());
    await server.waitForRequest();
    const waiting = expect(server.waitUntilOver(AGENT)).rejects.toThrow('was closed');
    const ends = Promise.all([idle, partial, hanging].map(ending));
    await Promise.all([server.close(), server.close()]);
    await Promise.all([ends, waiting]);
  });

  test('go over TLS when there is a key', async ({ start }) => {
    const server = await start({ tls: SELF_SIGNED });
    expect(server.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
    const call = async (): Promise<number | undefined> => {
      const { promise, resolve, reject } = deferred<IncomingMessage>();
      const outgoing = httpsRequest(
        server.url + LOGOFF,
        {
          method: 'POST',
          ca: SELF_SIGNED.cert,
          agent: false,
          headers: { 'Content-Type': JSON_TYPE, 'X-AID': '12', 'X-JSESSIONID': AGENT },
        },
        resolve,
      );
      outgoing.on('error', reject);
      outgoing.end('{"forceLogoff":true}');
      const response = await promise;
      response.resume();
      return response.statusCode;
    };
    server.fault({ fault: { kind: 'reset', when: 'before' }, times: 1 });
    await expect(call()).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(isOver(server, AGENT)).toBe(false);
    expect(await call()).toBe(200);
  });
});

describe('what came in', () => {
  test('is kept in full', async ({ server }) => {
    const before = Date.now();
    const socket = await dial(server);
    const body = '{"forceLogoff":false,"note":"ü"}';
    socket.write(rawLogoff(body));
    const request = await server.waitForRequest();
    expect(request).toEqual({
      at: expect.any(Number),
      monotonicMs: expect.any(Number),
      call: 'logoff',
      method: 'POST',
      target: LOGOFF,
      httpVersion: '1.1',
      rawHeaders: expect.arrayContaining(['X-AID', '12', 'X-JSESSIONID', AGENT]),
      body,
      sessionId: AGENT,
      pool: '297:1',
      createdSessionId: null,
      forced: false,
      problems: ['the API pages have no field "note"'],
      status: null,
      answeredAt: null,
      fault: null,
    });
    expect(request.at).toBeGreaterThanOrEqual(before);
    expect(Math.abs(request.monotonicMs - request.at)).toBeLessThan(60_000);
    await once(socket, 'data');
    expect(request.status).toBe(200);
    expect(request.answeredAt).toBeGreaterThanOrEqual(request.at);
    socket.destroy();
  });

  test('can be waited for, before and after it came', async ({ server }) => {
    const coming = server.waitForRequest((request) => request.call === 'concludeEngagement');
    await logoff(server);
    await conclude(server);
    expect(await coming).toBe(server.received[1]);
    expect(await server.waitForRequest()).toBe(server.received[0]);
    expect(await server.waitForRequest(undefined, { after: 1 })).toBe(server.received[1]);

    const third = server.waitForRequest(({ status }) => status === 403, { after: 2 });
    await logoff(server);
    expect(await third).toBe(server.received[2]);
  });

  test('is told when nothing that matches comes', async ({ server }) => {
    await logoff(server);
    const waiting = server.waitForRequest(() => false, { timeoutMs: 20 });
    await expect(waiting).rejects.toThrow(/^no request matched within 20 ms; 1 came/);
    await expect(server.waitForRequest(undefined, { after: 1, timeoutMs: 1 })).rejects.toThrow(
      'none came from index 1 on',
    );
    await expect(waiting).rejects.not.toThrow(AGENT);
    const broken = server.waitForRequest(() => {
      throw new Error('broken matcher');
    });
    await expect(broken).rejects.toThrow('broken matcher');
  });

  test('waiting for a session to be over', async ({ server }) => {
    const over = server.waitUntilOver(AGENT);
    await logoff(server);
    await over;
    await server.waitUntilOver(AGENT);
    await expect(server.waitUntilOver(ENGAGEMENT, 10)).rejects.toThrow('was not over within 10 ms');
    await expect(server.waitUntilOver('nobody')).rejects.toThrow('there is no session nobody');
  });
});

describe('fault', () => {
  test('delay: the right answer later, and the session ends with it', async ({ server }) => {
    server.fault({ fault: { kind: 'delay', ms: 80 } });
    const answer = logoff(server);
    await server.waitForRequest();
    expect(isOver(server, AGENT)).toBe(false);
    const { status, json } = await answer;
    const { serviceStartTime = 0, serviceFinishTime = 0 } = json as Record<string, number>;
    expect(status).toBe(200);
    expect(serviceFinishTime - serviceStartTime).toBeGreaterThanOrEqual(78);
    expect(isOver(server, AGENT)).toBe(true);
    expect(server.received[0]).toMatchObject({ status: 200, fault: 'delay' });
  });

  test('hang: no answer, and only `processed` ends the session', async ({ server }) => {
    server.fault({ fault: { kind: 'hang' }, times: 1 });
    server.fault({ fault: { kind: 'hang', processed: true } });
    const first = await dial(server);
    first.write(rawLogoff());
    await server.waitForRequest();
    expect(isOver(server, AGENT)).toBe(false);
    const second = await dial(server);
    second.write(rawLogoff());
    await server.waitUntilOver(AGENT);
    expect(server.received.map(({ status, fault }) => [status, fault])).toEqual([
      [null, 'hang'],
      [null, 'hang'],
    ]);
    expect([first.bytesRead, second.bytesRead]).toEqual([0, 0]);
    expect([first.destroyed, second.destroyed]).toEqual([false, false]);
    first.destroy();
    second.destroy();
  });

  test.for([
    ['before', false],
    ['after', true],
  ] as const)('reset %s: over is %s', async ([when, over], { server }) => {
    server.fault({ fault: { kind: 'reset', when } });
    const socket = await dial(server);
    const ended = ending(socket);
    socket.write(rawLogoff());
    expect(await ended).toBe('ECONNRESET');
    expect(socket.bytesRead).toBe(0);
    expect(isOver(server, AGENT)).toBe(over);
    expect(server.received[0]).toMatchObject({ status: null, fault: 'reset' });
  });

  test('drip: the right answer in small pieces', async ({ server }) => {
    server.fault({ fault: { kind: 'drip', bytesPerSecond: 2000 } });
    const response = await open(server, {
      headers: { 'Content-Type': JSON_TYPE, 'X-AID': '12', 'X-JSESSIONID': AGENT },
      body: '{"forceLogoff":true}',
    });
    expect(isOver(server, AGENT)).toBe(true);
    const pieces: string[] = [];
    for await (const piece of response) pieces.push(String(piece));
    expect(pieces.length).toBeGreaterThan(1);
    expect(JSON.parse(pieces.join(''))).toMatchObject({ chatSystemError: null });
  });

  test('drip: survives a client that goes away', async ({ start }) => {
    const { promise: settled, resolve } = deferred<void>();
    const server = await start({ onSettled: () => resolve() });
    server.fault({ fault: { kind: 'drip', bytesPerSecond: 20 } });
    const socket = await dial(server);
    socket.write(rawLogoff());
    await once(socket, 'data');
    socket.resetAndDestroy();
    await settled;
    expect(server.received[0]).toMatchObject({ status: 200, fault: 'drip' });
  });

  const notActedOn: [fault: Fault, answer: Partial<Answer>][] = [
    [
      { kind: 'status', status: 503 },
      { status: 503, text: '' },
    ],
    [
      { kind: 'status', status: 200, body: 'ok', contentType: 'text/x-odd' },
      { status: 200, type: 'text/x-odd', text: 'ok' },
    ],
    [
      { kind: 'error', status: 500, code: 'UNKNOWN_EXCEPTION' },
      {
        status: 500,
        json: { exceptionCode: 'UNKNOWN_EXCEPTION', message: 'An unknown error has occurred.' },
      },
    ],
    [
      { kind: 'error', status: 403, code: 'constructor', message: 'No.' },
      { status: 403, json: { exceptionCode: 'constructor', message: 'No.' } },
    ],
    [
      { kind: 'html', status: 200 },
      { status: 200, type: 'text/html; charset=utf-8' },
    ],
    [
      { kind: 'empty', status: 502 },
      { status: 502, type: null, text: '' },
    ],
    [
      { kind: 'malformed' },
      { status: 200, type: 'application/json;charset=utf-8', json: undefined },
    ],
    [
      { kind: 'system-error', errorCondition: 'BUSY', text: 'Not now.' },
      {
        status: 200,
        json: expect.objectContaining({
          chatSystemError: { errorCondition: 'BUSY', text: 'Not now.', type: 'ERROR' },
          sequenceNumberString: '0',
        }),
      },
    ],
  ];
  test.for(notActedOn)('%j: the session goes on', async ([fault, expected], { server }) => {
    server.fault({ fault });
    expect(await logoff(server)).toMatchObject(expected);
    expect(isOver(server, AGENT)).toBe(false);
    expect(server.received[0]).toMatchObject({ status: expected.status, fault: fault.kind });
    server.clearFaults();
    expect((await logoff(server)).status).toBe(200);
  });

  test.for([200, 204])('empty %s: the session is ended', async (status, { server }) => {
    server.fault({ fault: { kind: 'empty', status } });
    expect(await logoff(server)).toEqual({ status, type: null, text: '', json: undefined });
    expect(isOver(server, AGENT)).toBe(true);
  });

  test.for([14, 1000, 3_000_000])('oversized: JSON of %d bytes', async (bytes, { server }) => {
    server.fault({ fault: { kind: 'oversized', bytes } });
    const { status, text, json } = await logoff(server);
    expect([status, text.length, typeof json]).toEqual([200, bytes, 'object']);
    expect(isOver(server, AGENT)).toBe(false);
  });

  test('oversized: survives a client that cuts it off', async ({ start }) => {
    const { promise: settled, resolve } = deferred<void>();
    const server = await start({ onSettled: () => resolve() });
    server.fault({ fault: { kind: 'oversized', bytes: 2 ** 30 } });
    const socket = await dial(server);
    socket.write(rawLogoff());
    await once(socket, 'data');
    socket.destroy();
    await settled;
    expect(server.received[0]).toMatchObject({ status: 200, fault: 'oversized' });
  });

  test('redirect', async ({ server }) => {
    const location = 'https://login.example.com/?next=/';
    server.fault({ fault: { kind: 'redirect', location }, times: 1 });
    server.fault({ fault: { kind: 'redirect', location, status: 307 } });
    for (const status of [302, 307]) {
      const response = await open(server, {});
      expect([response.statusCode, response.headers.location]).toEqual([status, location]);
      response.resume();
    }
  });

  test('refuse-unless-forced', async ({ server }) => {
    server.fault({ fault: { kind: 'refuse-unless-forced' }, times: 1 });
    expect(await logoff(server, { body: '{"forceLogoff":false}' })).toMatchObject({
      status: 200,
      json: { chatSystemError: { errorCondition: expect.any(String) } },
    });
    expect(isOver(server, AGENT)).toBe(false);
    expect(await logoff(server)).toMatchObject({ status: 200, json: { chatSystemError: null } });
    expect(isOver(server, AGENT)).toBe(true);
    expect(server.received.map(({ fault }) => fault)).toEqual(['refuse-unless-forced', null]);
  });

  test('system-error and refusal give way to the right error', async ({ server }) => {
    server.fault({ fault: { kind: 'system-error', errorCondition: 'BUSY', text: 'Not now.' } });
    expect((await logoff(server, { headers: { 'X-JSESSIONID': 'nobody' } })).status).toBe(403);
    expect((await logoff(server, { body: '{}' })).status).toBe(400);
  });
});

describe('fault rules', () => {
  const unavailable: Fault = { kind: 'status', status: 503 };

  test('are for a call or a session', async ({ server }) => {
    server.fault({ fault: unavailable, call: 'logoff', sessionId: AGENT });
    expect((await conclude(server)).status).toBe(200);
    expect((await logoff(server, { headers: { 'X-JSESSIONID': 'nobody' } })).status).toBe(403);
    expect((await logoff(server)).status).toBe(503);
    expect((await logoff(server, { path: '/' })).status).toBe(404);
  });

  test('are played in the order they were added, each so many times', async ({ server }) => {
    server.fault({ fault: unavailable, times: 2 });
    server.fault({ fault: { kind: 'status', status: 500 }, times: 1 });
    const statuses: number[] = [];
    for (let call = 0; call < 4; call += 1) statuses.push((await logoff(server)).status);
    expect(statuses).toEqual([503, 503, 500, 200]);
  });

  test('can be taken away', async ({ server }) => {
    const remove = server.fault({ fault: unavailable });
    expect((await logoff(server)).status).toBe(503);
    remove();
    remove();
    expect((await logoff(server)).status).toBe(200);
  });

  test('that make no sense are not taken', ({ server }) => {
    expect(() => server.fault({ fault: { kind: 'status', status: 100 } })).toThrow();
    expect(() => server.fault({ fault: unavailable, times: 0 })).toThrow();
    expect(() => server.fault({ fault: { kind: 'redirect', location: 'a\r\nb' } })).toThrow();
  });
});

interface Standalone {
  child: ChildProcessWithoutNullStreams;
  /** The lines printed so far. */
  lines: string[];
  /** Resolves with the first line, printed or to come, that matches. */
  line: (pattern: RegExp) => Promise<string>;
}

function spawnStandalone(args: string[]): Standalone {
  const main = fileURLToPath(new URL('../../simulator/main.ts', import.meta.url));
  const child = spawn(process.execPath, [main, ...args]);
  const lines: string[] = [];
  const reader = createInterface(child.stdout);
  reader.on('line', (line) => lines.push(line));
  return {
    child,
    lines,
    async line(pattern) {
      for (;;) {
        const found = lines.find((line) => pattern.test(line));
        if (found !== undefined) return found;
        if (child.exitCode !== null) throw new Error(`exited with ${child.exitCode}`);
        await once(reader, 'line', { signal: AbortSignal.timeout(10_000) });
      }
    },
  };
}

describe('standalone', () => {
  const withProcess = base.extend<{ standalone: Standalone & { url: string } }>({
    // oxlint-disable-next-line no-empty-pattern -- vitest reads the names of what a fixture needs from it
    standalone: async ({}, use) => {
      const standalone = spawnStandalone(['--port', '0']);
      const [url = ''] = /http:\S+/.exec(await standalone.line(/^Practice server at/)) ?? [];
      // The last line of how to use it.
      await standalone.line(/^Requests:$/);
      await use({ ...standalone, url });
      if (standalone.child.exitCode === null && standalone.child.signalCode === null) {
        standalone.child.kill('SIGKILL');
        await once(standalone.child, 'exit');
      }
    },
  });

  async function practice(
    url: string,
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ status: number; json: unknown }> {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const response = await fetch(`${url}/practice/${path}`, {
      method,
      ...(text === undefined ? {} : { body: text }),
    });
    return { status: response.status, json: parse(await response.text()) };
  }

  withProcess('is scripted through its control API', async ({ standalone: { url, line } }) => {
    const session = { kind: 'agent', fqSiteName: SITE, accountId: '12', sessionId: AGENT };
    expect(await practice(url, 'POST', 'sessions', session)).toEqual({
      status: 201,
      json: { ...session, over: false, overAt: null },
    });
    const rule = { fault: { kind: 'status', status: 503 }, sessionId: AGENT };
    expect(await practice(url, 'POST', 'faults', rule)).toEqual({ status: 201, json: rule });

    const call = async (): Promise<number> => {
      const response = await fetch(url + LOGOFF, {
        method: 'POST',
        headers: { 'Content-Type': JSON_TYPE, 'X-AID': '12', 'X-JSESSIONID': AGENT },
        body: '{"forceLogoff":true}',
      });
      return response.status;
    };
    expect(await call()).toBe(503);
    expect((await practice(url, 'DELETE', 'faults')).status).toBe(204);
    expect(await call()).toBe(200);

    const { json: sessions } = await practice(url, 'GET', 'sessions');
    expect(sessions).toContainEqual({ ...session, over: true, overAt: expect.any(Number) });
    expect((sessions as unknown[]).length).toBeGreaterThan(1);
    expect((await practice(url, 'GET', 'received')).json).toMatchObject([
      { status: 503, fault: 'status', sessionId: AGENT },
      { status: 200, fault: null },
    ]);
    const logged = await line(/-> 503/);
    expect(logged).toMatch(/POST \S+ session node… forced -> 503 \(fault: status\)$/);
    await line(/-> 200$/);
  });

  withProcess('names every problem of bad input', async ({ standalone: { url } }) => {
    const problems = async (path: string, body: unknown): Promise<unknown> => {
      const answer = await practice(url, 'POST', path, body);
      expect(answer.status).toBe(400);
      return (answer.json as { problems: unknown }).problems;
    };
    expect(await problems('faults', '{')).toEqual(['the body is not JSON']);
    expect(await problems('faults', { fault: { kind: 'explode' } })).toEqual([
      expect.stringMatching(
        /^fault\.kind: must be one of delay, hang, .*refuse-unless-forced, unknown-session, case$/,
      ),
    ]);
    expect(
      await problems('faults', { fault: { kind: 'delay', ms: -1, s: 1 }, times: 0, call: 'x' }),
    ).toEqual([
      expect.stringMatching(/^fault\.ms: /),
      expect.stringMatching(/^fault: .*"s"/),
      expect.stringMatching(/^call: /),
      expect.stringMatching(/^times: /),
    ]);
    expect(await problems('sessions', { kind: 'robot' })).toEqual([
      'kind: must be one of agent, engagement',
    ]);
    expect(await problems('sessions', { kind: 'engagement', fqSiteName: '' })).toEqual([
      'fqSiteName: must not be empty',
      expect.stringMatching(/^sessionId: /),
      expect.stringMatching(/^pool: /),
    ]);
    const { json } = await practice(url, 'GET', 'sessions');
    const [{ over: _over, overAt: _overAt, ...held }] = json as [Record<string, unknown>];
    expect(await problems('sessions', held)).toEqual([
      'sessionId: is there already and is not over',
    ]);
    expect((await practice(url, 'PUT', 'sessions')).status).toBe(404);
  });

  withProcess('prints curl lines that work', async ({ standalone: { url, line } }) => {
    for (const [pattern, status] of [
      [/curl .*\/v1\/logoff/, 200],
      [/curl .*\/concludeEngagement/, 200],
      [/curl .*practice\/faults -d/, 201],
      [/curl .*practice\/sessions -d/, 201],
    ] as const) {
      const command = await line(pattern);
      const [target = ''] = /http:[^\s"]+/.exec(command) ?? [];
      const headers = [...command.matchAll(/-H "([^:]+): ([^"]+)"/g)].map(
        ([, name = '', value = '']): [string, string] => [name, value],
      );
      const body = /-d "(.*)"$/.exec(command)?.[1]?.replaceAll('\\"', '"') ?? '';
      expect(target.startsWith(url)).toBe(true);
      const response = await fetch(target, { method: 'POST', headers, body });
      expect([command, response.status]).toEqual([command, status]);
    }
  });

  withProcess.skipIf(process.platform === 'win32').for(['SIGINT', 'SIGTERM'] as const)(
    'stops cleanly on %s, with a request hanging',
    async (signal, { standalone: { url, child, line } }) => {
      await practice(url, 'POST', 'faults', { fault: { kind: 'hang' } });
      const hanging = expect(fetch(url + LOGOFF, { method: 'POST' })).rejects.toThrow();
      await line(/-> no answer \(fault: hang\)/);
      const exit = once(child, 'exit');
      child.kill(signal);
      expect(await exit).toEqual([0, null]);
      await hanging;
      await line(/^Practice server stopped\.$/);
    },
  );

  test('says in one line that the port is taken', async ({ server }) => {
    const { port } = new URL(server.url);
    const { child } = spawnStandalone(['--port', port]);
    const [errors, [code]] = await Promise.all([readText(child.stderr), once(child, 'exit')]);
    expect(code).toBe(1);
    expect(errors).toMatch(new RegExp(`^Port ${port} on 127\\.0\\.0\\.1 is taken\\..*\\n$`));
  });

  test('says with --help what of it is invented', async () => {
    const { child } = spawnStandalone(['--help']);
    const [help, [code]] = await Promise.all([readText(child.stdout), once(child, 'exit')]);
    expect(code).toBe(0);
    for (const words of ['--times epoch|iso|offset', '--error-body exception|', 'is invented:']) {
      expect(help).toContain(words);
    }
  });

  test('writes times and error bodies as its command line says', async () => {
    const { child, line } = spawnStandalone(['--port=0', '--times=offset', '--error-body=detail']);
    const [url = ''] = /http:\S+/.exec(await line(/^Practice server at/)) ?? [];
    const call = async (): Promise<unknown> => {
      const response = await fetch(url + LOGOFF, {
        method: 'POST',
        headers: { 'Content-Type': JSON_TYPE, 'X-AID': '12', 'X-JSESSIONID': 'node01demoagentone' },
        body: '{"forceLogoff":true}',
      });
      return response.json();
    };
    expect(await call()).toMatchObject({ serviceStartTime: expect.stringMatching(/\+05:30$/) });
    expect(await call()).toEqual({ detail: UNKNOWN_SESSION });
    const exit = once(child, 'exit');
    child.kill();
    await exit;
  });

  test.for([
    ['--port', '70000'],
    ['--port', 'x'],
    ['--times', 'local'],
    ['--error-body', 'xml'],
    ['--prot', '1'],
    ['stray'],
  ])('turns down %j', async (args) => {
    const { child } = spawnStandalone(args);
    const [errors, [code]] = await Promise.all([readText(child.stderr), once(child, 'exit')]);
    expect(code).toBe(2);
    expect(errors).toContain('usage: ');
  });
});
