import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** An X display, as far as a window manager needs it to close a window. */
export interface Display {
  /** Resolves with the first window on the screen that is shown under this title. */
  waitForWindow(title: string): Promise<number>;
  /** Asks a window to close, as its close button does. */
  close(window: number): Promise<void>;
  waitUntilGone(window: number): Promise<void>;
  /** From now on, every window that is shown is heard of by `nextShown`. */
  watchWindows(): Promise<void>;
  /** Resolves with the moment at which the next window is shown, in epoch milliseconds. */
  nextShown(): Promise<number>;
  disconnect(): void;
}

const WAIT_LIMIT_MS = 20_000;
const LOOK_EVERY_MS = 50;

// From the X protocol (https://www.x.org/releases/current/doc/xproto/x11protocol.html).
const CHANGE_WINDOW_ATTRIBUTES = 2;
const EVENT_MASK = 1 << 11;
const SUBSTRUCTURE_NOTIFY = 1 << 19;
const MAP_NOTIFY = 19;
const GET_WINDOW_ATTRIBUTES = 3;
const QUERY_TREE = 15;
const INTERN_ATOM = 16;
const GET_PROPERTY = 20;
const SEND_EVENT = 25;
const WM_NAME = 39;
const VIEWABLE = 2;
const CLIENT_MESSAGE = 33;

/** Connects to a local display that asks for no authorization, such as Xvfb's, by its name: `:99`. */
export async function openDisplay(name: string): Promise<Display> {
  const socket = connect(`/tmp/.X11-unix/X${name.replace(/^:/, '').replace(/\..*$/, '')}`);
  await once(socket, 'connect');
  const root = await greet(socket);

  /** One at a time; null when the window that it was about is not there any more. */
  const request = async (opcode: number, data: number, body: Buffer): Promise<Buffer | null> => {
    const head = Buffer.from([opcode, data, 0, 0]);
    head.writeUInt16LE((head.length + body.length) / 4, 2);
    socket.write(Buffer.concat([head, body]));
    for (;;) {
      const reply = await take(socket, 32);
      if (reply[0] === 0) return null;
      if (reply[0] === 1) {
        return Buffer.concat([reply, await take(socket, reply.readUInt32LE(4) * 4)]);
      }
      // Anything else is an event, which is for nobody here.
    }
  };
  const atom = async (text: string): Promise<number> => {
    const padded = Buffer.alloc(Math.ceil(text.length / 4) * 4);
    padded.write(text);
    const reply = await request(INTERN_ATOM, 0, Buffer.concat([words16(text.length, 0), padded]));
    return reply?.readUInt32LE(8) ?? 0;
  };
  const windows = async (): Promise<number[]> => {
    const reply = await request(QUERY_TREE, 0, words32(root));
    const count = reply?.readUInt16LE(16) ?? 0;
    return Array.from({ length: count }, (_, index) => reply?.readUInt32LE(32 + index * 4) ?? 0);
  };
  const titleOf = async (window: number): Promise<string> => {
    const reply = await request(GET_PROPERTY, 0, words32(window, WM_NAME, 0, 0, 64));
    return reply?.toString('latin1', 32, 32 + reply.readUInt32LE(16)) ?? '';
  };
  const isShown = async (window: number): Promise<boolean> =>
    (await request(GET_WINDOW_ATTRIBUTES, 0, words32(window)))?.[26] === VIEWABLE;

  return {
    waitForWindow: (title) =>
      eventually(`a window '${title}'`, async () => {
        for (const window of await windows()) {
          if ((await isShown(window)) && (await titleOf(window)) === title) return window;
        }
        return undefined;
      }),
    async close(window) {
      const event = Buffer.concat([
        Buffer.from([CLIENT_MESSAGE, 32, 0, 0]),
        words32(window, await atom('WM_PROTOCOLS'), await atom('WM_DELETE_WINDOW'), 0, 0, 0, 0),
      ]);
      const body = Buffer.concat([words32(window, 0), event]);
      const head = Buffer.from([SEND_EVENT, 0, 0, 0]);
      head.writeUInt16LE((head.length + body.length) / 4, 2);
      // This one has no reply.
      socket.write(Buffer.concat([head, body]));
    },
    waitUntilGone: async (window) => {
      await eventually('the window to close', async () =>
        (await windows()).includes(window) ? undefined : true,
      );
    },
    async watchWindows() {
      const body = words32(root, EVENT_MASK, SUBSTRUCTURE_NOTIFY);
      const head = Buffer.from([CHANGE_WINDOW_ATTRIBUTES, 0, 0, 0]);
      head.writeUInt16LE((head.length + body.length) / 4, 2);
      socket.write(Buffer.concat([head, body]));
      // It has no reply; when another one's comes, it has been heard.
      await windows();
    },
    async nextShown() {
      for (;;) {
        const event = await take(socket, 32);
        if (event[0] === MAP_NOTIFY) return performance.timeOrigin + performance.now();
      }
    },
    disconnect: () => socket.destroy(),
  };
}

/** Sets the connection up; resolves with the root window. */
async function greet(socket: Socket): Promise<number> {
  socket.write(Buffer.concat([Buffer.from('l\0'), words16(11, 0, 0, 0, 0)]));
  const head = await take(socket, 8);
  const rest = await take(socket, head.readUInt16LE(6) * 4);
  if (head[0] !== 1) throw new Error(`The display lets nobody in: ${rest.toString('latin1')}`);
  const vendorLength = rest.readUInt16LE(16);
  const formats = rest.readUInt8(21);
  return rest.readUInt32LE(32 + Math.ceil(vendorLength / 4) * 4 + formats * 8);
}

/** The next so many bytes. */
async function take(socket: Socket, length: number): Promise<Buffer> {
  if (length === 0) return Buffer.alloc(0);
  for (;;) {
    const chunk: unknown = socket.read(length);
    if (chunk instanceof Buffer && chunk.length === length) return chunk;
    if (socket.readableEnded) throw new Error('The display has gone.');
    await once(socket, 'readable');
  }
}

async function eventually<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
  const deadline = performance.now() + WAIT_LIMIT_MS;
  for (;;) {
    const seen = await look();
    if (seen !== undefined) return seen;
    if (performance.now() > deadline) throw new Error(`Waited in vain for ${what}.`);
    await sleep(LOOK_EVERY_MS);
  }
}

function words16(...values: readonly number[]): Buffer {
  return Buffer.from(Uint16Array.from(values).buffer);
}

function words32(...values: readonly number[]): Buffer {
  return Buffer.from(Uint32Array.from(values).buffer);
}
