import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { NetworkSettings } from '../../main/chat/network.ts';
import { systemClock } from '../../main/common/clock.ts';
import type { Receipt } from '../../main/results/receipt.ts';
import type { HeldSession } from '../../main/sessions/session.ts';
import type { Order, SignOff } from '../../main/signoff/sign-off.ts';
import { type ChatThread, createChatThread } from '../../main/thread/client.ts';
import type { PracticeServer } from '../../simulator/practice-server.ts';
import { practise } from '../support/chat-servers.ts';
import { NOTHING_SET } from '../support/network.ts';
import { SITE } from '../support/practice-sessions.ts';
import { tempFolder } from '../support/temp-folder.ts';

const ENTRY = path.resolve('main/thread/entry.ts');

/** The real thread, as the app starts it. */
function startThread({
  script = ENTRY,
  settings = () => NOTHING_SET,
}: { script?: string; settings?: () => NetworkSettings } = {}) {
  const problems: string[] = [];
  const faults: string[] = [];
  const asked: string[] = [];
  const thread = createChatThread({
    script,
    userAgent: 'Signoff/0.0.0 (test)',
    networkSettings: settings,
    systemProxy: {
      async resolve(origin) {
        asked.push(origin);
        return 'DIRECT';
      },
      keepReady: (origins, onAnswer) => {
        for (const origin of origins) onAnswer(origin, 'DIRECT');
      },
    },
    onProblem: (problem) => problems.push(problem),
    onFault: (error) => faults.push(error),
    clock: systemClock,
    newId: randomUUID,
  });
  return { thread, problems, faults, asked };
}

function heldAt({ url }: PracticeServer, name: string): HeldSession {
  return {
    kind: 'agent',
    server: url,
    fqSiteName: SITE,
    pool: '297:1',
    accountId: '12',
    sessionId: `node0${name}`,
    label: name,
    id: `held-${name}`,
    heldSince: 0,
    lastSequenceNumber: 41,
    login: null,
    startedHere: false,
  };
}

function knownAt(server: PracticeServer, name: string): HeldSession {
  const session = heldAt(server, name);
  server.addAgent({ fqSiteName: SITE, accountId: '12', sessionId: `node0${name}`, pool: '297:1' });
  return session;
}

const orderFor = (budgetMs: number, forced = true): Order => ({
  cause: 'quit',
  forced,
  deadline: systemClock.monotonic() + budgetMs,
  budgetMs,
});

/** Starts a sign-off and begins it. */
function signOff(thread: ChatThread, session: HeldSession, order: Order) {
  const { promise: receipt, resolve } = Promise.withResolvers<Receipt>();
  let attempts = 0;
  const running: SignOff = thread.startSignOff(session, order, {
    onAttempt: () => (attempts += 1),
    onReceipt: resolve,
  });
  running.begin(session);
  return { running, receipt, attempts: () => attempts };
}

describe('the thread that signs off', () => {
  test('ends a session, and tells of each attempt and of the receipt', async () => {
    const server = await practise();
    const session = knownAt(server, 'Ann');
    const { running, receipt, attempts } = signOff(startThread().thread, session, orderFor(20_000));
    expect(await receipt).toMatchObject({
      heldId: session.id,
      outcome: 'ended',
      forced: true,
      attempts: 1,
    });
    expect([attempts(), running.attempts()]).toEqual([1, 1]);
    expect(server.received.map(({ body }) => body)).toEqual([
      expect.stringContaining('"sequenceNumber" : 42, "forceLogoff" : true'),
    ]);
  });

  test('lets a stronger order join what is under way', async () => {
    const server = await practise();
    server.fault({ fault: { kind: 'hang' }, times: 1 });
    const session = knownAt(server, 'Ann');
    const { running, receipt } = signOff(startThread().thread, session, orderFor(60_000, false));
    await server.waitForRequest();
    running.join(orderFor(3_000));
    expect(running.order().forced).toBe(true);
    expect(await receipt).toMatchObject({ forced: true, attempts: 2 });
  });

  test('makes the calls of the API, and gives them up when told', async () => {
    const server = await practise();
    const { sessionId, accountId } = { sessionId: 'node0Ann', accountId: '12' };
    knownAt(server, 'Ann');
    const { calls } = startThread().thread;
    const address = { server: server.url, fqSiteName: SITE, pool: '297:1' };
    const request = { address, accountId, sessionId, sequenceNumber: 2n ** 60n, timeCreated: 1 };
    const polling = new AbortController();
    const poll = calls.getMessages(request, polling.signal);
    await server.waitForRequest(({ call }) => call === 'getMessages');
    polling.abort();
    expect(await poll).toMatchObject({ ok: false, end: { kind: 'timed-out' } });
    const end = await calls.logoff({ ...request, forceLogoff: true }, new AbortController().signal);
    expect(end).toMatchObject({ kind: 'success', words: { sequenceNumber: String(2n ** 60n) } });
  });

  test('has a created session taken while the main thread blocks', async () => {
    const script = path.join(tempFolder(), 'thread.mjs');
    writeFileSync(
      script,
      `import { workerData } from 'node:worker_threads';
       const told = new Int32Array(workerData.told);
       workerData.port.on('message', ({ kind, id }) => {
         if (kind !== 'call') return;
         workerData.port.postMessage({ kind: 'call-ended', id, end: { ok: true, value: 'node01' } });
         Atomics.add(told, 0, 1);
         Atomics.notify(told, 0);
       });`,
    );
    const { thread } = startThread({ script });
    const taken: unknown[] = [];
    const address = { server: 'https://chat.example.test', fqSiteName: SITE, pool: '297:1' };
    const created = thread.calls.createAgentSession(
      { address, token: '', logonOverride: false, sequenceNumber: 0n, timeCreated: 1 },
      new AbortController().signal,
      (answer) => {
        taken.push(answer);
        return 'held';
      },
    );
    thread.waitFor(() => taken.length > 0, 60_000);
    expect(taken).toEqual([{ ok: true, value: 'node01' }]);
    expect(await created).toBe('held');
  });

  test('has the network settings of the moment, and tells of those that it cannot use', async () => {
    const server = await practise();
    let file = '';
    const { thread, problems } = startThread({
      settings: () => ({ ...NOTHING_SET, extraCaCertificates: file }),
    });
    await signOff(thread, knownAt(server, 'Ann'), orderFor(20_000)).receipt;
    expect(problems).toEqual([]);
    file = '/nowhere/ca.pem';
    thread.prepare(['https://chat.example.test']);
    await expect.poll(() => problems).toEqual([expect.stringContaining(file)]);
  });

  test('that ends by a fault leaves nothing waiting, and is started anew', async () => {
    const server = await practise();
    const script = path.join(tempFolder(), 'thread.mjs');
    writeFileSync(
      script,
      `import { workerData } from 'node:worker_threads';
       workerData.port.on('message', ({ kind }) => {
         if (kind === 'begin' || kind === 'call') process.exit(1);
       });`,
    );
    const { thread, faults } = startThread({ script });
    const { receipt } = signOff(thread, heldAt(server, 'Ann'), orderFor(20_000));
    expect(await receipt).toMatchObject({
      outcome: 'unreachable',
      cause: 'quit',
      error: { message: expect.stringContaining('interrupted') },
    });
    const address = { server: server.url, fqSiteName: SITE, pool: null };
    const check = await thread.calls.checkAddress(address, new AbortController().signal);
    expect(check).toMatchObject({ ok: false, wrong: 'unclear' });
    expect(faults).toHaveLength(2);
  });

  test('that cannot be told of a call ends it as one that could not be made', async () => {
    const { thread, faults } = startThread({
      settings() {
        throw new Error('no settings');
      },
    });
    const { url: server } = await practise();
    const address = { server, fqSiteName: SITE, pool: null };
    const check = await thread.calls.checkAddress(address, new AbortController().signal);
    expect(check).toMatchObject({ ok: false, wrong: 'unclear' });
    expect(faults).toEqual(['no settings']);
  });
});
