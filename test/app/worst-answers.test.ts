import type { Page } from 'playwright';
import type { Bridge } from '../../preload/contract.ts';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { PracticeServer } from '../../simulator/practice-server.ts';
import { median } from '../bench/median.ts';
import { ACCOUNT } from '../support/account.ts';
import { WORST_POLLS } from '../support/worst-polls.ts';
import { askToSignIn, newDataDir, newServer, openSignoff } from './signoff.ts';

const CLICKS = 15;

/**
 * How many milliseconds clicks on the window's two views take, each until the view is shown and the main
 * process has answered.
 */
function clicks(page: Page): Promise<number[]> {
  return page.evaluate(async (count) => {
    // The preload script puts it there.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    const bridge = Reflect.get(globalThis, 'signoff') as Pick<Bridge, 'getState'>;
    const took: number[] = [];
    for (let round = 0; round < count; round += 1) {
      const other = document.querySelector<HTMLElement>('nav button:not([aria-current])');
      if (other === null) throw new Error('There is no other view.');
      const from = performance.now();
      other.click();
      await bridge.getState();
      if (other.getAttribute('aria-current') === null) throw new Error('It is not shown.');
      took.push(performance.now() - from);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return took;
  }, CLICKS);
}

let server: PracticeServer;
let page: Page;
beforeAll(async () => {
  server = await newServer({ absentAfterMs: 120_000, pollHoldMs: 500 }, afterAll);
  server.addAccount(ACCOUNT);
  const dataDir = await newDataDir(undefined, afterAll);
  ({ page } = await openSignoff(dataDir, {}, afterAll));
  await askToSignIn(dataDir, server, { available: true });
});

test.each(Object.entries(WORST_POLLS))(
  'a server answers every poll with 1 MiB of %s: a click is handled within 50 ms',
  async (_what, body) => {
    onTestFinished(
      server.fault({ fault: { kind: 'status', status: 200, body }, call: 'getMessages' }),
    );
    const polled = (after: number) =>
      server.waitForRequest(({ call }) => call === 'getMessages', { after });
    await polled(server.received.length);
    const before = server.received.length;
    expect(median(await clicks(page))).toBeLessThan(50);
    // It went on meanwhile.
    await polled(before);
  },
);
