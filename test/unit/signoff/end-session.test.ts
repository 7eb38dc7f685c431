import { expect, test } from 'vitest';
import { type CallEnd, untimed } from '../../../main/chat/call-end.ts';
import type { Call } from '../../../main/chat/transport.ts';
import type { HeldSession, Session } from '../../../main/sessions/session.ts';
import { createEndSession } from '../../../main/signoff/end-session.ts';
import { agentSession, engagement } from '../../support/sessions.ts';

const END: CallEnd = {
  kind: 'timed-out',
  message: 'No answer.',
  times: untimed(0),
  reply: null,
  proxy: null,
};

/** What goes to the server to end this session. */
async function sentFor(session: Session) {
  const held: HeldSession = {
    ...session,
    id: 'held-1',
    heldSince: 0,
    lastSequenceNumber: 0,
    login: null,
    startedHere: false,
  };
  const { signal } = new AbortController();
  const sent: { call: Call; signal: AbortSignal }[] = [];
  const endSession = createEndSession(async (call, by) => {
    sent.push({ call, signal: by });
    return END;
  });
  const end = await endSession(held, { forced: true, sequenceNumber: 7, timeCreated: 9 }, signal);
  const [first] = sent;
  if (first === undefined) throw new Error('nothing was sent');
  return { call: first.call, isGivenUpBy: first.signal === signal, end };
}

test("an agent's session is logged off, as the order says", async () => {
  const { call } = await sentFor(agentSession('Ann'));
  expect([call.url.href, call.headers, JSON.parse(call.body ?? '')]).toEqual([
    'https://chat.example.com/engagement/api/agent/day001_221100_sql_001h/v1/logoff?pool=297:1',
    { 'X-AID': '12', 'X-JSESSIONID': 'agent-Ann-secret' },
    { timeCreated: 9, sequenceNumber: 7, forceLogoff: true },
  ]);
});

test('an engagement is concluded', async () => {
  const { call } = await sentFor(engagement('Carl'));
  expect([call.url.href, call.headers]).toEqual([
    'https://chat.example.com/engagement/api/consumer/day001_221100_sql_001h/v1/concludeEngagement?pool=297:1',
    { SessionId: 'engagement-Carl-secret' },
  ]);
});

test.for([agentSession, engagement])(
  'what comes of it is what the call ends with',
  async (make) => {
    const { end, isGivenUpBy } = await sentFor(make());
    expect([end, isGivenUpBy]).toEqual([END, true]);
  },
);
