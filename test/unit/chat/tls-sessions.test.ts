import { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { describe, expect, test } from 'vitest';
import { createTlsSessions } from '../../../main/chat/tls-sessions.ts';

const SERVER = 'chat.example.com:443';
const ONE = Buffer.from('one');
const OTHER = Buffer.from('other');

/** A connection that has not begun; the test has its events happen. */
const newSocket = () => new TLSSocket(new Socket());

type Events = readonly (readonly [name: string, told?: Buffer | Error])[];

/** What is kept after these events of a connection, and those of one before that left this session. */
function learning(events: Events, before?: Buffer) {
  const sessions = createTlsSessions();
  const learn = (...all: Events): void => {
    const socket = newSocket();
    sessions.learn(SERVER, socket);
    for (const [name, told] of all) socket.emit(name, told);
  };
  if (before !== undefined) learn(['secureConnect'], ['session', before]);
  learn(...events);
  return sessions.of(SERVER);
}

describe('a session', () => {
  test.for([
    ['after the server is verified', [['secureConnect'], ['session', ONE]], ONE],
    ['before that, as in TLS 1.2', [['session', ONE], ['secureConnect']], ONE],
    ['several times', [['secureConnect'], ['session', OTHER], ['session', ONE]], ONE],
  ] as const)('that is given %s is kept', ([, events, kept]) => {
    expect(learning(events)).toEqual(kept);
    expect(learning(events, OTHER)).toEqual(kept);
  });

  test.for([
    ['is given up', [['session', ONE], ['close']]],
    ['fails', [['session', ONE], ['error', new Error('not trusted')], ['close']]],
  ] as const)(
    'of a server that is not verified when the connection %s is not kept, nor an older one',
    ([, events]) => {
      expect(learning(events)).toBeUndefined();
      expect(learning(events, OTHER)).toBeUndefined();
    },
  );

  test('outlasts the end of its connection', () => {
    expect(learning([['secureConnect'], ['session', ONE], ['close']])).toEqual(ONE);
  });

  test("is each server's own, and that of the hundred latest", () => {
    const sessions = createTlsSessions();
    for (let n = 0; n <= 100; n += 1) {
      const socket = newSocket();
      sessions.learn(`server-${n}:443`, socket);
      socket.emit('secureConnect');
      socket.emit('session', Buffer.from(String(n)));
    }
    expect(sessions.of('server-0:443')).toBeUndefined();
    expect(sessions.of('server-1:443')).toEqual(Buffer.from('1'));
    expect(sessions.of('server-100:443')).toEqual(Buffer.from('100'));
  });
});
