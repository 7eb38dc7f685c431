import { once } from 'node:events';
import { existsSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { findRunningApp, type RunningApp } from '../../../main/shell/cli/control-client.ts';
import { type ControlHandler, listenForCommands } from '../../../main/shell/cli/control-server.ts';
import { type ControlRequest, REQUEST_LIMIT } from '../../../main/shell/cli/protocol.ts';

// Windows has named pipes in place of socket files; those are tested with the real app.
describe.skipIf(process.platform === 'win32')('commands over the local socket', () => {
  const cleanUps: (() => void)[] = [];
  afterEach(() => {
    for (const cleanUp of cleanUps.splice(0).toReversed()) cleanUp();
  });

  function socketPath(): string {
    const folder = mkdtempSync(path.join(tmpdir(), 'signoff-'));
    cleanUps.push(() => rmSync(folder, { recursive: true }));
    return path.join(folder, 'control.sock');
  }

  /** A server of the real kind, and what came of it. */
  async function listen(handle: ControlHandler, at = socketPath(), secret: string | null = null) {
    const faults: unknown[] = [];
    const sockets: Socket[] = [];
    const server: Server = await listenForCommands({ path: at, secret }, handle, (error) =>
      faults.push(error),
    );
    const connected = once(server, 'connection');
    server.on('connection', (socket) => sockets.push(socket));
    const stop = (): void => {
      server.close();
      for (const socket of sockets) socket.destroy();
    };
    cleanUps.push(stop);
    return { at, faults, sockets, connected, stop };
  }

  async function running(at: string): Promise<RunningApp> {
    const app = await findRunningApp({ path: at, secret: null });
    if (app === null) throw new Error('no app is running');
    return app;
  }

  function raw(at: string): Socket {
    const socket = connect(at);
    cleanUps.push(() => socket.destroy());
    return socket;
  }

  const done: ControlHandler = async () => ({ ok: true, result: 'done' });

  test.each([
    { command: 'status' },
    { command: 'quit' },
    { command: 'sign-off', ids: 'all', force: false, budgetMs: 600_000 },
  ] as const)(
    'C4: an app that is stopped is told of within its time: $command',
    async (request) => {
      const at = socketPath();
      const server = createServer(() => undefined).listen(at);
      await once(server, 'listening');
      cleanUps.push(() => server.close());
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
      cleanUps.push(() => vi.useRealTimers());
      const app = await running(at);
      // What takes longer by itself asks beforehand whether it answers at all.
      const asked = request.command === 'status' ? null : once(server, 'connection');
      const reply = app.request(request);
      const told = expect(reply).rejects.toThrow('it runs, but has not answered within 10 seconds');
      await asked;
      await vi.advanceTimersByTimeAsync(10_000);
      await told;
    },
  );

  test('an app that answers has the time that its budget takes', async () => {
    const asked: ControlRequest[] = [];
    const { at } = await listen(async (request) => {
      asked.push(request);
      return { ok: true, result: request };
    });
    const app = await running(at);
    const signOff = { command: 'sign-off', ids: 'all', force: false, budgetMs: 600_000 } as const;
    expect(await app.request(signOff)).toMatchObject({ ok: true });
    expect(asked).toEqual([signOff]);
  });

  test('no app is running where there is no socket', async () => {
    expect(await findRunningApp({ path: socketPath(), secret: null })).toBeNull();
  });

  test('no app is running where there is not even a data folder', async () => {
    const deeper = path.join(socketPath(), 'deeper', 'control.sock');
    expect(await findRunningApp({ path: deeper, secret: null })).toBeNull();
    expect(await findRunningApp(null)).toBeNull();
  });

  test('a request comes through as it was made, and its reply too', async () => {
    const heard: ControlRequest[] = [];
    const { at } = await listen(async (request) => {
      heard.push(request);
      return { ok: false, exitCode: 2, problems: ['«ß» is\nno id'] };
    });
    const request: ControlRequest = {
      command: 'sign-off',
      ids: ['a'],
      force: true,
      budgetMs: 1.5,
    };
    const reply = await (await running(at)).request(request);
    expect({ heard, reply }).toEqual({
      heard: [request],
      reply: { ok: false, exitCode: 2, problems: ['«ß» is\nno id'] },
    });
  });

  test('text with line breaks and of many bytes comes through whole', async () => {
    const content = '署\n'.repeat(10_000);
    const { at } = await listen(async (request) => ({ ok: true, result: request }));
    const reply = await (await running(at)).request({ command: 'hold', text: content });
    expect(reply).toEqual({ ok: true, result: { command: 'hold', text: content } });
  });

  test('a reply of many megabytes comes through whole', async () => {
    const result = 'ü'.repeat(4_000_000);
    const { at } = await listen(async () => ({ ok: true, result }));
    const reply = await (await running(at)).request({ command: 'status' });
    expect(reply.ok && reply.result === result).toBe(true);
  });

  test('commands are answered side by side', async () => {
    const slow = Promise.withResolvers<undefined>();
    const { at } = await listen(async ({ command }) => {
      if (command === 'sign-off') await slow.promise;
      return { ok: true, result: command };
    });
    const order: string[] = [];
    const ask = async (request: ControlRequest): Promise<void> => {
      await (await running(at)).request(request);
      order.push(request.command);
    };
    const signOff = ask({ command: 'sign-off', ids: 'all', force: false, budgetMs: null });
    await ask({ command: 'status' });
    slow.resolve(undefined);
    await signOff;
    expect(order).toEqual(['status', 'sign-off']);
  });

  test.each([
    ['text that is no JSON', 'junk'],
    ['an empty line', ''],
    ['JSON that is no command', '{"command":"explode"}'],
    ['a command with the wrong fields', '{"command":"sign-off","ids":1}'],
    ['JSON that is no object', 'null'],
  ])('%s is answered as not understood', async (_what, line) => {
    const { at, faults } = await listen(done);
    const socket = raw(at);
    socket.write(`${line}\n`);
    expect(JSON.parse(await text(socket))).toMatchObject({ ok: false, exitCode: 2 });
    expect(faults).toEqual([]);
  });

  test('a request that is too long is cut off, unheard', async () => {
    let heard = 0;
    const { at } = await listen(async () => {
      heard += 1;
      return { ok: true, result: null };
    });
    const socket = raw(at);
    // The rest of it finds no reader, which is the point.
    socket.on('error', () => socket.destroy());
    socket.write('x'.repeat(4 * REQUEST_LIMIT));
    await new Promise((resolve) => socket.once('close', resolve));
    expect(heard).toBe(0);
  });

  test('what follows the first line changes nothing', async () => {
    const { at } = await listen(done);
    const socket = raw(at);
    socket.write(`{"command":"status"}\n{"command":"quit"}\n${'x'.repeat(4 * REQUEST_LIMIT)}`);
    expect(await text(socket)).toBe('{"ok":true,"result":"done"}\n');
  });

  test('a client that goes before its line is whole is nothing to the app', async () => {
    let heard = 0;
    const { at, faults, sockets } = await listen(async () => {
      heard += 1;
      return { ok: true, result: null };
    });
    const socket = raw(at);
    await once(socket, 'connect');
    socket.end('{"command":');
    await once(socket, 'close');
    expect({ heard, faults, open: sockets.filter((one) => !one.destroyed).length }).toEqual({
      heard: 0,
      faults: [],
      open: 0,
    });
  });

  test('a client that goes before its answer is nothing to the app', async () => {
    const asked = Promise.withResolvers<undefined>();
    const answer = Promise.withResolvers<undefined>();
    const { at, faults, sockets } = await listen(async ({ command }) => {
      if (command === 'status') return { ok: true, result: null };
      asked.resolve(undefined);
      await answer.promise;
      return { ok: true, result: 'x'.repeat(1_000_000) };
    });
    const socket = raw(at);
    socket.write('{"command":"hold","text":""}\n');
    await asked.promise;
    const [atServer] = sockets;
    if (atServer === undefined) throw new Error('no connection');
    const gone = once(atServer, 'close');
    socket.destroy();
    await gone;
    answer.resolve(undefined);
    expect(await (await running(at)).request({ command: 'status' })).toEqual({
      ok: true,
      result: null,
    });
    expect(faults).toEqual([]);
  });

  test('a client that goes before its answer is told of to whoever works on it', async () => {
    const asked = Promise.withResolvers<AbortSignal>();
    const { at } = await listen(async (_request, gone) => {
      asked.resolve(gone);
      return new Promise(() => undefined);
    });
    const socket = raw(at);
    socket.write('{"command":"status"}\n');
    const gone = await asked.promise;
    const told = new Promise((resolve) => {
      gone.addEventListener('abort', resolve);
    });
    socket.destroy();
    await told;
    expect(gone.aborted).toBe(true);
  });

  test('a client that has its answer is not said to have gone', async () => {
    const asked = Promise.withResolvers<AbortSignal>();
    const { at, sockets } = await listen(async (_request, gone) => {
      asked.resolve(gone);
      return { ok: true, result: null };
    });
    await (await running(at)).request({ command: 'status' });
    const [atServer] = sockets;
    if (atServer?.closed === false) await once(atServer, 'close');
    expect((await asked.promise).aborted).toBe(false);
  });

  test('a client that goes amid its answer is nothing to the app', async () => {
    const { at, faults, sockets } = await listen(async ({ command }) => ({
      ok: true,
      result: command === 'hold' ? 'x'.repeat(16_000_000) : null,
    }));
    const socket = raw(at);
    socket.write('{"command":"hold","text":""}\n');
    await once(socket, 'readable');
    const [atServer] = sockets;
    if (atServer === undefined) throw new Error('no connection');
    const gone = new Promise((resolve) => atServer.once('close', resolve));
    socket.destroy();
    await gone;
    expect(await (await running(at)).request({ command: 'status' })).toEqual({
      ok: true,
      result: null,
    });
    expect(faults).toEqual([]);
  });

  test('a command whose handling fails is told, and its client let go', async () => {
    const bug = new Error('a bug');
    const { at, faults } = await listen(() => Promise.reject(bug));
    const request = (await running(at)).request({ command: 'status' });
    await expect(request).rejects.toThrow('Signoff stopped before it answered.');
    expect(faults).toEqual([bug]);
  });

  test('the socket file that a killed app left is no running app', async () => {
    const { at, stop } = await leaveStaleSocket();
    stop();
    expect(existsSync(at)).toBe(true);
    expect(await findRunningApp({ path: at, secret: null })).toBeNull();
  });

  test('the socket file that a killed app left does not keep the next one from listening', async () => {
    const { at, stop } = await leaveStaleSocket();
    stop();
    await listen(done, at);
    expect(await (await running(at)).request({ command: 'status' })).toEqual({
      ok: true,
      result: 'done',
    });
  });

  /** A socket file without a listener behind it: a closed server's own one is deleted, a moved one stays. */
  async function leaveStaleSocket() {
    const at = socketPath();
    const server = createServer();
    server.listen(`${at}.moved`);
    await once(server, 'listening');
    renameSync(`${at}.moved`, at);
    return { at, stop: () => void server.close() };
  }

  test('another file in the socket’s place does not keep the app from listening', async () => {
    const at = socketPath();
    writeFileSync(at, 'what is this?');
    await listen(done, at);
    expect(await (await running(at)).request({ command: 'status' })).toEqual({
      ok: true,
      result: 'done',
    });
  });

  test('a place where nothing can listen is told', async () => {
    const nowhere = path.join(socketPath(), 'deeper', 'control.sock');
    await expect(
      listenForCommands({ path: nowhere, secret: null }, done, () => undefined),
    ).rejects.toThrow();
  });

  describe('a command that has the app go', () => {
    test.each<ControlRequest>([{ command: 'quit' }, { command: 'prepare-update', close: true }])(
      'keeps its connection, so that its end shows when the app is gone: $command',
      async (request) => {
        const { at, stop } = await listen(done);
        const app = await running(at);
        await app.request(request);
        let gone = false;
        const waited = app.exited(60_000).then(() => {
          gone = true;
        });
        // A round trip on another connection: had the first one been closed, it would have shown.
        await (await running(at)).request({ command: 'status' });
        expect(gone).toBe(false);
        stop();
        await waited;
        expect(gone).toBe(true);
      },
    );

    test('does not wait for ever for an app that stays', async () => {
      const { at } = await listen(done);
      const app = await running(at);
      await app.request({ command: 'quit' });
      await expect(app.exited(1)).resolves.toBe(false);
    });

    test('sees that the app is gone already', async () => {
      const { at, stop } = await listen(done);
      const app = await running(at);
      await app.request({ command: 'quit' });
      stop();
      await app.exited(60_000);
      await expect(app.exited(60_000)).resolves.toBe(true);
    });
  });

  describe('an app that has to prove whose it is', () => {
    const SECRET = 'known to this person alone';

    test('does so, and is asked', async () => {
      const { at } = await listen(
        async (request) => ({ ok: true, result: request }),
        undefined,
        SECRET,
      );
      const app = await findRunningApp({ path: at, secret: SECRET });
      expect(await app?.request({ command: 'status' })).toEqual({
        ok: true,
        result: { command: 'status' },
      });
    });

    test('is no app of this person if it has another secret', async () => {
      const heard: ControlRequest[] = [];
      const { at } = await listen(
        async (request) => {
          heard.push(request);
          return { ok: true, result: null };
        },
        undefined,
        'another',
      );
      expect(await findRunningApp({ path: at, secret: SECRET })).toBeNull();
      expect(heard).toEqual([]);
    });

    test.each([
      ['breaks off', null],
      ['sends back what it was sent', (line: string) => line],
      ['makes up a proof', () => JSON.stringify({ proof: '0'.repeat(64) })],
      ['answers with junk', () => 'junk'],
    ])(
      'is sent nothing but a number where another program, which %s, is in its place',
      async (_, say) => {
        const at = socketPath();
        let heard = '';
        const server = createServer((socket) => {
          socket.on('error', () => socket.destroy());
          socket.on('data', (data) => {
            heard += String(data);
            if (say === null) socket.destroy();
            else socket.write(`${say(String(data).trim())}\n`);
          });
        });
        server.listen(at);
        await once(server, 'listening');
        cleanUps.push(() => server.close());
        expect(await findRunningApp({ path: at, secret: SECRET })).toBeNull();
        expect(heard).toMatch(/^\{"nonce":"[0-9a-f]{64}"\}\n$/);
      },
    );

    test('may be stopped, and is told of then', async () => {
      const at = socketPath();
      const server = createServer(() => undefined).listen(at);
      await once(server, 'listening');
      cleanUps.push(() => server.close());
      await expect(findRunningApp({ path: at, secret: SECRET }, 20)).rejects.toThrow(
        'it runs, but has not answered within 0.02 seconds',
      );
    });

    test('hears nobody who does not ask for it', async () => {
      const { at } = await listen(done, undefined, SECRET);
      const socket = raw(at);
      socket.write('{"command":"status"}\n');
      expect(await text(socket)).toBe('');
    });
  });

  test('an app that goes before it is asked is told of, not waited for', async () => {
    const { at, connected, stop } = await listen(done);
    const app = await running(at);
    await connected;
    stop();
    // So it is while `hold` reads its standard input, which may take any time.
    await app.exited(60_000);
    const request = app.request({ command: 'status' });
    await expect(request).rejects.toThrow('Signoff stopped before it answered.');
  });

  test('an app that goes before it answers is told of', async () => {
    const asked = Promise.withResolvers<undefined>();
    const { at, stop } = await listen(async () => {
      asked.resolve(undefined);
      return new Promise(() => undefined);
    });
    const request = (await running(at)).request({ command: 'status' });
    await asked.promise;
    stop();
    await expect(request).rejects.toThrow('Signoff stopped before it answered.');
  });
});
