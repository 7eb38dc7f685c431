import type { Socket } from 'node:net';

/** The first line that comes, without its end; empty where the other side closes before. */
export async function firstLine(socket: Socket): Promise<string> {
  socket.setEncoding('utf8');
  let text = '';
  return new Promise((resolve) => {
    // It may have closed already; the event is not repeated.
    if (socket.destroyed) resolve('');
    socket.on('data', (chunk: string) => {
      text += chunk;
      const end = text.indexOf('\n');
      if (end !== -1) resolve(text.slice(0, end));
    });
    socket.on('close', () => resolve(''));
  });
}

/** Null where it is no JSON. */
export function parsedJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
