import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { createBrowserHandIn } from '../../main/browser/browser-hand-in.ts';
import { createBrowserMemory } from '../../main/browser/browser-memory.ts';
import { createOriginQuestion } from '../../main/browser/origin-question.ts';
import { readHandInText } from '../../main/sessions/hand-in.ts';
import type { HoldResult } from '../../main/sessions/hold.ts';
import type { Session } from '../../main/sessions/session.ts';
import { type Clock, systemClock } from '../../main/common/clock.ts';
import { NO_RULES } from './hand-in-rules.ts';

export const CONSOLE = 'https://console.example.test';
export const TOKEN = 'a-token-of-IT-0123456789';
export const SESSION_ID = 'node01h8m13tljpm7ns8nayp0pid91';
export const SESSION = {
  kind: 'agent',
  server: 'https://chat.example.com',
  fqSiteName: 'day001_221100_sql_001h',
  accountId: '12',
  sessionId: SESSION_ID,
};
export const HELD_ID = 'the-id-it-is-held-under';

/** A port of 127.0.0.1 that nothing listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Hand-ins from a browser as the app has them, on a port of this test's own, with all that came of them. */
export async function browserWorld(
  options: {
    clock?: Clock;
    port?: number;
    origins?: readonly string[];
    /** Whether the agent has allowed these origins already. */
    approved?: readonly string[];
  } = {},
) {
  const { clock = systemClock, origins = [CONSOLE], approved = origins } = options;
  const rules = { on: true, port: options.port ?? (await freePort()), origins, token: TOKEN };
  const held: Session[] = [];
  const asked: string[] = [];
  const handedIn: string[] = [];
  const refused: string[] = [];
  const notListening: string[] = [];
  const faults: unknown[] = [];
  /** In place of what the app says when it cannot hold. */
  const cannotHold = { result: null as HoldResult | null };

  const memory = createBrowserMemory({ file: '', cipher: null, onWriteFault: () => undefined });
  for (const origin of approved) memory.approve(origin);
  const originQuestion = createOriginQuestion({ memory, clock });
  originQuestion.onAsked((origin) => asked.push(origin));
  const handIn = createBrowserHandIn({
    rules: () => rules,
    memory,
    originQuestion,
    hold(text) {
      if (cannotHold.result !== null) return cannotHold.result;
      const read = readHandInText(text, NO_RULES);
      if (!read.ok) return { ok: false, badInput: true, problems: [...read.problems] };
      held.push(read.session);
      return { ok: true, id: HELD_ID };
    },
    words: () => ({
      portTaken: (port) => `Port ${port} is taken.`,
      portFails: (port, code) => `Port ${port} fails: ${code}.`,
    }),
    clock,
    onHandedIn: (origin) => handedIn.push(origin),
    onRefused: (reason, origin) => refused.push(`${reason} ${origin}`),
    onNotListening: (problem) => notListening.push(problem),
    onFault: (error) => faults.push(error),
  });
  onTestFinished(() => {
    rules.on = false;
    handIn.changed();
  });
  handIn.changed();
  return {
    handIn,
    memory,
    originQuestion,
    rules,
    port: rules.port,
    url: `http://127.0.0.1:${rules.port}/hold`,
    held,
    asked,
    handedIn,
    refused,
    notListening,
    faults,
    cannotHold,
    /** Resolves once the agent is asked. */
    async untilAsked(): Promise<string> {
      const before = originQuestion.state();
      if (before !== null) return before.origin;
      return new Promise((resolve) => {
        originQuestion.onChange(() => {
          const state = originQuestion.state();
          if (state !== null) resolve(state.origin);
        });
      });
    },
  };
}
export type BrowserWorld = Awaited<ReturnType<typeof browserWorld>>;
