import { expect, test } from 'vitest';
import { callUrl } from '../../../main/chat/address.ts';
import { chatCalls } from '../../../main/chat/chat-calls.ts';
import type { Transport } from '../../../main/chat/transport.ts';
import { readHandIn } from '../../../main/sessions/hand-in.ts';
import type { PracticeServer } from '../../../simulator/practice-server.ts';
import { CHAT_CALLS } from '../../../simulator/routes.ts';
import { ACCOUNT, typedAt } from '../../support/account.ts';
import { createFakeClock, type FakeClock } from '../../support/fake-clock.ts';
import { NO_RULES } from '../../support/hand-in-rules.ts';
import { agentSession, engagement } from '../../support/practice-sessions.ts';
import fc from '../../support/property.ts';
import { collectUncaught } from '../../support/uncaught.ts';
import { createVaultDisk } from '../../support/vault-disk.ts';
import { createVirtualNet } from '../../support/virtual-net.ts';
import { startWork } from '../../support/work-world.ts';

const ODD_URL = 'http://127.0.0.1:8086';
const WORK_MS = 4_000;
const RUNS = 50;
/** What leaving takes at the most: the budget, and a second for the disk; an agent is asked for a minute. */
const LEAVES_WITHIN_MS = { signal: 4_000 + 1_000, shutdown: 4_000 + 1_000, quit: 66_000 };
/** As long as a reply may be, with what is around it. */
const MEBIBYTE = 'x'.repeat(1024 * 1024 - 1_000);

const oddText = fc.oneof(
  fc.constantFrom(
    '\ud800',
    '\udfff\ud800',
    '\0',
    'a\nb',
    'a\r\nX-Evil: 1',
    '..',
    '//evil.example',
    'a@evil.example',
    '',
    ' ',
    '\u202e',
    '[',
    '%zz',
    '__proto__',
    '9'.repeat(400),
  ),
  fc.string({ unit: 'binary' }),
);
const odd = fc.oneof(
  { weight: 40, arbitrary: oddText },
  { weight: 20, arbitrary: fc.jsonValue() },
  { weight: 1, arbitrary: fc.constant(MEBIBYTE) },
);
const oddOr = (...right: readonly unknown[]) => fc.oneof(odd, fc.constantFrom(...right));

/** A new pool, most often: it is what a server can change by itself. */
const message = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      ChatConfigChangeNotification: fc.record({
        name: fc.constant('CHAT_CLUSTER_POOL_ID'),
        value: oddOr('298:2', '\ud800'),
      }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ ChatConfigChangeNotification: odd }) },
  {
    weight: 1,
    arbitrary: fc.record({
      ChatSystemError: oddOr({ errorCondition: 'SESSION', text: 'gone', type: 'ERROR' }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ ChatGetTimeout: odd }) },
  { weight: 1, arbitrary: odd },
);
/** The fields of every call at once: each call reads its own. */
const fields = fc.record(
  {
    domain: oddOr('127.0.0.1'),
    port: oddOr(8086, '8086'),
    pool: oddOr('297:1'),
    siteName: oddOr(ACCOUNT.site),
    sessionToken: oddOr('head.body.signature'),
    sessionId: oddOr('node0odd'),
    chatLogonResult: oddOr({ resultType: 'EXISTING_SESSION' }),
    chatLogoffResult: odd,
    getResponseTypes: odd,
    serviceStartTime: odd,
    clientId: odd,
    sequenceNumberString: odd,
  },
  { requiredKeys: [] },
);
/** Those by which it says that something is wrong. */
const errors = fc.record(
  {
    chatSystemError: fc.oneof(odd, fc.record({ errorCondition: odd, text: odd, type: odd })),
    exceptionCode: oddOr('CONFLICT', 'ACCESS_DENIED', 'INTERNAL_SERVER_ERROR'),
    message: oddOr('Agent 12 is already logged on.'),
  },
  { requiredKeys: [] },
);
const body = fc.oneof(
  { weight: 8, arbitrary: fields.map((json) => JSON.stringify(json)) },
  {
    weight: 3,
    arbitrary: fc.tuple(fields, errors).map((json) => JSON.stringify(Object.assign({}, ...json))),
  },
  { weight: 1, arbitrary: odd.map((json) => JSON.stringify(json)) },
  { weight: 2, arbitrary: oddText },
);
const status = fc.oneof(
  { weight: 6, arbitrary: fc.constant(200) },
  {
    weight: 3,
    arbitrary: fc.constantFrom(201, 204, 302, 400, 401, 403, 404, 409, 429, 500, 503, 599),
  },
);
const news = fc
  .array(message, { minLength: 1, maxLength: 4 })
  .map((messages) => ({ status: 200, body: JSON.stringify({ getResponseTypes: messages }) }));
const replies = (reply: fc.Arbitrary<{ status: number; body: string }>, weight: number) =>
  fc.record({
    some: fc.oneof(
      { weight: 3, arbitrary: fc.constant([]) },
      { weight, arbitrary: fc.array(reply, { minLength: 1, maxLength: 3 }) },
    ),
    /** Whether the server works after these, or answers with the last for ever. */
    thenWorks: fc.boolean(),
  });
const anyReply = fc.record({ status, body });
/** Not so often, so that many sign-ins come to a session. */
const TO_SIGN_IN: ReadonlySet<string> = new Set(CHAT_CALLS.slice(0, 3));
const story = fc.record({
  calls: fc.tuple(
    ...CHAT_CALLS.map((call) =>
      replies(
        call === 'getMessages' ? fc.oneof(news, anyReply) : anyReply,
        TO_SIGN_IN.has(call) ? 1 : 6,
      ),
    ),
  ),
  cause: fc.constantFrom('signal', 'shutdown', 'quit'),
});
type Story = typeof story extends fc.Arbitrary<infer T> ? T : never;

function startApp(clock: FakeClock, transport: Transport) {
  const { checkAddress } = chatCalls(transport);
  return startWork({
    clock,
    transport,
    file: createVaultDisk().open(),
    chat: { checkAddress: (address) => checkAddress(address, new AbortController().signal) },
  });
}

/** An agent works on an honest server and on an odd one, and leaves. */
async function play({ calls, cause }: Story) {
  const clock = createFakeClock();
  const net = createVirtualNet(clock);
  const honest = net.listen({ processingMs: 1 });
  const strange = net.listen({ processingMs: 1 }, ODD_URL);
  const { work, vault, log, chat } = startApp(clock, net.transport);
  const signIn = async (server: PracticeServer) => {
    server.addAccount(ACCOUNT);
    const request = { ...typedAt(server.url), password: ACCOUNT.password };
    return clock.until(work.signIn.signIn(request), 60_000);
  };
  const handIn = (server: PracticeServer): void => {
    for (const session of [agentSession(server, 'agent'), engagement(server, 'consumer')]) {
      work.hold.handIn(readHandIn(session, NO_RULES), 'command');
    }
  };

  handIn(honest);
  const began = await signIn(honest);
  handIn(strange);
  for (const [index, { some, thenWorks }] of calls.entries()) {
    const call = CHAT_CALLS[index];
    if (call === undefined) continue;
    for (const [nth, answer] of some.entries()) {
      const isLast = nth === some.length - 1 && !thenWorks;
      const fault = { kind: 'status', ...answer } as const;
      strange.fault({ call, fault, ...(isLast ? {} : { times: 1 }) });
    }
  }
  const address = { server: strange.url, fqSiteName: ACCOUNT.site, pool: '297:1' };
  await clock.until(chat.checkAddress(address), 30_000);
  const oddEnd = await signIn(strange);
  await clock.advance(WORK_MS / 2);
  void work.activity.set(null, { value: 'unavailable', reason: null });
  await clock.advance(WORK_MS / 2);
  const held = vault.held();

  const from = clock.monotonic();
  const left = work.leaving.leave({ cause, mayAsk: cause === 'quit' });
  const went = await clock.until(left, 600_000);
  return {
    began,
    oddEnd,
    went,
    tookMs: clock.monotonic() - from,
    open: honest.sessions.filter(({ over }) => !over).map(({ sessionId }) => sessionId),
    honest: honest.sessions.length,
    held,
    heldAtLast: vault.held().length,
    log,
  };
}

test('whatever one server answers, every session of another is ended, and the app goes in time', async () => {
  const uncaught = collectUncaught();
  const seen = { refused: 0, 'held at last': 0, 'not signed in': 0, 'signed in': 0 };
  const check = async (told: Story): Promise<void> => {
    const { began, open, honest, went, tookMs, held, heldAtLast, log, oddEnd } = await play(told);
    expect(began).toMatchObject({ ok: true });
    expect([open, honest, went]).toEqual([[], 3, 'gone']);
    expect(tookMs).toBeLessThanOrEqual(LEAVES_WITHIN_MS[told.cause]);
    // All that is held can be addressed, and nothing of it was unforeseen.
    for (const session of held) {
      expect(callUrl(session, 'agent', 'logoff').origin).toBe(session.server);
    }
    expect(log).not.toContain('uncaught-exception');
    expect(uncaught.errors()).toEqual([]);

    if (log.includes('value-refused')) seen.refused += 1;
    if (heldAtLast > 0) seen['held at last'] += 1;
    seen[oddEnd.ok ? 'signed in' : 'not signed in'] += 1;
  };
  await fc.assert(fc.asyncProperty(story, check), { numRuns: RUNS });
  const rarest = Math.min(...Object.values(seen));
  expect(rarest, JSON.stringify(seen)).toBeGreaterThan(0);
});
