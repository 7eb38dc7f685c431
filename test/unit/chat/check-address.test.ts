import { describe, expect, test } from 'vitest';
import type { CallEnd } from '../../../main/chat/call-end.ts';
import { checkAddress } from '../../../main/chat/check-address.ts';
import type { Call } from '../../../main/chat/transport.ts';

const phases = {
  wait: 0,
  dns: null,
  tcp: null,
  tls: null,
  request: 0,
  firstByte: 12,
  download: 0,
  total: 12,
};
const times = { started: 0, sent: 0, received: 12, finished: 12, phases };
const said = (status: number): CallEnd => ({
  times,
  reply: null,
  proxy: null,
  kind: 'exception',
  status,
  code: null,
  message: `It said ${status}.`,
});
const silent: CallEnd = {
  times,
  reply: null,
  proxy: null,
  kind: 'timed-out',
  message: 'No answer.',
};

/** Checks an address at a server that answers as `answer` has it; `calls` is what went out. */
async function check(pool: string | null, answer: (call: Call) => CallEnd) {
  const calls: Call[] = [];
  const result = await checkAddress(
    async (call) => {
      calls.push(call);
      return answer(call);
    },
    { server: 'https://chat.example.com', fqSiteName: 'site', pool },
    new AbortController().signal,
  );
  return { result, calls };
}

describe('checking an address', () => {
  test('is well when the server knows all but the session', async () => {
    const { result } = await check('297:1', () => said(403));
    expect(result).toEqual({ ok: true, roundTripMs: 12 });
  });

  test('asks without force about a session that cannot be', async () => {
    const { calls } = await check('297:1', () => said(403));
    expect(calls.map(({ body }) => body)).toEqual([
      expect.stringContaining('"forceLogoff" : false'),
    ]);
    expect(calls[0]?.headers['X-JSESSIONID']).toMatch(/^address-check-[0-9a-f-]{36}$/);
  });

  test.each([
    ['a server that is silent', silent],
    ['a page', { ...silent, kind: 'not-this-api', status: 200, message: 'A web page.' } as const],
  ])('blames the host for %s, and asks no more', async (_, end) => {
    const { result, calls } = await check('297:1', () => end);
    expect(result).toMatchObject({ ok: false, wrong: 'host' });
    expect(calls).toHaveLength(1);
  });

  test('blames the site for a 404', async () => {
    const { result } = await check(null, () => said(404));
    expect(result).toEqual({ ok: false, wrong: 'site', code: 'HTTP_404', message: 'It said 404.' });
  });

  test('blames the pool when all is well without it', async () => {
    const { result } = await check('1:1', ({ url }) => said(url.search === '' ? 403 : 404));
    expect(result).toEqual({ ok: false, wrong: 'pool', code: 'HTTP_404', message: 'It said 404.' });
  });

  test('blames the site when it is the same without the pool', async () => {
    const { result } = await check('1:1', () => said(404));
    expect(result).toMatchObject({ wrong: 'site' });
  });

  test('blames nobody for an error in the server', async () => {
    const { result } = await check(null, () => said(500));
    expect(result).toMatchObject({ wrong: 'unclear' });
  });
});
