import { connect } from 'node:net';
import { CONSOLE, SESSION, TOKEN } from './browser-world.ts';

/** A reply as it came over the wire. */
export interface RawReply {
  /** Zero where the connection was closed without an answer. */
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** All of it. */
  readonly text: string;
}

export interface RawRequest {
  readonly method?: string;
  readonly target?: string;
  /** Each as it is to be sent; null leaves out what a good request has. */
  readonly headers?: Readonly<Record<string, string | null>>;
  /** More of the same names. */
  readonly also?: readonly (readonly [string, string])[];
  readonly body?: string;
}

/** What a good hand-in has in its head, as Chromium writes it. */
export function goodHeaders(port: number): Record<string, string> {
  return {
    host: `127.0.0.1:${port}`,
    origin: CONSOLE,
    'content-type': 'application/json',
    authorization: `Bearer ${TOKEN}`,
    'signoff-page': 'top',
    'sec-fetch-site': 'cross-site',
    'sec-fetch-mode': 'cors',
    'sec-fetch-dest': 'empty',
  };
}

/** A good hand-in, but for what is given, as text. */
export function requestText(port: number, request: RawRequest = {}): string {
  const { method = 'POST', target = '/hold', body = JSON.stringify(SESSION), also = [] } = request;
  const length = { 'content-length': String(Buffer.byteLength(body)) };
  const headers = { ...goodHeaders(port), ...length, ...request.headers };
  const lines = [...Object.entries(headers), ...also].flatMap(([name, value]) =>
    value === null ? [] : [`${name}: ${value}`],
  );
  return [`${method} ${target} HTTP/1.1`, ...lines, '', body].join('\r\n');
}

/** Sends a good hand-in, but for what is given, over a connection of its own. */
export function send(port: number, request: RawRequest = {}): Promise<RawReply> {
  return sendText(port, requestText(port, request));
}

/** Sends this as it is; resolves when the other side has closed. */
export async function sendText(port: number, text: string): Promise<RawReply> {
  const socket = connect({ host: '127.0.0.1', port });
  let received = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => (received += chunk));
  // A connection that is cut off is no answer, like one that is closed.
  socket.on('error', () => undefined);
  socket.write(text);
  await new Promise((resolve) => socket.once('close', resolve));
  return readReply(received);
}

function readReply(text: string): RawReply {
  const [head = '', ...rest] = text.split('\r\n\r\n');
  const [statusLine = '', ...lines] = head.split('\r\n');
  const headers = lines.map((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
  });
  return {
    status: Number(statusLine.split(' ')[1] ?? 0),
    headers: Object.fromEntries(headers),
    body: rest.join('\r\n\r\n'),
    text,
  };
}
