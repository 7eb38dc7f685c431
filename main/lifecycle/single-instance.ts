import { randomBytes } from 'node:crypto';
import { readdirSync, rmSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import path from 'node:path';
import * as z from 'zod';
import { type Clock, elapsed, within } from '../common/clock.ts';
import { errorCode } from '../common/error-code.ts';
import { createListeners } from '../common/listeners.ts';
import { firstLine, parsedJson } from '../common/socket-line.ts';

/** What a start is. An `app` shows the running one; a `command` only needs the folder for a while. */
export interface Start {
  readonly role: 'app' | 'command';
  /** An app's: it wants no window. */
  readonly hidden: boolean;
}

/** Held by the one process that has the folder. */
export interface SingleInstance {
  /** Called with every start of the app that this one stands in for, those before the first listener included. */
  onStart(listener: (start: Start) => void): void;
  /** Lets the next one in. A process that ends without it does so, too. */
  release(): void;
}

/**
 * `running`: an app has the folder, and was told of this start; `busy`: whoever has it has not let go in time;
 * `silent`: whoever has it does not answer.
 */
export type Claim =
  | { readonly kind: 'taken'; readonly instance: SingleInstance }
  | { readonly kind: 'running' | 'busy' }
  | { readonly kind: 'silent'; readonly pid: number };

const NAME = /^app-(\d+)-[0-9a-f]{8}\.sock$/;
const RETRY_AFTER_MS = 50;
/** An app waits for a command that signs off leftovers, which takes up to a minute by default; a command for nobody. */
const GIVE_UP_AFTER_MS = { app: 90_000, command: 1_000 };
/** A process that is so busy that it cannot say a word takes seconds; one that is stopped, for ever. */
const ANSWER_WITHIN_MS = 20_000;

const questionSchema = z.object({
  name: z.string(),
  role: z.enum(['app', 'command']),
  hidden: z.boolean(),
});
type Question = z.infer<typeof questionSchema>;
const answerSchema = z.object({
  state: z.enum(['candidate', 'yielded', 'elected']),
  role: z.enum(['app', 'command']),
});
type Answer = z.infer<typeof answerSchema>;

/**
 * Claims the folder for this process. Each process that wants it listens on a socket in it, of a name that is never used
 * again, and asks all others that it finds there. A socket lives and dies with its process: one that nobody listens on
 * is a dead one's, whatever was tidied, copied or restored. Of two that ask each other, the one that was elected
 * before, or else the lesser name, goes first: at least one of them sees the other, as each looks for sockets
 * only when its own is there.
 */
export async function claimFolder(parts: {
  /** Short enough for sockets; see `socket-folder.ts`. */
  folder: string;
  start: Start;
  clock: Clock;
}): Promise<Claim> {
  const { folder, start, clock } = parts;
  const starts = createListeners<[start: Start]>();
  /** Those that came before anybody listened. */
  let early: Start[] | null = [];
  const own = await listenIn(folder, start, (other) => {
    if (early === null) starts.notify(other);
    else early.push(other);
  });
  const giveUpAt = clock.monotonic() + GIVE_UP_AFTER_MS[start.role];
  const leave = (claim: Claim): Claim => {
    own.close();
    return claim;
  };
  try {
    for (;;) {
      own.state = 'candidate';
      const rival = await findRival(folder, own, start, clock);
      if (rival === null && own.elect()) {
        return {
          kind: 'taken',
          instance: {
            onStart(listener) {
              starts.add(listener);
              for (const other of early ?? []) starts.notify(other);
              early = null;
            },
            release: own.close,
          },
        };
      }
      if (rival?.answer === null) return leave({ kind: 'silent', pid: rival.pid });
      if (rival?.answer.state === 'elected' && rival.answer.role === 'app')
        return leave({ kind: 'running' });
      if (clock.monotonic() >= giveUpAt) return leave({ kind: 'busy' });
      own.state = 'yielded';
      await elapsed(clock, RETRY_AFTER_MS).promise;
    }
  } catch (error) {
    own.close();
    throw error;
  }
}

interface OwnSocket {
  readonly name: string;
  state: Answer['state'];
  /** Returns false where a rival has gone first meanwhile. */
  elect(): boolean;
  close(): void;
}

/** Listens on a socket of this process's own, and answers the others. */
async function listenIn(
  folder: string,
  { role }: Start,
  onStart: (start: Start) => void,
): Promise<OwnSocket> {
  const name = `app-${process.pid}-${randomBytes(4).toString('hex')}.sock`;
  const file = path.join(folder, name);
  const open = new Set<Socket>();
  const own: OwnSocket = {
    name,
    state: 'candidate',
    elect() {
      if (own.state !== 'candidate') return false;
      own.state = 'elected';
      return true;
    },
    close() {
      server.close();
      for (const socket of open) socket.destroy();
      rmSync(file, { force: true });
    },
  };
  const server: Server = createServer((socket) => {
    open.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => open.delete(socket));
    void firstLine(socket).then((line) => {
      const asked = questionSchema.safeParse(parsedJson(line)).data;
      if (asked === undefined) return socket.destroy();
      if (own.state === 'candidate' && asked.name < name) own.state = 'yielded';
      const answer: Answer = { state: own.state, role };
      socket.end(`${JSON.stringify(answer)}\n`);
      if (own.state === 'elected' && role === 'app' && asked.role === 'app') onStart(asked);
      return undefined;
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(file, resolve);
  });
  // Nothing waits for other starts alone.
  server.unref();
  return own;
}

/** The first other process that goes before this one, with its answer; null where there is none. */
async function findRival(
  folder: string,
  own: OwnSocket,
  start: Start,
  clock: Clock,
): Promise<{ readonly pid: number; readonly answer: Answer | null } | null> {
  for (const name of readdirSync(folder)) {
    const pid = NAME.exec(name)?.[1];
    if (pid === undefined || name === own.name) continue;
    const file = path.join(folder, name);
    const asked = await within(clock, ANSWER_WITHIN_MS, ask(file, { ...start, name: own.name }));
    if (asked === null) return { pid: Number(pid), answer: null };
    if (asked === 'nobody') rmSync(file, { force: true });
    else if (asked !== 'gone' && asked.state !== 'yielded') {
      return { pid: Number(pid), answer: asked };
    }
  }
  return null;
}

/** `nobody` listens there; `gone`: it went while it was asked. */
async function ask(file: string, question: Question): Promise<Answer | 'nobody' | 'gone'> {
  const socket = connect(file);
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('error', reject);
    });
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ECONNREFUSED' || code === 'ENOTSOCK') return 'nobody';
    if (code === 'ENOENT' || code === 'ECONNRESET') return 'gone';
    throw error;
  }
  socket.on('error', () => socket.destroy());
  socket.write(`${JSON.stringify(question)}\n`);
  const answer = answerSchema.safeParse(parsedJson(await firstLine(socket)));
  socket.destroy();
  return answer.data ?? 'gone';
}
