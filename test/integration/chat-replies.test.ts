import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import path from 'node:path';
import { deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { CallEnd } from '../../main/chat/call-end.ts';
import { outcomeOf } from '../../main/signoff/outcome.ts';
import type { Outcome } from '../../main/results/receipt.ts';
import type { Fault } from '../../simulator/faults.ts';
import { TIME_FORMATS } from '../../simulator/replies.ts';
import type { PracticeServer } from '../../simulator/practice-server.ts';
import { appOnDisk } from '../support/app-on-disk.ts';
import { concludeAt, logoffAt, pollAt } from '../support/chat-calls.ts';
import {
  allClosed,
  answerWith,
  httpReply,
  listenRaw,
  listenRawTls,
  practise,
} from '../support/chat-servers.ts';
import { ELSEWHERE, redirectTo, type Trouble, TROUBLES } from '../support/matrix/faults.ts';
import { realWorld, virtualWorld, type World } from '../support/matrix/world.ts';
import fc from '../support/property.ts';
import { SAMPLE } from '../support/samples.ts';
import { agentSession } from '../support/sessions.ts';
import { MEMORY, tempFolder } from '../support/temp-folder.ts';

const MIB = 1024 * 1024;
const { sessionId } = SAMPLE.agent;

/** How a logoff ends that is answered with these bytes, and what that means. */
async function answered(reply: string | Buffer): Promise<CallEnd & { outcome: Outcome }> {
  const server = await answerWith(reply);
  const end = await logoffAt(server.url);
  return { ...end, outcome: outcomeOf(end).outcome };
}

const ENDED = { outcome: 'ended', error: null };

function json(fields: Record<string, unknown>): string {
  return JSON.stringify(fields);
}

describe('the practice server at its best', () => {
  test.for(TIME_FORMATS)('ends both kinds of session, with %s times', async (timeFormat) => {
    const server = await practise({ timeFormat });
    const ends = [await logoffAt(server.url), await concludeAt(server.url)];
    expect(ends.map(outcomeOf)).toEqual([ENDED, ENDED]);
    expect(server.sessions.map(({ over }) => over)).toEqual([true, true]);
    for (const [index, end] of ends.entries()) {
      const words = end.kind === 'success' ? end.words : null;
      const { overAt = 0 } = server.sessions[index] ?? {};
      // Some times have whole seconds only.
      expect(Math.abs((words?.serviceFinishTime ?? 0) - (overAt ?? 0))).toBeLessThan(1_000);
    }
  });

  test.for([
    ['exception', 'already-over'],
    ['detail', 'already-over'],
    ['oracle', 'already-over'],
    // Somebody else's page says nothing of the session.
    ['html', 'not-found'],
    // Nor does an empty one.
    ['empty', 'unconfirmed'],
  ] as const)(
    'says of a session that it does not know, with a body of the form %s: %s',
    async ([errorBody, outcome]) => {
      const server = await practise({ errorBody });
      const nobody = { sessionId: 'nobody' };
      const ends = [await logoffAt(server.url, nobody), await concludeAt(server.url, nobody)];
      expect(ends.map((end) => outcomeOf(end).outcome)).toEqual([outcome, outcome]);
    },
  );

  test('refuses to log off without force amid a chat', async () => {
    const server = await practise();
    server.routeChat({ staysOpen: true });
    const refused = await logoffAt(server.url, { forceLogoff: false });
    const forced = await logoffAt(server.url, { forceLogoff: true });
    expect([refused, forced].map((end) => outcomeOf(end).outcome)).toEqual(['refused', 'ended']);
  });

  test('says of a session that is over already that it does not know it', async () => {
    const server = await practise();
    await concludeAt(server.url);
    const end = await concludeAt(server.url);
    expect(outcomeOf(end)).toMatchObject({ outcome: 'already-over', error: { status: 403 } });
  });

  test("refuses another agent's account id, which is not the end of the session", async () => {
    const server = await practise();
    const end = await logoffAt(server.url, { accountId: '13' });
    expect(outcomeOf(end)).toMatchObject({
      outcome: 'refused',
      error: { code: 'ACCESS_DENIED', status: 403 },
    });
  });

  test('does not find a site that it does not have', async () => {
    const server = await practise();
    const end = await logoffAt(server.url, { fqSiteName: 'elsewhere' });
    expect(outcomeOf(end)).toMatchObject({ outcome: 'not-found', error: { status: 404 } });
  });

  test('repeats a sequence number past 2^53 digit for digit', async () => {
    const server = await practise();
    const end = await logoffAt(server.url, { sequenceNumber: 2n ** 63n - 1n });
    expect(end).toMatchObject({ words: { sequenceNumber: '9223372036854775807' } });
  });
});

/** A practice server of this world that holds the sessions of both samples, until the test is over. */
async function practiseIn(world: World): Promise<PracticeServer> {
  const server = await world.listen({ processingMs: 1 });
  onTestFinished(() => server.close());
  server.addAgent(SAMPLE.agent);
  server.addEngagement(SAMPLE.engagement);
  return server;
}

const WORLDS = [
  ['on sockets', () => realWorld(0)],
  ['in memory', virtualWorld],
] as const;

describe.for(WORLDS)('each fault of the practice server (%s)', ([, worldOf]) => {
  interface Case {
    readonly fault: Fault;
    readonly outcome: Outcome;
    readonly error: ReturnType<typeof outcomeOf>['error'];
    /** Whether the session is over on the server all the same. */
    readonly over?: boolean;
  }
  const cases: Case[] = [
    { fault: { kind: 'delay', ms: 20 }, outcome: 'ended', error: null, over: true },
    { fault: { kind: 'drip', bytesPerSecond: 1e6 }, outcome: 'ended', error: null, over: true },
    ...[200, 202, 204, 403].map((status): Case => ({
      fault: { kind: 'empty', status },
      outcome: 'unconfirmed',
      error: {
        code: 'NOT_CONFIRMED',
        message: `The answer ${status} does not say that the session is over.`,
        status,
      },
      over: status < 300,
    })),
    {
      fault: { kind: 'unknown-session' },
      outcome: 'already-over',
      error: {
        code: 'SESSION_NOT_FOUND',
        message: 'The agent session identifier is unknown.',
        status: 403,
      },
    },
    {
      fault: { kind: 'reset', when: 'before' },
      outcome: 'unreachable',
      error: {
        code: 'CONNECTION_BROKEN',
        message: expect.stringMatching('broke off'),
        status: null,
      },
    },
    {
      fault: { kind: 'reset', when: 'after' },
      outcome: 'unreachable',
      error: {
        code: 'CONNECTION_BROKEN',
        message: expect.stringMatching('broke off'),
        status: null,
      },
      over: true,
    },
    {
      fault: { kind: 'oversized', bytes: MIB + 1 },
      outcome: 'not-found',
      error: {
        code: 'REPLY_TOO_LARGE',
        message: expect.stringMatching('larger than 1 MiB'),
        status: 200,
      },
    },
    {
      fault: { kind: 'malformed' },
      outcome: 'not-found',
      error: { code: 'NOT_THIS_API', message: expect.stringMatching('not JSON'), status: 200 },
    },
    {
      fault: { kind: 'redirect', location: 'https://login.example.com/?next=/' },
      outcome: 'not-found',
      error: {
        code: 'NOT_THIS_API',
        message: 'The server redirects to login.example.com; redirects are not followed.',
        status: 302,
      },
    },
    {
      fault: { kind: 'system-error', errorCondition: 'BUSY', text: 'Not now.' },
      outcome: 'refused',
      error: { code: 'BUSY', message: 'Not now.', status: 200 },
    },
    {
      fault: { kind: 'refuse-unless-forced' },
      outcome: 'refused',
      error: {
        code: 'FORCE_LOGOFF_REQUIRED',
        message: expect.stringMatching(/Force/),
        status: 200,
      },
    },
    ...[200, 403].map((status): Case => ({
      fault: { kind: 'html', status },
      outcome: 'not-found',
      error: { code: 'NOT_THIS_API', message: expect.stringMatching('web page'), status },
    })),
    ...[400, 401].map((status): Case => ({
      fault: { kind: 'html', status },
      outcome: 'refused',
      error: { code: `HTTP_${status}`, message: expect.stringMatching(`${status}`), status },
    })),
    ...[404, 405, 410, 451].map((status): Case => ({
      fault: { kind: 'status', status },
      outcome: 'not-found',
      error: { code: `HTTP_${status}`, message: expect.stringMatching(`${status}`), status },
    })),
    ...[408, 425, 429, 500, 502, 503, 504].map((status): Case => ({
      fault: { kind: 'html', status },
      outcome: 'server-error',
      error: { code: `HTTP_${status}`, message: expect.stringMatching(`${status}`), status },
    })),
    ...[200, 400, 403, 500].flatMap((status): Case[] => [
      {
        fault: { kind: 'error', status, code: 'ACCESS_DENIED', message: 'No.' },
        outcome: 'refused',
        error: { code: 'ACCESS_DENIED', message: 'No.', status },
      },
      {
        fault: { kind: 'error', status, code: 'BAD_REQUEST', message: 'No.' },
        outcome: 'refused',
        error: { code: 'BAD_REQUEST', message: 'No.', status },
      },
      {
        fault: { kind: 'error', status, code: 'UNKNOWN_EXCEPTION', message: 'Oh.' },
        outcome: 'server-error',
        error: { code: 'UNKNOWN_EXCEPTION', message: 'Oh.', status },
      },
      {
        fault: { kind: 'error', status, code: 'INTERNAL_SERVER_ERROR', message: 'Oh.' },
        outcome: 'server-error',
        error: { code: 'INTERNAL_SERVER_ERROR', message: 'Oh.', status },
      },
    ]),
  ];
  test.for(cases)('$fault means $outcome', async ({ fault, outcome, error, over = false }) => {
    const world = worldOf();
    const server = await practiseIn(world);
    server.fault({ fault });
    const end = await world.until(logoffAt(server.url, { transport: world.transport }));
    expect(outcomeOf(end)).toEqual({ outcome, error });
    expect(server.sessions[0]?.over).toBe(over);
  });

  test.for<Fault>([{ kind: 'hang' }, { kind: 'drip', bytesPerSecond: 1 }])(
    '%j is given up as timed out when its signal says so',
    async (fault) => {
      const world = worldOf();
      const server = await practiseIn(world);
      server.fault({ fault });
      const giveUp = new AbortController();
      const { transport } = world;
      const ended = logoffAt(server.url, { transport, signal: giveUp.signal });
      await world.until(
        server.waitForRequest(({ status }) => fault.kind === 'hang' || status === 200),
      );
      giveUp.abort();
      expect(outcomeOf(await ended)).toEqual({
        outcome: 'timed-out',
        error: {
          code: 'TIMED_OUT',
          message: `${new URL(server.url).host} did not answer in time.`,
          status: null,
        },
      });
    },
  );
});

/** What the network in memory stands for, it may not drift from. */
describe('each fault of the matrices comes to the same in memory as on sockets', () => {
  /** Logs off once; what is told of it but for times and addresses, and what the server has on record. */
  async function logOffOnce(world: World, { fault, absence }: Trouble) {
    if (absence !== undefined) {
      const nobody = await world.nobody(absence);
      onTestFinished(() => nobody.close());
      const end = await world.until(logoffAt(nobody.url, { transport: world.transport }));
      return { told: tellable(end, nobody.url), outcome: outcomeOf(end).outcome, over: false };
    }
    const server = await practiseIn(world);
    if (fault !== undefined) server.fault({ fault: soon(fault) });
    const giveUp = new AbortController();
    const { transport } = world;
    const ended = logoffAt(server.url, { transport, signal: giveUp.signal });
    const isSlow = fault !== ELSEWHERE && fault?.kind === 'drip' && fault.bytesPerSecond < 100;
    const isSilent = fault !== ELSEWHERE && fault?.kind === 'hang';
    if (isSlow) await world.until(server.waitForRequest(({ status }) => status === 200));
    if (isSilent && fault.processed !== true) await world.until(server.waitForRequest());
    if (isSilent && fault.processed === true) {
      await world.until(server.waitUntilOver(SAMPLE.agent.sessionId));
    }
    if (isSlow || isSilent) giveUp.abort();
    const end = await world.until(ended);
    const [request] = server.received;
    return {
      told: tellable(end, server.url),
      outcome: outcomeOf(end).outcome,
      over: server.sessions[0]?.over,
      request: [request?.call, request?.problems, request?.status],
    };
  }

  function soon(fault: Fault | typeof ELSEWHERE): Fault {
    if (fault === ELSEWHERE) return redirectTo('http://127.0.0.1:9');
    return fault.kind === 'delay' ? { ...fault, ms: 20 } : fault;
  }

  function tellable(end: CallEnd, url: string): unknown {
    const { times: _, addresses: __, ...told } = end;
    const text = JSON.stringify(told).replaceAll(new URL(url).host, 'HOST');
    return JSON.parse(text.replace(/\d{13}/g, '0'));
  }

  test.for(Object.entries<Trouble>(TROUBLES))('%s', async ([, trouble]) => {
    const onSockets = await logOffOnce(realWorld(0), trouble);
    expect(onSockets).toMatchObject({ outcome: trouble.once, over: trouble.over });
    expect(await logOffOnce(virtualWorld(), trouble)).toEqual(onSockets);
  });
});

describe('an answer that does not come', () => {
  test('is waited for no longer than 10 s, whatever the budget', async () => {
    const { url, firstBytes } = await listenRaw(() => undefined);
    await expectTimeLimit(() => logoffAt(url), firstBytes, 10_000, { kind: 'timed-out' });
  });

  test('to a poll, which the server holds for 30 s, is waited for 40 s', async () => {
    const { url, firstBytes } = await listenRaw(() => undefined);
    await expectTimeLimit(() => pollAt(url), firstBytes, 40_000, {
      ok: false,
      end: { kind: 'timed-out' },
    });
  });

  test('is not waited for at all once its signal was aborted', async () => {
    const server = await answerWith(httpReply(200, '{}'));
    const end = await logoffAt(server.url, { signal: AbortSignal.abort() });
    expect([end.kind, end.times.sent, server.connections]).toEqual(['timed-out', null, []]);
  });

  test.for([
    ['is answered in plain HTTP', 'HTTP/1.1 400 Bad Request\r\n\r\n'],
    ['is broken off', null],
  ] as const)('where the TLS handshake %s, nothing was sent', async ([, answer]) => {
    const { url } = await listenRaw((socket) => {
      if (answer === null) socket.destroy();
      else socket.end(answer);
    });
    const end = await logoffAt(url.replace('http:', 'https:'));
    expect(end).toMatchObject({ kind: 'no-reply', fault: 'tls-failed', times: { sent: null } });
  });

  test('to the TLS handshake is waited for no longer than 2 s', async () => {
    const { url, firstBytes } = await listenRaw(() => undefined);
    await expectTimeLimit(() => logoffAt(url.replace('http:', 'https:')), firstBytes, 2_000, {
      kind: 'no-reply',
      fault: 'connect-timeout',
    });
  });

  /** The call, whose limits run on fake timers once the server has `reached`, ends just then. */
  async function expectTimeLimit(
    call: () => Promise<object>,
    reached: Promise<unknown>,
    limitMs: number,
    end: object,
  ): Promise<void> {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => {
      vi.useRealTimers();
    });
    let ended = false;
    const calling = call().finally(() => (ended = true));
    await reached;
    await vi.advanceTimersByTimeAsync(limitMs - 100);
    expect(ended).toBe(false);
    await vi.advanceTimersByTimeAsync(200);
    expect(await calling).toMatchObject(end);
  }
});

describe('a connection that cannot be made', () => {
  test('to a name that nobody has', async () => {
    const end = await logoffAt('http://does-not-exist.invalid');
    expect(end).toMatchObject({
      kind: 'no-reply',
      fault: 'name-not-found',
      message: 'The name of does-not-exist.invalid could not be looked up.',
    });
  });

  test('to a port that nobody listens on', async () => {
    const port = await closedPort();
    const end = await logoffAt(`http://127.0.0.1:${port}`);
    expect(end).toMatchObject({
      kind: 'no-reply',
      fault: 'connection-refused',
      message: `Nothing accepts connections at 127.0.0.1:${port}.`,
    });
  });

  test('by TLS to a server that has none', async () => {
    const { url } = await answerWith('HTTP/1.1 400 Bad Request\r\n\r\n');
    const end = await logoffAt(url.replace('http:', 'https:'));
    expect(outcomeOf(end).outcome).toBe('unreachable');
  });

  test('to a server whose certificate nobody trusts', async () => {
    const { url } = await listenRawTls(() => undefined);
    expect(outcomeOf(await logoffAt(url))).toMatchObject({
      outcome: 'unreachable',
      error: {
        code: 'CERTIFICATE_REJECTED',
        message: expect.stringMatching(/could not be trusted \(DEPTH_ZERO_SELF_SIGNED_CERT\)/),
      },
    });
  });

  test('has times, but none of the request or a reply', async () => {
    const { times } = await logoffAt(`http://127.0.0.1:${await closedPort()}`);
    expect(times).toMatchObject({ sent: null, received: null, phases: { firstByte: null } });
    expect(times.finished).toBeGreaterThanOrEqual(times.started);
  });

  async function closedPort(): Promise<number> {
    const server: Server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    server.close();
    await once(server, 'close');
    return typeof address === 'object' && address !== null ? address.port : 0;
  }
});

describe('a connection that breaks off', () => {
  const head = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n';
  test.for([
    ['without a word', ''],
    ['within the head', 'HTTP/1.1 200 OK\r\nConte'],
    ['before the length it promised', `${head}Content-Length: 50\r\n\r\n{"chatSystemError":null}`],
    ['within a chunk', `${head}Transfer-Encoding: chunked\r\n\r\n50\r\n{"chatSystemError":null}`],
    ['before the last chunk', `${head}Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n`],
  ])('%s is no answer', async ([, bytes = '']) => {
    expect(await answered(bytes)).toMatchObject({
      kind: 'no-reply',
      fault: 'connection-broken',
      outcome: 'unreachable',
    });
  });

  test('by a reset within the body is no answer', async () => {
    const server = await listenRaw((socket) => {
      socket.write(`${head}Content-Length: 50\r\n\r\n{`, () => socket.resetAndDestroy());
    });
    expect(await logoffAt(server.url)).toMatchObject({
      kind: 'no-reply',
      fault: 'connection-broken',
    });
  });
});

// The API's 403 says that the session is over; one of a proxy or firewall on the way does not.
test.for(['Access denied by the firewall.', '"SESSION_NOT_FOUND"', '{"exceptionCode":'])(
  'a 403 that says %j, which is no answer of this API, ends nothing',
  async (body) => {
    expect(await answered(httpReply(403, body))).toMatchObject({
      kind: 'not-this-api',
      status: 403,
      outcome: 'not-found',
    });
  },
);

describe('an answer that is not HTTP', () => {
  test.for([
    ['an SSH server', 'SSH-2.0-OpenSSH_9.6\r\n', null],
    ['a head larger than any', `HTTP/1.1 200 OK\r\nX: ${'a'.repeat(100_000)}\r\n\r\n`, null],
    ['two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}}', null],
    ['compressed with nothing', httpReply(200, '{}', ['Content-Encoding: gzip']), 200],
  ] as const)('(%s) is not this API', async ([, bytes, status]) => {
    expect(await answered(bytes)).toMatchObject({
      kind: 'not-this-api',
      status,
      outcome: 'not-found',
    });
  });
});

describe('the size of a reply', () => {
  const padded = (bytes: number): string => '{"chatLogoffResult":{}}'.padEnd(bytes, ' ');
  const untilClosed = (bytes: number): string => `HTTP/1.1 200 OK\r\n\r\n${padded(bytes)}`;

  test.for([
    ['with its length', httpReply(200, padded(MIB))],
    ['up to the close', untilClosed(MIB)],
  ] as const)('may be 1 MiB (%s)', async ([, reply]) => {
    expect((await answered(reply)).outcome).toBe('ended');
  });

  test.for([
    ['with its length', httpReply(200, padded(MIB + 1)), 200],
    ['up to the close', untilClosed(MIB + 1), 200],
    ['of an error', httpReply(500, padded(MIB + 1)), 500],
    ['compressed', httpReply(200, gzipSync(padded(20 * MIB)), ['Content-Encoding: gzip']), 200],
  ] as const)('may not be a byte more (%s)', async ([, reply, status]) => {
    expect(await answered(reply)).toMatchObject({
      kind: 'too-large',
      status,
      outcome: 'not-found',
    });
  });

  test('is not waited for to the end: an endless reply is cut off', async () => {
    const server = await listenRaw((socket) => {
      const more = (): void => {
        while (socket.writable && socket.write(padded(64 * 1024)));
      };
      socket.on('drain', more);
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      more();
    });
    expect(await logoffAt(server.url)).toMatchObject({ kind: 'too-large' });
    await allClosed(server);
  });
});

describe('a redirect', () => {
  test.for([301, 302, 303, 307, 308])('with %s is not followed', async (status) => {
    const target = await answerWith(httpReply(200, '{}'));
    const server = await answerWith(httpReply(status, '', [`Location: ${target.url}/elsewhere`]));
    const end = await logoffAt(server.url);
    expect(end).toMatchObject({ kind: 'not-this-api', status });
    expect(target.connections).toEqual([]);
  });

  test('within the same server is not followed either', async () => {
    const server = await answerWith(httpReply(302, '', ['Location: /elsewhere']));
    await logoffAt(server.url);
    expect(server.connections).toHaveLength(1);
  });

  test.for([
    ['no place', []],
    ['a place that cannot be', ['Location: http://[']],
    ['a place without a host', ['Location: mailto:it@example.com']],
    ['its session id as a host', [`Location: https://${sessionId}.example.com/`]],
  ] as const)('to %s is told without one', async ([, headers]) => {
    expect(await answered(httpReply(302, '', [...headers]))).toMatchObject({
      message: 'The server redirects elsewhere; redirects are not followed.',
    });
  });
});

describe('the words of a reply', () => {
  test("are read from the agent page's sample", async () => {
    expect(await answered(httpReply(200, SAMPLE.logoffReply))).toMatchObject({
      kind: 'success',
      words: {
        serviceStartTime: 1652100288206,
        serviceFinishTime: 1652100288249,
        clientId: '47',
        sequenceNumber: '3',
      },
    });
  });

  test("are read from the consumer page's sample", async () => {
    const server = await answerWith(httpReply(200, SAMPLE.concludeReply));
    expect(await concludeAt(server.url)).toMatchObject({
      kind: 'success',
      words: {
        serviceStartTime: Date.UTC(2018, 9, 23, 14, 14, 48, 63),
        serviceFinishTime: Date.UTC(2018, 9, 23, 14, 14, 48, 81),
        clientId: '34',
        sequenceNumber: '0',
      },
    });
  });

  test.for([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
  ] as const)('are read even where they come compressed with %s', async ([encoding, compress]) => {
    const reply = httpReply(200, compress(SAMPLE.logoffReply), [`Content-Encoding: ${encoding}`]);
    expect(await answered(reply)).toMatchObject({ kind: 'success', words: { clientId: '47' } });
  });

  test('are read behind a byte order mark', async () => {
    const reply = httpReply(200, `\ufeff${SAMPLE.logoffReply}`);
    expect(await answered(reply)).toMatchObject({ kind: 'success', words: { clientId: '47' } });
  });

  test('are read whatever type the server says they have', async () => {
    const body = SAMPLE.logoffReply;
    const reply = `HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
    expect(await answered(reply)).toMatchObject({ kind: 'success', words: { clientId: '47' } });
  });

  test('are null where an ended session comes with none', async () => {
    expect(await answered(httpReply(200, '{"chatLogoffResult":{}}'))).toMatchObject({
      kind: 'success',
      status: 200,
      words: {
        serviceStartTime: null,
        serviceFinishTime: null,
        clientId: null,
        sequenceNumber: null,
      },
    });
  });

  test('are at most 500 characters long where they are for people', async () => {
    const end = await answered(httpReply(500, json({ message: 'x'.repeat(100_000) })));
    expect(outcomeOf(end).error?.message).toHaveLength(500);
  });
});

describe('the reply as it came', () => {
  const replyTo = async (bytes: string | Buffer): Promise<CallEnd['reply']> =>
    (await answered(bytes)).reply;

  test('is there of a success', async () => {
    expect(await replyTo(httpReply(200, SAMPLE.concludeReply))).toEqual({
      status: 200,
      body: SAMPLE.concludeReply,
      cut: false,
    });
  });

  test.for([
    ['a refusal', 200, json({ chatSystemError: { errorCondition: 'BUSY' } })],
    ['an exception', 500, json({ exceptionCode: 'UNKNOWN_EXCEPTION' })],
    ['a page', 403, '<p>Blocked</p>'],
    ['nothing', 403, ''],
  ] as const)('is there of %s', async ([, status, body]) => {
    expect(await replyTo(httpReply(status, body))).toEqual({ status, body, cut: false });
  });

  test('is there of a redirect', async () => {
    const reply = httpReply(302, '<p>Moved</p>', ['Location: /elsewhere']);
    expect(await replyTo(reply)).toEqual({ status: 302, body: '<p>Moved</p>', cut: false });
  });

  test('is its first 4,000 characters where it is long', async () => {
    const body = '第'.repeat(4_001);
    expect(await replyTo(httpReply(500, body))).toEqual({
      status: 500,
      body: body.slice(1),
      cut: true,
    });
  });

  test('is only its status where it was too large to be read', async () => {
    expect(await replyTo(httpReply(200, ' '.repeat(MIB + 1)))).toEqual({
      status: 200,
      body: '',
      cut: true,
    });
  });

  test.for([
    ['what is not HTTP', 'SSH-2.0-OpenSSH_9.6\r\n'],
    ['a connection that broke off', 'HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{'],
  ])('is none of %s', async ([, bytes = '']) => {
    expect(await replyTo(bytes)).toBeNull();
  });

  test('is in the receipt', async () => {
    const server = await answerWith(httpReply(403, '<p>Blocked</p>'));
    const app = appOnDisk(tempFolder(MEMORY)).start();
    app.hold({ ...agentSession(), server: server.url });
    const { receipts } = await app.signOff('quit');
    expect(receipts.map(({ reply }) => reply)).toEqual([
      { status: 403, body: '<p>Blocked</p>', cut: false },
    ]);
  });
});

describe('the session id', () => {
  const echo = `Session ${sessionId} (${sessionId}) is unknown`;
  test.for([
    ['the message', 403, json({ exceptionCode: 'SESSION_NOT_FOUND', message: echo })],
    ['the detail', 500, json({ detail: echo })],
    ['the exception code', 500, json({ exceptionCode: sessionId })],
    ['the system error', 200, json({ chatSystemError: { errorCondition: 'NO', text: echo } })],
    ['the error condition', 200, json({ chatSystemError: { errorCondition: sessionId } })],
    ['the error type', 200, json({ chatSystemError: { type: sessionId } })],
    ['a system error of text', 200, json({ chatSystemError: echo })],
    ['a page', 200, `<p>${echo}</p>`],
    ['text', 500, echo],
    ['text under 200', 200, echo],
    ['malformed JSON', 200, `{"sessionId":"${sessionId}`],
    [
      'other fields',
      200,
      json({ sessionId, clientId: sessionId, sequenceNumberString: sessionId }),
    ],
    ['times', 200, json({ serviceStartTime: sessionId, serviceFinishTime: [sessionId] })],
  ] as const)(
    'is not in what is told of a reply that repeats it in %s',
    async ([, status, body]) => {
      const end = await answered(httpReply(status, body));
      expect(JSON.stringify(end).toLowerCase()).not.toContain(sessionId);
    },
  );

  test('stays recognisable in the message, masked', async () => {
    const end = await answered(httpReply(403, json({ message: echo })));
    expect(outcomeOf(end).error?.message).toBe('Session node… (node…) is unknown');
  });

  test('is not in a message that would be cut off within it', async () => {
    const message = `${'x'.repeat(490)}${sessionId}`;
    const end = await answered(httpReply(500, json({ message })));
    expect(JSON.stringify(end)).not.toContain(sessionId.slice(0, 6));
  });
});

test('a session id that a server repeats, in whatever form, is in no receipt on the disk', async () => {
  const forms: readonly ((secret: string) => string)[] = [
    (secret) => secret,
    (secret) => secret.toUpperCase(),
    (secret) => JSON.stringify(secret).slice(1, -1),
    (secret) => encodeURIComponent(secret),
  ];
  const visible = fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code));
  const secretId = fc
    .array(visible, { minLength: 12, maxLength: 40 })
    .map((characters) => `s${characters.join('')}`);
  const said = fc.record({
    status: fc.constantFrom(200, 400, 403, 404),
    field: fc.constantFrom('message', 'detail', 'exceptionCode', 'chatSystemError', 'sessionId'),
    form: fc.constantFrom(...forms),
    asJson: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(secretId, said, async (secret, { status, field, form, asJson }) => {
      const echo = `No ${form(secret)} here`;
      const body = asJson ? json({ [field]: echo }) : `${field}=${echo}`;
      const server = await answerWith(httpReply(status, body));
      const folder = tempFolder(MEMORY);
      const app = appOnDisk(folder).start();
      app.hold({ ...agentSession(), server: server.url, sessionId: secret });
      await app.signOff('quit');
      const written = readdirSync(path.join(folder, 'receipts'))
        .map((file) => readFileSync(path.join(folder, 'receipts', file), 'utf8').toLowerCase())
        .join('');
      expect(written).toContain('"reply":{');
      const found = forms
        .flatMap((write) => [write(secret), JSON.stringify(write(secret)).slice(1, -1)])
        .filter((one) => written.includes(one.toLowerCase()));
      expect(found).toEqual([]);
    }),
    { numRuns: 40 },
  );
});

describe('the times of a call', () => {
  test('are in the order in which things happened', async () => {
    const server = await practise({ processingMs: 20 });
    const before = Date.now();
    const { times } = await logoffAt(server.url);
    const { started, sent, received, finished } = times;
    const instants = [before, started, sent, received, finished, Date.now()];
    expect(instants).not.toContain(null);
    expect(instants.map(Number)).toEqual(instants.map(Number).toSorted((a, b) => a - b));
  });

  test('have every phase that there was, and no TLS where there was none', async () => {
    const server = await practise({ processingMs: 20 });
    const { times } = await logoffAt(server.url);
    const { tls, firstByte, ...others } = times.phases;
    expect(tls).toBeNull();
    expect(firstByte).toBeGreaterThanOrEqual(15);
    expect(Object.values(others).map((phase) => typeof phase)).toEqual(Array(6).fill('number'));
  });

  test('of a call that was given up say when that was', async () => {
    const { url, firstBytes } = await listenRaw(() => undefined);
    const giveUp = new AbortController();
    const ended = logoffAt(url, { signal: giveUp.signal });
    await firstBytes;
    const at = Date.now();
    giveUp.abort();
    const { times } = await ended;
    expect(times.finished).toBeGreaterThanOrEqual(at);
    expect([times.sent, times.received]).toEqual([expect.any(Number), null]);
  });
});
