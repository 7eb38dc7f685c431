import { describe, expect, test } from 'vitest';
import { createSystemProxy } from '../../../main/shell/system-proxy.ts';
import { createFakeClock } from '../../support/fake-clock.ts';

const ORIGIN = 'https://chat.example.com';

/** A system whose answers the test gives, one after the other. */
function stage() {
  const clock = createFakeClock();
  const asked: string[] = [];
  const faults: unknown[] = [];
  let answer: () => Promise<string> = async () => 'PROXY one:8080';
  const proxy = createSystemProxy({
    ask(url) {
      asked.push(url);
      return answer();
    },
    clock,
    onFault: (error) => faults.push(error),
  });
  return {
    clock,
    asked,
    faults,
    proxy,
    answerWith: (next: () => Promise<string>) => {
      answer = next;
    },
  };
}

const never = (): Promise<string> => new Promise(() => undefined);

describe("the system's answer", () => {
  test('is given on', async () => {
    const { proxy } = stage();
    expect(await proxy.resolve(ORIGIN)).toBe('PROXY one:8080');
  });

  test('counts for a minute without being asked for again', async () => {
    const { proxy, clock, asked } = stage();
    await proxy.resolve(ORIGIN);
    await clock.advance(59_999);
    await proxy.resolve(ORIGIN);
    expect(asked).toEqual([ORIGIN]);
  });

  test('is asked for again after a minute', async () => {
    const { proxy, clock, answerWith } = stage();
    await proxy.resolve(ORIGIN);
    answerWith(async () => 'DIRECT');
    await clock.advance(60_000);
    expect(await proxy.resolve(ORIGIN)).toBe('DIRECT');
  });

  test('is asked for once, however many wait for it', async () => {
    const { proxy, asked } = stage();
    await Promise.all([proxy.resolve(ORIGIN), proxy.resolve(ORIGIN)]);
    expect(asked).toEqual([ORIGIN]);
  });
});

describe('where it does not come within 300 ms', () => {
  test('the last known counts', async () => {
    const { proxy, clock, answerWith } = stage();
    await proxy.resolve(ORIGIN);
    answerWith(never);
    await clock.advance(60_000);
    const answer = proxy.resolve(ORIGIN);
    expect(await clock.until(answer, 300)).toBe('PROXY one:8080');
  });

  test('and none is known, the server is reached straight', async () => {
    const { proxy, clock, answerWith } = stage();
    answerWith(never);
    expect(await clock.until(proxy.resolve(ORIGIN), 300)).toBe('DIRECT');
  });

  test('it counts when it comes later', async () => {
    const { proxy, clock, answerWith } = stage();
    const late = Promise.withResolvers<string>();
    answerWith(() => late.promise);
    await clock.until(proxy.resolve(ORIGIN), 300);
    late.resolve('PROXY late:1');
    await clock.settle();
    expect(await proxy.resolve(ORIGIN)).toBe('PROXY late:1');
  });
});

describe('where the system fails to answer', () => {
  test('the last known counts, and the fault is told', async () => {
    const { proxy, clock, faults, answerWith } = stage();
    await proxy.resolve(ORIGIN);
    answerWith(() => Promise.reject(new Error('PAC')));
    await clock.advance(60_000);
    expect(await proxy.resolve(ORIGIN)).toBe('PROXY one:8080');
    expect(faults).toEqual([new Error('PAC')]);
  });

  test('it is asked again the next time', async () => {
    const { proxy, answerWith } = stage();
    answerWith(() => {
      throw new Error('PAC');
    });
    expect(await proxy.resolve(ORIGIN)).toBe('DIRECT');
    answerWith(async () => 'PROXY two:1');
    expect(await proxy.resolve(ORIGIN)).toBe('PROXY two:1');
  });
});

describe('what is kept ready', () => {
  test('is found out before it is needed, and stays fresh', async () => {
    const { proxy, clock, answerWith } = stage();
    proxy.keepReady([ORIGIN]);
    await clock.advance(10 * 60_000);
    answerWith(never);
    const answer = proxy.resolve(ORIGIN);
    expect(await clock.until(answer, 0)).toBe('PROXY one:8080');
  });

  test('and not any more leaves nothing waiting', async () => {
    const { proxy, clock } = stage();
    proxy.keepReady([ORIGIN]);
    proxy.keepReady([]);
    await clock.settle();
    expect(clock.waiting()).toBe(0);
  });
});
