import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createFakeClock } from '../support/fake-clock.ts';
import {
  type RawReply,
  type RawRequest,
  requestText,
  send as sendRaw,
  sendText,
} from '../support/browser-request.ts';
import {
  browserWorld,
  CONSOLE,
  freePort,
  HELD_ID,
  SESSION,
  SESSION_ID,
  TOKEN,
} from '../support/browser-world.ts';

const OTHER = 'https://other.example.test';
const FOREIGN = 'https://evil.example.test';
const MINUTE = 60_000;

/** Sends, and sees to it that no reply has a secret in it, whatever the test is about. */
async function send(port: number, request?: RawRequest): Promise<RawReply> {
  const reply = await sendRaw(port, request);
  const told = [TOKEN, SESSION_ID, HELD_ID].filter((secret) => reply.text.includes(secret));
  if (told.length > 0) throw new Error(`A reply has ${told.join(' and ')} in it.`);
  return reply;
}

/** A connection that the test holds on to. */
async function connected(port: number, host = '127.0.0.1') {
  const socket = connect({ host, port });
  onTestFinished(() => void socket.destroy());
  let received = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => (received += chunk));
  socket.on('error', () => undefined);
  const closed = new Promise((resolve) => socket.once('close', resolve));
  await once(socket, 'connect');
  return { socket, closed, received: () => received };
}

/** Opens a hand-in up to the end of its head, and resolves once the endpoint waits for the rest. */
async function halfSent(port: number, headers: RawRequest['headers'] = {}) {
  const one = await connected(port);
  const head = requestText(port, { headers: { ...headers, expect: '100-continue' }, body: '' });
  one.socket.write(head);
  await once(one.socket, 'data');
  expect(one.received()).toContain('100 Continue');
  return one;
}

async function isRefused(port: number, host: string): Promise<boolean> {
  const socket = connect({ host, port });
  try {
    await once(socket, 'connect');
    return false;
  } catch {
    return true;
  } finally {
    socket.destroy();
  }
}

describe('a hand-in from an approved console', () => {
  test('is held, and that is all that is said', async () => {
    const { port, held, handedIn, asked, refused } = await browserWorld();
    const reply = await send(port);
    expect(reply.status).toBe(204);
    expect(reply.body).toBe('');
    expect(reply.headers).toEqual({
      'access-control-allow-origin': CONSOLE,
      'access-control-expose-headers': 'Retry-After',
      'cache-control': 'no-store',
      'cross-origin-resource-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      vary: 'Origin',
      connection: 'close',
    });
    expect(held).toMatchObject([{ sessionId: SESSION_ID }]);
    expect(handedIn).toEqual([CONSOLE]);
    expect([asked, refused]).toEqual([[], []]);
  });

  test('gets the very same answer when it is held already', async () => {
    const { port } = await browserWorld();
    expect((await send(port)).text).toBe((await send(port)).text);
  });

  test('that is no session is told what is wrong with it', async () => {
    const { port, held, refused } = await browserWorld();
    const reply = await send(port, { body: JSON.stringify({ ...SESSION, server: 'http://x.y' }) });
    expect(reply.status).toBe(400);
    expect(JSON.parse(reply.body)).toMatchObject({
      error: 'not-a-session',
      problems: [{ field: 'server', message: expect.stringContaining('https://') }],
    });
    expect((await send(port, { body: 'junk' })).status).toBe(400);
    expect(held).toEqual([]);
    expect(refused).toEqual(Array(2).fill(`not-a-session ${CONSOLE}`));
  });

  test('that cannot be held is told to come again, and not why', async () => {
    const { port, cannotHold, refused } = await browserWorld();
    const problems = [{ field: '', message: 'The disk /dev/secret is full.' }];
    cannotHold.result = { ok: false, badInput: false, problems };
    const reply = await send(port);
    expect(reply.status).toBe(503);
    expect(reply.headers['retry-after']).toBe('60');
    expect(reply.text).not.toContain('disk');
    expect(refused).toEqual([`not-held ${CONSOLE}`]);
  });

  test('that nobody foresaw gets no answer, and is told of', async () => {
    const world = await browserWorld();
    Object.defineProperty(world.cannotHold, 'result', {
      get() {
        throw new Error('never seen');
      },
    });
    expect((await send(world.port)).text).toBe('');
    expect(world.faults).toEqual([new Error('never seen')]);
  });
});

describe('the first use of a console', () => {
  test('waits until the agent allows it, and then is held; the next is not asked about', async () => {
    const world = await browserWorld({ approved: [] });
    const first = send(world.port);
    expect(await world.untilAsked()).toBe(CONSOLE);
    expect(world.held).toEqual([]);
    world.originQuestion.answer(CONSOLE, 'allow');
    expect((await first).status).toBe(204);
    expect(world.held).toHaveLength(1);
    expect((await send(world.port)).status).toBe(204);
    expect(world.asked).toEqual([CONSOLE]);
  });

  test('is turned away when the agent does not', async () => {
    const world = await browserWorld({ approved: [] });
    const first = send(world.port);
    world.originQuestion.answer(await world.untilAsked(), 'deny');
    const reply = await first;
    expect(reply.status).toBe(403);
    expect(JSON.parse(reply.body)).toMatchObject({ error: 'not-approved' });
    expect((await send(world.port)).status).toBe(403);
    expect(world.asked).toEqual([CONSOLE]);
    expect(world.held).toEqual([]);
  });

  test('is turned away after a minute without an answer', async () => {
    const clock = createFakeClock();
    const world = await browserWorld({ approved: [], clock });
    const first = send(world.port);
    await world.untilAsked();
    await clock.advance(MINUTE);
    expect((await first).status).toBe(403);
    expect(world.held).toEqual([]);
  });

  test('is not held when its page has gone by then; the console is approved all the same', async () => {
    const world = await browserWorld({ approved: [] });
    const page = await connected(world.port);
    page.socket.write(requestText(world.port));
    await world.untilAsked();
    page.socket.destroy();
    // The endpoint hears of that before it hears of anything that comes later.
    await send(world.port, { method: 'GET' });
    world.originQuestion.answer(CONSOLE, 'allow');
    expect((await send(world.port)).status).toBe(204);
    expect(world.held).toHaveLength(1);
    expect(world.refused).toContain(`gone ${CONSOLE}`);
  });

  test('is never asked about for a page that does not have the token', async () => {
    const world = await browserWorld({ approved: [] });
    const reply = await send(world.port, { headers: { authorization: 'Bearer guessed' } });
    expect(reply.status).toBe(401);
    await send(world.port, { headers: { 'signoff-page': 'frame' } });
    await send(world.port, { headers: { origin: FOREIGN } });
    expect(world.asked).toEqual([]);
  });

  test('of a second console has to come again', async () => {
    const world = await browserWorld({ approved: [], origins: [CONSOLE, OTHER] });
    const first = send(world.port);
    await world.untilAsked();
    const second = await send(world.port, { headers: { origin: OTHER } });
    expect(second.status).toBe(503);
    expect(second.headers['retry-after']).toBe('60');
    // Nothing of the one is told to the other.
    expect(second.text).not.toContain('console.example.test');
    world.originQuestion.answer(CONSOLE, 'deny');
    await first;
  });
});

describe('whoever is not allow-listed', () => {
  test('gets the same bare answer, whatever the reason and whatever is asked for', async () => {
    const { port, held, asked } = await browserWorld({ approved: [] });
    const preflight = {
      method: 'OPTIONS',
      headers: {
        origin: FOREIGN,
        'access-control-request-method': 'POST',
        'access-control-request-private-network': 'true',
      },
    };
    const requests: RawRequest[] = [
      { headers: { origin: FOREIGN } },
      { headers: { origin: 'null' } },
      { headers: { origin: null } },
      { headers: { host: `rebound.test:${port}` } },
      { headers: { host: null } },
      { also: [['host', 'rebound.test']] },
      { headers: { 'sec-fetch-mode': 'no-cors' } },
      { headers: { 'sec-fetch-dest': 'iframe' } },
      { method: 'GET', target: '/', headers: { origin: null } },
      { method: 'GET', target: '/favicon.ico', headers: { origin: FOREIGN } },
      { headers: { origin: FOREIGN, authorization: null } },
      { headers: { origin: FOREIGN }, body: 'x'.repeat(2_000) },
      { headers: { origin: FOREIGN, connection: 'Upgrade', upgrade: 'websocket' } },
      preflight,
    ];
    const all = await Promise.all(requests.map((request) => send(port, request)));
    const [first] = all;
    for (const { text } of all) expect(text).toBe(first?.text);
    expect(first).toMatchObject({ status: 403, body: '' });
    expect(
      Object.keys(first?.headers ?? {}).filter((name) => name.startsWith('access-control')),
    ).toEqual([]);
    expect([held, asked]).toEqual([[], []]);
  });

  test('uses up nothing of what the console may send', async () => {
    const { port } = await browserWorld({ clock: createFakeClock() });
    for (let i = 0; i < 100; i += 1) await send(port, { headers: { origin: FOREIGN } });
    expect((await send(port)).status).toBe(204);
  });

  test('is named in the log, but not for ever and ever', async () => {
    const clock = createFakeClock();
    const { port, refused } = await browserWorld({ clock });
    for (let i = 0; i < 50; i += 1)
      await send(port, { headers: { origin: `${FOREIGN}:${i + 1}` } });
    expect(refused).toHaveLength(10);
    expect(refused[0]).toBe(`origin ${FOREIGN}:1`);
    await clock.advance(6_000);
    await send(port, { headers: { origin: `${FOREIGN}\u00a7` } });
    expect(refused[10]).toBe('origin null');
    await send(port, { headers: { authorization: null } });
    expect(refused[11]).toBe(`token ${CONSOLE}`);
  });
});

describe('what an allow-listed page may not', () => {
  test.each<[number, string, RawRequest]>([
    [404, 'path', { target: '/held' }],
    [404, 'path', { target: '/hold?token' }],
    [405, 'method', { method: 'GET' }],
    [405, 'method', { method: 'DELETE' }],
    [405, 'method', { method: 'OPTIONS' }],
    [415, 'content-type', { headers: { 'content-type': 'text/plain' } }],
    [403, 'frame', { headers: { 'signoff-page': null } }],
    [401, 'token', { headers: { authorization: null } }],
    [401, 'token', { headers: { authorization: 'Bearer another-token-0123456789' } }],
  ])('is answered %i with its reason: %s', async (status, reason, request) => {
    const { port, held, refused } = await browserWorld();
    const reply = await send(port, request);
    expect(reply.status).toBe(status);
    expect(reply.headers['access-control-allow-origin']).toBe(CONSOLE);
    expect(JSON.parse(reply.body)).toEqual({ error: reason, message: expect.any(String) });
    expect(held).toEqual([]);
    expect(refused).toEqual([`${reason} ${CONSOLE}`]);
  });
});

describe('a preflight', () => {
  const headers = { 'access-control-request-method': 'POST', authorization: null };

  test('is answered for the listed console, without credentials', async () => {
    const { port } = await browserWorld({ approved: [] });
    const reply = await send(port, { method: 'OPTIONS', headers, body: '' });
    expect(reply.status).toBe(204);
    expect(reply.headers).toMatchObject({
      'access-control-allow-origin': CONSOLE,
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'authorization, content-type, signoff-page',
      'access-control-max-age': '600',
      vary: 'Origin',
    });
    expect(reply.headers).not.toHaveProperty('access-control-allow-credentials');
    expect(reply.headers).not.toHaveProperty('access-control-allow-private-network');
  });

  test('for the private network as well, where that is asked', async () => {
    const { port } = await browserWorld();
    const reply = await send(port, {
      method: 'OPTIONS',
      headers: { ...headers, 'access-control-request-private-network': 'true' },
      body: '',
    });
    expect(reply.headers['access-control-allow-private-network']).toBe('true');
  });
});

describe('limits', () => {
  const padded = (bytes: number): string => JSON.stringify(SESSION).padEnd(bytes);

  test('a body may have 64 KiB', async () => {
    const { port, held } = await browserWorld();
    expect((await send(port, { body: padded(64 * 1024) })).status).toBe(204);
    expect(held).toHaveLength(1);
  });

  test.each([64 * 1024 + 1, 1_000_000])(
    'a body of %i bytes is answered, not held',
    async (bytes) => {
      const { port, held, asked } = await browserWorld({ approved: [] });
      expect((await send(port, { body: padded(bytes) })).status).toBe(413);
      expect([held, asked]).toEqual([[], []]);
    },
  );

  test('a body that does not say how long it is, is held to that too', async () => {
    const { port } = await browserWorld();
    const chunk = `10000\r\n${' '.repeat(65_536)}\r\n`;
    const head = requestText(port, {
      headers: { 'content-length': null, 'transfer-encoding': 'chunked' },
      body: '',
    });
    expect((await sendText(port, `${head}${chunk}${chunk}0\r\n\r\n`)).status).toBe(413);
  });

  test('a body without end is cut off', async () => {
    // Time stands still, so that it is not its duration that cuts it off.
    const { port, held } = await browserWorld({ clock: createFakeClock() });
    const { socket, closed, received } = await halfSent(port, {
      'content-length': null,
      'transfer-encoding': 'chunked',
    });
    const chunk = `10000\r\n${' '.repeat(65_536)}\r\n`;
    // 64 MiB: far more than the connection itself can take in.
    const most = 1_024;
    let sent = 0;
    const pump = (): void => {
      if (sent === most) socket.destroy();
      if (socket.destroyed) return;
      sent += 1;
      socket.write(chunk, pump);
    };
    pump();
    await closed;
    expect(sent).toBeLessThan(most);
    expect(received()).not.toContain('HTTP/1.1 2');
    expect(held).toEqual([]);
  });

  test.each(['not a byte', 'half a head', 'half a body'])(
    'a connection that brought %s is closed after ten seconds',
    async (what) => {
      const clock = createFakeClock();
      const { port, held } = await browserWorld({ clock });
      const one =
        what === 'half a body'
          ? await halfSent(port, { 'content-length': '500' })
          : await connected(port);
      if (what === 'half a head') one.socket.write('POST /hold HTTP/1.1\r\nhost: 127');
      // Whoever came later has been served: so the first was seen.
      await send(port);
      await clock.advance(9_999);
      expect(one.socket.destroyed).toBe(false);
      await clock.advance(1);
      await one.closed;
      expect(held).toHaveLength(1);
    },
  );

  test('no more than 32 are connected at once, and it works again once they are gone', async () => {
    const { port } = await browserWorld();
    const all = await Promise.all(Array.from({ length: 32 }, () => connected(port)));
    expect((await send(port)).status).toBe(0);
    for (const { socket } of all) socket.destroy();
    await expect.poll(async () => (await send(port)).status).toBe(204);
  });

  test('a head larger than 8 KiB gets no answer', async () => {
    const { port } = await browserWorld();
    expect((await send(port, { headers: { x: 'x'.repeat(9_000) } })).text).toBe('');
  });

  test('30 at once from one console, then one every two seconds', async () => {
    const clock = createFakeClock();
    const { port, held } = await browserWorld({ clock });
    for (let i = 0; i < 30; i += 1) expect((await send(port)).status).toBe(204);
    const reply = await send(port);
    expect(reply.status).toBe(429);
    expect(reply.headers['retry-after']).toBe('2');
    await clock.advance(2_000);
    expect((await send(port)).status).toBe(204);
    expect(held).toHaveLength(31);
  });

  test('60 at once from all of them', async () => {
    const origins = [CONSOLE, OTHER, 'https://third.example.test'];
    const { port } = await browserWorld({ clock: createFakeClock(), origins });
    for (const origin of origins.slice(0, 2)) {
      for (let i = 0; i < 30; i += 1) {
        expect((await send(port, { headers: { origin } })).status).toBe(204);
      }
    }
    expect((await send(port, { headers: { origin: origins[2] ?? '' } })).status).toBe(429);
  });

  test('a token cannot be guessed at faster: the right one is not told either', async () => {
    const { port, held } = await browserWorld({ clock: createFakeClock() });
    for (let i = 0; i < 30; i += 1) {
      const headers = { authorization: `Bearer guess-${i}-0123456789` };
      expect((await send(port, { headers })).status).toBe(401);
    }
    expect((await send(port)).status).toBe(429);
    expect(held).toEqual([]);
  });
});

describe('what is no hand-in at all', () => {
  test.each([
    ['no HTTP', 'hello\r\n\r\n'],
    [
      'a TLS greeting',
      '\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003\r\n\r\n',
    ],
    ['a tunnel', 'CONNECT chat.example.com:443 HTTP/1.1\r\nhost: chat.example.com:443\r\n\r\n'],
  ])('gets no answer: %s', async (_what, text) => {
    const { port } = await browserWorld();
    expect((await sendText(port, text)).text).toBe('');
  });

  test('a second request behind the first is not looked at', async () => {
    const { port, held } = await browserWorld();
    const reply = await sendText(port, requestText(port).repeat(2));
    expect(reply.text.match(/HTTP\/1\.1/g)).toHaveLength(1);
    expect(held).toHaveLength(1);
  });

  test('a request hidden in another’s body is not looked at', async () => {
    const { port, held } = await browserWorld();
    await sendText(
      port,
      requestText(port, { headers: { origin: FOREIGN }, body: requestText(port) }),
    );
    expect(held).toEqual([]);
  });

  test('a body with two lengths gets no answer', async () => {
    const { port, held } = await browserWorld();
    expect((await send(port, { headers: { 'transfer-encoding': 'chunked' } })).status).not.toBe(
      204,
    );
    expect(held).toEqual([]);
  });
});

describe('where and when it listens', () => {
  test('on 127.0.0.1 only', async () => {
    const { port } = await browserWorld();
    expect(await isRefused(port, '127.0.0.1')).toBe(false);
    const own = Object.values(networkInterfaces()).flatMap((all = []) =>
      all.filter(({ address, scopeid = 0 }) => address !== '127.0.0.1' && scopeid === 0),
    );
    const others = process.platform === 'linux' ? ['127.0.0.2'] : [];
    for (const host of [...own.map(({ address }) => address), ...others]) {
      expect(await isRefused(port, host), host).toBe(true);
    }
  });

  test('not while it is off; what is connected is cut off', async () => {
    const { port, handIn, rules, held } = await browserWorld();
    const { closed, socket } = await halfSent(port, { 'content-length': '500' });
    rules.on = false;
    handIn.changed();
    await closed;
    expect(socket.destroyed).toBe(true);
    expect(await isRefused(port, '127.0.0.1')).toBe(true);
    expect(handIn.state()).toEqual({ port, problem: null });
    expect(handIn.token()).toBeNull();
    expect(held).toEqual([]);
    rules.on = true;
    handIn.changed();
    await expect.poll(() => isRefused(port, '127.0.0.1')).toBe(false);
    expect((await send(port)).status).toBe(204);
  });

  test('on another port once that is wanted', async () => {
    const { port, handIn, rules } = await browserWorld();
    rules.port = await freePort();
    handIn.changed();
    await expect.poll(() => isRefused(rules.port, '127.0.0.1')).toBe(false);
    expect(await isRefused(port, '127.0.0.1')).toBe(true);
    expect((await send(rules.port)).status).toBe(204);
  });

  test('as soon as the port is free, where it was taken; that is told once', async () => {
    const clock = createFakeClock();
    const port = await freePort();
    const other = createServer().listen(port, '127.0.0.1');
    await once(other, 'listening');
    const { handIn, notListening } = await browserWorld({ clock, port });
    const changed = (): Promise<void> => new Promise((resolve) => handIn.onChange(resolve));
    await changed();
    expect(handIn.state()).toEqual({ port, problem: `Port ${port} is taken.` });
    await clock.advance(MINUTE);
    await expect.poll(() => clock.waiting()).toBe(1);
    expect(notListening).toEqual([`port ${port}: EADDRINUSE`]);
    other.close();
    await once(other, 'close');
    const free = changed();
    await clock.advance(MINUTE);
    await free;
    expect(handIn.state().problem).toBeNull();
    expect((await send(port)).status).toBe(204);
  });

  test('a changed setting is a reason to try again at once', async () => {
    const clock = createFakeClock();
    const port = await freePort();
    const other = createServer().listen(port, '127.0.0.1');
    await once(other, 'listening');
    const { handIn } = await browserWorld({ clock, port });
    const changed = (): Promise<void> => new Promise((resolve) => handIn.onChange(resolve));
    await changed();
    other.close();
    await once(other, 'close');
    const free = changed();
    handIn.changed();
    await free;
    expect(handIn.state().problem).toBeNull();
    expect(clock.waiting()).toBe(0);
  });
});

describe('a changed list or token counts at once', () => {
  test('for a console that is taken from it', async () => {
    const { port, handIn, rules, memory, held } = await browserWorld();
    rules.origins = [OTHER];
    handIn.changed();
    expect(await send(port)).toMatchObject({ status: 403, body: '' });
    expect(held).toEqual([]);
    // Who comes back is asked about anew.
    expect(memory.isApproved(CONSOLE)).toBe(false);
  });

  test('while it is asked about: nothing is asked, and nothing held, any more', async () => {
    const world = await browserWorld({ approved: [] });
    const waiting = send(world.port);
    await world.untilAsked();
    world.rules.origins = [];
    world.handIn.changed();
    expect(await waiting).toMatchObject({ status: 403, body: '' });
    expect(world.originQuestion.state()).toBeNull();
    world.originQuestion.answer(CONSOLE, 'allow');
    expect(world.memory.isApproved(CONSOLE)).toBe(false);
    expect(world.held).toEqual([]);
  });

  test('while its body is on the way', async () => {
    const { port, handIn, rules, held } = await browserWorld();
    const body = JSON.stringify(SESSION);
    const one = await halfSent(port, { 'content-length': String(body.length) });
    rules.token = 'IT-has-another-token-now';
    handIn.changed();
    one.socket.write(body);
    await one.closed;
    expect(one.received()).toContain('HTTP/1.1 401');
    expect(held).toEqual([]);
  });

  test('the agent’s approvals outlast its being off', async () => {
    const { handIn, rules, memory } = await browserWorld();
    rules.on = false;
    rules.origins = [];
    handIn.changed();
    expect(memory.isApproved(CONSOLE)).toBe(true);
  });
});

test('the token is IT’s, or else the one that was made for this person', async () => {
  const { port, handIn, rules, memory } = await browserWorld();
  expect(handIn.token()).toBe(TOKEN);
  rules.token = '';
  handIn.changed();
  expect(handIn.token()).toBe(memory.token());
  expect((await send(port)).status).toBe(401);
  const headers = { authorization: `Bearer ${memory.token()}` };
  expect((await send(port, { headers })).status).toBe(204);
});
