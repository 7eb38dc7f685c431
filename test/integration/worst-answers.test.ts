import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../../main/common/clock.ts';
import { createChatThread } from '../../main/thread/client.ts';
import { root } from '../../scripts/setup/step.mjs';
import { NOTHING_SET } from '../support/network.ts';
import { SAMPLE } from '../support/samples.ts';
import { longestTurnDuring } from '../support/turns.ts';
import { WORST_POLLS } from '../support/worst-polls.ts';

const NEVER = new AbortController().signal;

function startThread() {
  const faults: string[] = [];
  const thread = createChatThread({
    script: path.join(root, 'main', 'thread', 'entry.ts'),
    userAgent: 'Signoff/0.0.0 (test)',
    networkSettings: () => NOTHING_SET,
    systemProxy: { resolve: async () => 'DIRECT', keepReady: () => undefined },
    onProblem: (problem) => faults.push(problem),
    onFault: (error) => faults.push(error),
    clock: systemClock,
    newId: randomUUID,
  });
  return { thread, faults };
}

/** A server with this one answer, on a thread of its own, so that its work is not taken for this one's. */
async function startServer(body: string): Promise<string> {
  const code = `
    const { parentPort, workerData } = require('node:worker_threads');
    const server = require('node:http').createServer((request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(workerData);
    });
    server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));`;
  const server = new Worker(code, { eval: true, workerData: body });
  onTestFinished(async () => void (await server.terminate()));
  const [port] = await once(server, 'message');
  return `http://127.0.0.1:${String(port)}`;
}

const { thread, faults } = startThread();

test.each(Object.entries(WORST_POLLS))(
  'a poll that is answered with 1 MiB of %s keeps the main thread for a moment only',
  async (_what, body) => {
    const { fqSiteName, pool, accountId, sessionId } = SAMPLE.agent;
    const request = {
      address: { server: await startServer(body), fqSiteName, pool },
      accountId,
      sessionId,
      sequenceNumber: 4n,
      timeCreated: 1618317020415,
    };
    let answer: unknown = null;
    const longest = await longestTurnDuring(async () => {
      answer = await thread.calls.getMessages(request, NEVER);
    });
    expect(answer).toMatchObject({
      ok: true,
      value: { hasNews: true, pool: null, systemError: null, offersChat: false },
    });
    expect(longest).toBeLessThan(30);
    expect(faults).toEqual([]);
  },
);
