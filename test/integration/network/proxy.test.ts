import { mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { CallEnd } from '../../../main/chat/call-end.ts';
import type { Network } from '../../../main/chat/network.ts';
import { type PracticeServer } from '../../../simulator/practice-server.ts';
import { logoffAt } from '../../support/chat-calls.ts';
import {
  answerWith,
  httpReply,
  listenRaw,
  listenRawTls,
  practise,
} from '../../support/chat-servers.ts';
import { networkWith, NOTHING_SET, transportOver } from '../../support/network.ts';
import { type Identity, NAME, type PrivateCa, privateCa } from '../../support/private-ca.ts';
import { startProxy } from '../../support/proxy.ts';
import { trustAnybody } from '../../support/tls.ts';
import { MEMORY } from '../../support/temp-folder.ts';

interface Place {
  readonly ca: PrivateCa;
  readonly server: PracticeServer;
  /** By a name that only a proxy can look up. */
  readonly url: string;
}

// Made once: openssl takes a busy machine a while.
let authority: PrivateCa;
let identity: Identity;
beforeAll(() => {
  const folder = mkdtempSync(path.join(MEMORY, 'signoff-ca-'));
  authority = privateCa(folder);
  identity = authority.issue();
  return () => rmSync(folder, { recursive: true });
});

/** A chat server with a certificate of a private authority. */
async function place(): Promise<Place> {
  const server = await practise({ tls: identity });
  return { ca: authority, server, url: server.url.replace('127.0.0.1', NAME) };
}

function logoffBy(network: Network, url: string, signal?: AbortSignal): Promise<CallEnd> {
  const transport = transportOver(network);
  return logoffAt(url, { transport, ...(signal === undefined ? {} : { signal }) });
}

/** A place where nobody listens. */
async function nobody(): Promise<string> {
  const proxy = await startProxy();
  await proxy.stop();
  return proxy.host;
}

describe('a proxy that is set', () => {
  test('is asked for the server by its name', async () => {
    const { ca, server, url } = await place();
    const proxy = await startProxy();
    await logoffBy(
      networkWith({ proxy: `http://${proxy.host}`, extraCaCertificates: ca.file }),
      url,
    );
    expect(server.received).toMatchObject([{ call: 'logoff', problems: [], status: 200 }]);
    await expect.poll(() => proxy.asked).toEqual([`CONNECT ${new URL(url).host}`]);
  });

  test('is named with the result, without its credentials', async () => {
    const { ca, url } = await place();
    const proxy = await startProxy({ credentials: 'ann:p@ss:word' });
    const setting = `http://ann:p%40ss%3Aword@${proxy.host}`;
    const end = await logoffBy(networkWith({ proxy: setting, extraCaCertificates: ca.file }), url);
    expect(end).toMatchObject({ kind: 'success', proxy: proxy.host });
    expect(JSON.stringify(end)).not.toMatch(/p@ss|p%40ss/);
  });

  test.for(['', 'ann:planted@'])('that wants other credentials than %j says so', async (given) => {
    const proxy = await startProxy({ credentials: 'ann:other' });
    const network = networkWith({ proxy: `http://${given}${proxy.host}` });
    const end = await logoffBy(network, `https://${NAME}`);
    expect(end).toMatchObject({
      kind: 'no-reply',
      fault: 'proxy-authentication-required',
      message: `The proxy ${proxy.host} wants a user name and password, and got none that it accepts.`,
    });
    expect(JSON.stringify(end)).not.toContain('planted');
  });

  // A 403 of the server's own would mean that the session is over.
  test.for([403, 500, 502, 503])('that answers %d is not taken for the server', async (answers) => {
    const proxy = await startProxy({ answers });
    const end = await logoffBy(networkWith({ proxy: `http://${proxy.host}` }), `https://${NAME}`);
    expect(end).toMatchObject({ kind: 'no-reply', fault: 'proxy-refused', reply: null });
  });

  test.for(['garbage', 'hang-up'] as const)('that answers with %s is no proxy', async (answers) => {
    const proxy = await startProxy({ answers });
    const end = await logoffBy(networkWith({ proxy: `http://${proxy.host}` }), `https://${NAME}`);
    expect(end).toMatchObject({ kind: 'no-reply', fault: expect.stringMatching(/^proxy-/) });
  });

  test('that is down is told as such', async () => {
    const end = await logoffBy(
      networkWith({ proxy: `http://${await nobody()}` }),
      `https://${NAME}`,
    );
    expect(end).toMatchObject({ kind: 'no-reply', fault: 'proxy-unreachable' });
  });

  test('that hangs is given up after two seconds', async () => {
    const proxy = await startProxy({ answers: 'never' });
    const network = networkWith({ proxy: `http://${proxy.host}` });
    await expectLimit(() => logoffBy(network, `https://${NAME}`), {
      reached: proxy.firstAsked,
      end: { kind: 'no-reply', fault: 'proxy-unreachable' },
    });
  });

  test('that hangs is given up as soon as the attempt is', async () => {
    const proxy = await startProxy({ answers: 'never' });
    const network = networkWith({ proxy: `http://${proxy.host}` });
    const giveUp = new AbortController();
    const end = logoffBy(network, `https://${NAME}`, giveUp.signal);
    await proxy.firstAsked;
    giveUp.abort();
    expect(await end).toMatchObject({ kind: 'timed-out' });
  });

  test('connects to a server that then says nothing: given up after two seconds', async () => {
    const silent = await listenRaw(() => undefined);
    const proxy = await startProxy();
    const url = silent.url.replace('http://127.0.0.1', `https://${NAME}`);
    const network = networkWith({ proxy: `http://${proxy.host}` });
    await expectLimit(() => logoffBy(network, url), {
      reached: silent.firstBytes,
      end: { kind: 'no-reply', fault: 'connect-timeout' },
    });
  });

  test('that shows a certificate nobody trusts gets no byte, whatever the environment says', async () => {
    trustAnybody();
    const bytes: Buffer[] = [];
    const proxy = await listenRawTls((_socket, received) => bytes.push(received));
    const end = await logoffBy(networkWith({ proxy: proxy.url }), `https://${NAME}`);
    expect(end).toMatchObject({ kind: 'no-reply', fault: 'proxy-unreachable' });
    expect(bytes).toEqual([]);
  });
  /** The call, whose limit of two seconds runs on fake timers, ends just then. */
  async function expectLimit(
    call: () => Promise<CallEnd>,
    { reached, end }: { reached: Promise<unknown>; end: object },
  ): Promise<void> {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    let ended = false;
    const calling = call().finally(() => (ended = true));
    await reached;
    await vi.advanceTimersByTimeAsync(1_900);
    expect(ended).toBe(false);
    await vi.advanceTimersByTimeAsync(200);
    expect(await calling).toMatchObject(end);
  }

  test('gets nothing of what is for this machine itself', async () => {
    const { ca, server } = await place();
    const plain = await answerWith(httpReply(200, '{"chatLogoffResult":{}}'));
    const proxy = await startProxy({ answers: 502 });
    const network = networkWith({ proxy: `http://${proxy.host}`, extraCaCertificates: ca.file });
    const ends = [await logoffBy(network, server.url), await logoffBy(network, plain.url)];
    expect(ends).toMatchObject([
      { kind: 'success', proxy: null },
      { kind: 'success', proxy: null },
    ]);
    expect(proxy.asked).toEqual([]);
  });

  test('that is set anew counts for the next request', async () => {
    const { ca, url } = await place();
    const [one, other] = [await startProxy(), await startProxy()];
    let proxy = `http://${one.host}`;
    const network = networkWith(() => ({ ...NOTHING_SET, proxy, extraCaCertificates: ca.file }));
    const before = await logoffBy(network, url);
    proxy = `http://${other.host}`;
    const after = await logoffBy(network, url);
    expect([before.proxy, after.proxy]).toEqual([one.host, other.host]);
  });
});

describe('through a proxy', () => {
  test("the server's certificate is verified", async () => {
    const { url, server } = await place();
    const proxy = await startProxy();
    const end = await logoffBy(networkWith({ proxy: `http://${proxy.host}` }), url);
    expect(end).toMatchObject({ kind: 'no-reply', fault: 'certificate-rejected' });
    expect(server.received).toEqual([]);
  });

  test("a certificate for the proxy's own name is not taken for the server's", async () => {
    const { ca, server } = await place();
    const proxy = await startProxy();
    const network = networkWith({ proxy: `http://${proxy.host}`, extraCaCertificates: ca.file });
    const end = await logoffBy(network, server.url.replace('127.0.0.1', '192.0.2.1'));
    expect(end).toMatchObject({ kind: 'no-reply', fault: 'certificate-rejected' });
  });

  test('the steps are told apart, and add up', async () => {
    const { ca, url } = await place();
    const proxy = await startProxy();
    const network = networkWith({ proxy: `http://${proxy.host}`, extraCaCertificates: ca.file });
    const { phases } = (await logoffBy(network, url)).times;
    const { wait, dns, tcp, tls, request, firstByte, download, total } = phases;
    expect({ wait, dns }).toEqual({ wait: 0, dns: null });
    expect([tcp, tls, request, firstByte, download]).not.toContain(null);
    const sum = (tcp ?? 0) + (tls ?? 0) + (request ?? 0) + (firstByte ?? 0) + (download ?? 0);
    expect(Math.abs(sum - (total ?? 0))).toBeLessThanOrEqual(10);
  });
});

describe("the system's proxy", () => {
  test('is found out for the server alone, not for what is asked of it', async () => {
    const asked: string[] = [];
    const network = networkWith(
      { proxy: 'system' },
      {
        resolve: async (url) => {
          asked.push(url);
          return 'SOCKS5 127.0.0.1:1';
        },
      },
    );
    await logoffBy(network, `https://${NAME}:8443`);
    expect(asked).toEqual([`https://${NAME}:8443`]);
  });

  test('where it is down, the next that it names is taken', async () => {
    const { ca, url } = await place();
    const [dead, proxy] = [await nobody(), await startProxy()];
    const network = networkWith(
      { proxy: 'system', extraCaCertificates: ca.file },
      { resolve: async () => `PROXY ${dead}; PROXY ${proxy.host}; DIRECT` },
    );
    expect(await logoffBy(network, url)).toMatchObject({ kind: 'success', proxy: proxy.host });
  });

  test('where it refuses, no other way round it is taken', async () => {
    const { ca, url } = await place();
    const [refusing, proxy] = [await startProxy({ answers: 403 }), await startProxy()];
    const network = networkWith(
      { proxy: 'system', extraCaCertificates: ca.file },
      { resolve: async () => `PROXY ${refusing.host}; PROXY ${proxy.host}` },
    );
    expect(await logoffBy(network, url)).toMatchObject({ fault: 'proxy-refused' });
  });

  test('where the connection through it breaks, nothing is sent a second time by the next', async () => {
    const ca = privateCa();
    const requests: string[] = [];
    const server = await listenRawTls((socket, bytes) => {
      requests.push(bytes.toString('latin1', 0, 4));
      socket.destroy();
    }, ca.issue());
    const [first, second] = [await startProxy(), await startProxy()];
    const network = networkWith(
      { proxy: 'system', extraCaCertificates: ca.file },
      { resolve: async () => `PROXY ${first.host}; PROXY ${second.host}` },
    );
    const end = await logoffBy(network, server.url.replace('127.0.0.1', NAME));
    expect(end).toMatchObject({ fault: 'connection-broken', proxy: first.host });
    expect(requests).toEqual(['POST']);
  });

  test('of a kind that cannot be used is told as such', async () => {
    const network = networkWith(
      { proxy: 'system' },
      { resolve: async () => 'SOCKS5 socks.example.com:1080' },
    );
    expect(await logoffBy(network, `https://${NAME}`)).toMatchObject({
      kind: 'no-reply',
      fault: 'proxy-not-supported',
      proxy: 'socks.example.com:1080',
    });
  });

  test('that cannot be found out ends the call, and throws nothing', async () => {
    const network = networkWith(
      { proxy: 'system' },
      { resolve: () => Promise.reject(new Error('PAC failed')) },
    );
    const end = await logoffBy(network, `https://${NAME}`);
    expect(end).toMatchObject({ kind: 'no-reply', fault: 'no-connection' });
  });

  test('that is never found out costs no more than the attempt may', async () => {
    const network = networkWith(
      { proxy: 'system' },
      { resolve: () => new Promise<string>(() => undefined) },
    );
    const end = await logoffBy(network, `https://${NAME}`, AbortSignal.timeout(100));
    expect(end).toMatchObject({ kind: 'timed-out', proxy: null });
  });
});
