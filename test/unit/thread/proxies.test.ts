import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { createProxies } from '../../../main/thread/proxies.ts';
import type { FromThread } from '../../../main/thread/messages.ts';

const SERVER = 'https://chat.example.com';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
});

/** The thread's proxies, and a main thread that answers what it is asked until it blocks. */
function createWorld() {
  let isBlocked = false;
  let answer = 'PROXY first.example.com:8080';
  const told: FromThread['kind'][] = [];
  const proxies = createProxies((message) => {
    told.push(message.kind);
    if (message.kind === 'ask-proxy' && !isBlocked) {
      queueMicrotask(() => proxies.answered(message.id, answer));
    }
  });
  return {
    proxies,
    told,
    answerWith(next: string) {
      answer = next;
    },
    block() {
      isBlocked = true;
    },
    async resolve(): Promise<string> {
      const resolved = proxies.systemProxy.resolve(SERVER);
      await vi.runAllTimersAsync();
      return resolved;
    },
  };
}

describe('the proxy of a server, on the thread', () => {
  test('is what the main thread answers, each time', async () => {
    const { resolve, answerWith } = createWorld();
    expect(await resolve()).toBe('PROXY first.example.com:8080');
    answerWith('DIRECT');
    expect(await resolve()).toBe('DIRECT');
  });

  test('is known ahead where the server is kept ready', async () => {
    const { proxies, resolve, block, told } = createWorld();
    block();
    proxies.systemProxy.keepReady([SERVER]);
    proxies.known(SERVER, 'PROXY known.example.com:8080');
    expect(await resolve()).toBe('PROXY known.example.com:8080');
    expect(told).toEqual(['keep-ready']);
  });

  test('is none where the main thread blocks', async () => {
    const { resolve, block } = createWorld();
    block();
    expect(await resolve()).toBe('DIRECT');
  });

  test('is the last one that it answered, where it blocks by now', async () => {
    const { resolve, block } = createWorld();
    await resolve();
    block();
    expect(await resolve()).toBe('PROXY first.example.com:8080');
  });
});
