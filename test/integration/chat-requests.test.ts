import { describe, expect, test } from 'vitest';
import { createAgentSession, getMessages, setActivityStatus } from '../../main/chat/agent-api.ts';
import { agentToken, serviceSettings } from '../../main/chat/site-api.ts';
import { createEndSession } from '../../main/signoff/end-session.ts';
import { concludeAt, logoffAt } from '../support/chat-calls.ts';
import {
  allClosed,
  answerWith,
  httpReply,
  listenRaw,
  listenRawTls,
  practise,
} from '../support/chat-servers.ts';
import { transportOver } from '../support/network.ts';
import { SAMPLE } from '../support/samples.ts';
import { trustAnybody } from '../support/tls.ts';

interface RawRequest {
  readonly requestLine: string;
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/** What of a call goes over the wire, byte for byte. */
async function requestOf(call: (server: string) => Promise<unknown>): Promise<RawRequest> {
  const received: Buffer[] = [];
  const server = await listenRaw((socket, first) => {
    const take = (bytes: Buffer): void => {
      received.push(bytes);
      const text = Buffer.concat(received).toString();
      const length = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? 0);
      const bodyStart = text.indexOf('\r\n\r\n') + 4;
      if (bodyStart > 3 && Buffer.byteLength(text) >= bodyStart + length)
        socket.end(httpReply(200, '{}'));
    };
    socket.on('data', take);
    take(first);
  });
  await call(server.url);
  const [head = '', body = ''] = Buffer.concat(received).toString().split('\r\n\r\n');
  const [requestLine = '', ...lines] = head.split('\r\n');
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(': ');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 2)];
  });
  expect(headers.length, 'no header is sent twice').toBe(new Map(headers).size);
  return { requestLine, headers: new Map(headers), body };
}

describe('logoff', () => {
  test("sends the request line of the page's sample, with the pool's colon as it is", async () => {
    const { requestLine } = await requestOf((server) => logoffAt(server));
    expect(requestLine).toBe(
      'POST /engagement/api/agent/day001_221100_sql_001h/v1/logoff?pool=297:1 HTTP/1.1',
    );
  });

  test("sends the body of the page's sample byte for byte", async () => {
    const { body } = await requestOf((server) => logoffAt(server));
    expect(body).toBe(SAMPLE.logoffBody);
  });

  test("sends the headers of the page's sample with their exact values", async () => {
    const { headers } = await requestOf((server) => logoffAt(server));
    expect(headers.get('content-type')).toBe('application/json; charset=UTF-8');
    expect(headers.get('x-aid')).toBe('12');
    expect(headers.get('x-jsessionid')).toBe('node01h8m13tljpm7ns8nayp0pid91');
  });

  test('sends no other header than those it needs', async () => {
    const { headers } = await requestOf((server) => logoffAt(server));
    expect([...headers.keys()].toSorted()).toEqual([
      'accept',
      'accept-encoding',
      'connection',
      'content-length',
      'content-type',
      'host',
      'user-agent',
      'x-aid',
      'x-jsessionid',
    ]);
  });

  test('asks for a reply that is not compressed', async () => {
    const { headers } = await requestOf((server) => logoffAt(server));
    expect(headers.get('accept-encoding')).toBe('identity');
  });

  test('keeps the session id out of the request line and the body', async () => {
    const { requestLine, body } = await requestOf((server) => logoffAt(server));
    expect(requestLine + body).not.toContain(SAMPLE.agent.sessionId);
  });

  test('sends no query where the pool is not known', async () => {
    const { requestLine } = await requestOf((server) => logoffAt(server, { pool: null }));
    expect(requestLine).toBe(
      'POST /engagement/api/agent/day001_221100_sql_001h/v1/logoff HTTP/1.1',
    );
  });

  test.for([true, false])('says forceLogoff %s as a boolean', async (forceLogoff) => {
    const { body } = await requestOf((server) => logoffAt(server, { forceLogoff }));
    expect(JSON.parse(body)).toMatchObject({ forceLogoff });
  });

  test.for([0n, 2n ** 53n + 1n, 2n ** 63n - 1n, -(2n ** 63n)])(
    'sends sequence number %s digit for digit',
    async (sequenceNumber) => {
      const { body } = await requestOf((server) => logoffAt(server, { sequenceNumber }));
      expect(body).toContain(`"sequenceNumber" : ${sequenceNumber},`);
    },
  );

  test.for([
    [
      'sdi_11_20_18_2022_21-3586727808788512-Fusion',
      'sdi_11_20_18_2022_21-3586727808788512-Fusion',
    ],
    ['a/b?c#d', 'a%2Fb%3Fc%23d'],
    ['../v1', '..%2Fv1'],
    ['%2e%2e', '%252e%252e'],
    ['Zürich 1', 'Z%C3%BCrich%201'],
    ['a\\b;c', 'a%5Cb%3Bc'],
  ])('sends site %j as the one path segment %s', async ([fqSiteName = '', segment]) => {
    const { requestLine } = await requestOf((server) => logoffAt(server, { fqSiteName }));
    expect(requestLine).toBe(`POST /engagement/api/agent/${segment}/v1/logoff?pool=297:1 HTTP/1.1`);
  });

  test.for([
    ['1&admin=1', '1%26admin%3D1'],
    ['a+b', 'a%2Bb'],
    ['1#2', '1%232'],
    ['%3A', '%253A'],
    ['a:b:c', 'a:b:c'],
  ])('sends pool %j as the one query value %s', async ([pool = '', value]) => {
    const { requestLine } = await requestOf((server) => logoffAt(server, { pool }));
    expect(requestLine.split('?')[1]).toBe(`pool=${value} HTTP/1.1`);
  });

  test('breaks no rule of the API page, by the practice server', async () => {
    const server = await practise();
    await logoffAt(server.url);
    expect(server.received).toMatchObject([{ call: 'logoff', problems: [], status: 200 }]);
  });
});

describe('concludeEngagement', () => {
  test("sends the request line of the page's sample, with the pool's colon as it is", async () => {
    const { requestLine } = await requestOf((server) => concludeAt(server));
    expect(requestLine).toBe(
      'POST /engagement/api/consumer/day119_181100_sql_238h/v1/concludeEngagement?pool=297:1 HTTP/1.1',
    );
  });

  test("sends the body of the page's sample byte for byte", async () => {
    const { body } = await requestOf((server) => concludeAt(server));
    expect(body).toBe('{}');
  });

  test("sends the headers of the page's sample with their exact values", async () => {
    const { headers } = await requestOf((server) => concludeAt(server));
    expect(headers.get('content-type')).toBe('application/json; charset=UTF-8');
    expect(headers.get('sessionid')).toBe('192hyto5qomm8r8rpzzmuzsa6');
  });

  test('sends none of the headers of an agent', async () => {
    const { headers } = await requestOf((server) => concludeAt(server));
    expect([...headers.keys()].filter((name) => name.startsWith('x-'))).toEqual([]);
  });

  test('breaks no rule of the API page, by the practice server', async () => {
    const server = await practise();
    await concludeAt(server.url);
    expect(server.received).toMatchObject([
      { call: 'concludeEngagement', problems: [], status: 200 },
    ]);
  });
});

describe('the call that ends a held session', () => {
  const endSession = createEndSession(transportOver());
  const held = {
    id: 'held-1',
    label: 'Ann',
    heldSince: 0,
    lastSequenceNumber: 2,
    login: null,
    startedHere: false,
  };
  const request = { forced: true, sequenceNumber: 3, timeCreated: 1618317020415 };
  const { signal } = new AbortController();

  test.for([true, false])(
    "is the page's logoff for an agent session, forced: %s",
    async (forced) => {
      const sent = await requestOf((server) =>
        endSession(
          { ...held, kind: 'agent', server, ...SAMPLE.agent },
          { ...request, forced },
          signal,
        ),
      );
      expect(sent.requestLine).toContain('/agent/day001_221100_sql_001h/v1/logoff?pool=297:1');
      expect([sent.headers.get('x-aid'), sent.headers.get('x-jsessionid')]).toEqual([
        SAMPLE.agent.accountId,
        SAMPLE.agent.sessionId,
      ]);
      expect(sent.body).toBe(SAMPLE.logoffBody.replace('false', String(forced)));
    },
  );

  test("is the page's concludeEngagement for an engagement", async () => {
    const sent = await requestOf((server) =>
      endSession({ ...held, kind: 'engagement', server, ...SAMPLE.engagement }, request, signal),
    );
    expect(sent.requestLine).toContain('/v1/concludeEngagement?pool=297:1');
    expect(sent.headers.get('sessionid')).toBe(SAMPLE.engagement.sessionId);
  });
});

describe('the calls of an agent session', () => {
  const { signal } = new AbortController();
  const { fqSiteName, pool, accountId, sessionId } = SAMPLE.agent;
  const request = (server: string) => ({
    address: { server, fqSiteName, pool },
    accountId,
    sessionId,
    sequenceNumber: 2n ** 53n + 1n,
    timeCreated: 1618317020415,
  });
  const session = [
    ['x-aid', accountId],
    ['x-jsessionid', sessionId],
  ] as const;

  test('getMessages is the session and the transaction, and nothing else', async () => {
    const sent = await requestOf((server) => getMessages(transportOver(), request(server), signal));
    expect(sent.requestLine).toBe(
      `POST /engagement/api/agent/${fqSiteName}/v1/getMessages?pool=297:1 HTTP/1.1`,
    );
    expect(sent.body).toBe(
      '{ "timeCreated" : 1618317020415, "sequenceNumber" : 9007199254740993 }',
    );
    for (const [name, value] of session) expect(sent.headers.get(name)).toBe(value);
  });

  test('setActivityStatus has the status and its reason', async () => {
    const sent = await requestOf((server) =>
      setActivityStatus(
        transportOver(),
        { ...request(server), status: 'UNAVAILABLE', subTypeId: -4 },
        signal,
      ),
    );
    expect(sent.requestLine).toBe(
      `POST /engagement/api/agent/${fqSiteName}/v1/setActivityStatus?pool=297:1 HTTP/1.1`,
    );
    expect(sent.body).toBe(
      '{ "timeCreated" : 1618317020415, "sequenceNumber" : 9007199254740993, "status" : "UNAVAILABLE", "subTypeId" : -4 }',
    );
    for (const [name, value] of session) expect(sent.headers.get(name)).toBe(value);
  });

  test('createAutomatedAgentSession has the token in a header, and no session yet', async () => {
    const sent = await requestOf((server) =>
      createAgentSession(
        transportOver(),
        { ...request(server), token: 'head.body.signature', logonOverride: true },
        signal,
      ),
    );
    expect(sent.requestLine).toBe(
      `POST /engagement/api/agent/${fqSiteName}/v1/createAutomatedAgentSession?pool=297:1 HTTP/1.1`,
    );
    expect(sent.body).toBe(
      '{ "timeCreated" : 1618317020415, "sequenceNumber" : 9007199254740993, "logonOverride" : true }',
    );
    expect([...sent.headers].filter(([name]) => /^(authorization|x-)/.test(name))).toEqual([
      ['authorization', 'Bearer head.body.signature'],
    ]);
  });
});

describe('the calls to the site', () => {
  const { signal } = new AbortController();
  const login = (site: string) => ({
    site,
    userName: 'ann',
    password: 'pä:ss word',
    applicationContext: 'Signoff practice',
  });
  /** As both calls have them, by the page on the cross-channel services. */
  const headers = [
    ['authorization', `Basic ${Buffer.from('ann:pä:ss word').toString('base64')}`],
    ['osvc-crest-application-context', 'Signoff practice'],
  ] as const;

  test('serviceSettings is a GET without a body', async () => {
    const sent = await requestOf((site) => serviceSettings(transportOver(), login(site), signal));
    expect(sent.requestLine).toBe(
      'GET /services/rest/crossChannelServices/latest/serviceSettings/1 HTTP/1.1',
    );
    for (const [name, value] of headers) expect(sent.headers.get(name)).toBe(value);
    expect([sent.body, sent.headers.has('content-type')]).toEqual(['', false]);
  });

  test('agentTokens is a POST with an empty body', async () => {
    const sent = await requestOf((site) => agentToken(transportOver(), login(site), signal));
    expect(sent.requestLine).toBe(
      'POST /services/rest/crossChannelServices/latest/agentTokens HTTP/1.1',
    );
    for (const [name, value] of headers) expect(sent.headers.get(name)).toBe(value);
    expect([sent.body, sent.headers.get('content-length')]).toEqual(['', '0']);
  });
});

describe('a server whose certificate nobody trusts', () => {
  /** What reached the server once the connection was encrypted. */
  async function reached(): Promise<{
    end: Awaited<ReturnType<typeof logoffAt>>;
    bytes: Buffer[];
  }> {
    const bytes: Buffer[] = [];
    const server = await listenRawTls((_socket, received) => bytes.push(received));
    const end = await logoffAt(server.url);
    await allClosed(server);
    return { end, bytes };
  }

  test('is turned down as a rejected certificate', async () => {
    const { end } = await reached();
    expect(end).toMatchObject({ kind: 'no-reply', fault: 'certificate-rejected' });
  });

  test('gets no byte of the request', async () => {
    const { bytes } = await reached();
    expect(bytes).toEqual([]);
  });

  test('B2: is turned down even where the environment says to trust anybody', async () => {
    trustAnybody();
    const { end, bytes } = await reached();
    expect(end).toMatchObject({ kind: 'no-reply', fault: 'certificate-rejected' });
    expect(bytes).toEqual([]);
  });
});

test('each request has a connection of its own, which is closed after it', async () => {
  const server = await answerWith(httpReply(200, '{}'));
  await logoffAt(server.url);
  await logoffAt(server.url);
  expect(server.connections).toHaveLength(2);
});
