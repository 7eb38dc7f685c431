import type { LookupAddress } from 'node:dns';
import { describe, expect, test } from 'vitest';
import { createServerAddresses } from '../../../main/chat/server-addresses.ts';
import { createFakeClock } from '../../support/fake-clock.ts';

const NAME = 'chat.example.com';
const MINUTES = 60_000;
const OLD: LookupAddress = { address: '192.0.2.1', family: 4 };
const NEW: LookupAddress = { address: '192.0.2.2', family: 4 };
const SIX: LookupAddress = { address: '2001:db8::1', family: 6 };

const notFound = Object.assign(new Error('no such name'), { code: 'ENOTFOUND' });

/** Addresses whose resolver answers what `is` says, after `takesMs`. */
function world(...first: readonly LookupAddress[]) {
  const clock = createFakeClock();
  const asked: string[] = [];
  const resolver = { is: first, takesMs: 0, fails: false };
  const addresses = createServerAddresses({
    clock,
    resolve(hostname) {
      asked.push(hostname);
      const { is, fails, takesMs } = resolver;
      return new Promise((resolve, reject) => {
        clock.after(takesMs, () => (fails ? reject(notFound) : resolve(is)));
      });
    },
  });
  const lookup = (all = true): Promise<unknown> =>
    new Promise((resolve, reject) => {
      addresses.lookup(NAME, { all }, (error, address, family) =>
        error === null ? resolve(all ? address : { address, family }) : reject(error),
      );
    });
  return {
    clock,
    asked,
    resolver,
    addresses,
    lookup,
    /** What is found, and after how many milliseconds. */
    async found() {
      const before = clock.monotonic();
      const found = await clock.until(lookup(), 60_000);
      return [found, clock.monotonic() - before];
    },
  };
}

describe('an address', () => {
  test('that is not known is looked up, however long it takes', async () => {
    const { resolver, found } = world(OLD, SIX);
    resolver.takesMs = 9_000;
    expect(await found()).toEqual([[OLD, SIX], 9_000]);
  });

  test('that cannot be looked up, and never could, is a fault', async () => {
    const { resolver, lookup, clock } = world();
    resolver.fails = true;
    await expect(clock.until(lookup(), 1_000)).rejects.toThrow(notFound);
    resolver.fails = false;
    await expect(clock.until(lookup(), 1_000)).rejects.toMatchObject({ code: 'ENOTFOUND' });
  });

  test('is used at once for five minutes, and nobody is asked', async () => {
    const { clock, asked, resolver, found } = world(OLD, SIX);
    await found();
    resolver.is = [NEW];
    resolver.takesMs = 9_000;
    await clock.advance(5 * MINUTES - 1);
    expect(await found()).toEqual([[OLD, SIX], 0]);
    expect(asked).toEqual([NAME]);
  });

  test('that is older is looked up anew', async () => {
    const { clock, resolver, found } = world(OLD);
    await found();
    resolver.is = [NEW];
    resolver.takesMs = 499;
    await clock.advance(5 * MINUTES);
    expect(await found()).toEqual([[NEW], 499]);
    expect(await found()).toEqual([[NEW], 0]);
  });

  test('that is older by the time the machine slept is looked up anew', async () => {
    const { clock, resolver, found } = world(OLD);
    await found();
    resolver.is = [NEW];
    clock.setWallClock(5 * MINUTES);
    expect(await found()).toEqual([[NEW], 0]);
  });

  test('that is older is used all the same where the resolver fails', async () => {
    const { clock, resolver, found } = world(OLD);
    await found();
    resolver.fails = true;
    await clock.advance(60 * MINUTES);
    expect(await found()).toEqual([[OLD], 0]);
  });

  test('that is older is used where the resolver takes longer than half a second; its answer counts from then on', async () => {
    const { clock, asked, resolver, found } = world(OLD);
    await found();
    resolver.is = [NEW];
    resolver.takesMs = 2_000;
    await clock.advance(5 * MINUTES);
    expect(await found()).toEqual([[OLD], 500]);
    await clock.advance(1_500);
    expect(await found()).toEqual([[NEW], 0]);
    expect(asked).toEqual([NAME, NAME]);
  });

  test('is asked for once where many want it at the same time', async () => {
    const { clock, asked, resolver, lookup } = world(OLD);
    resolver.takesMs = 100;
    const all = await clock.until(Promise.all([lookup(), lookup(), lookup()]), 1_000);
    expect(all).toEqual([[OLD], [OLD], [OLD]]);
    expect(asked).toEqual([NAME]);
  });

  test('where no connection could be made is looked up anew, and used where that fails', async () => {
    const { resolver, addresses, found } = world(OLD);
    await found();
    addresses.failed(NAME);
    resolver.fails = true;
    expect(await found()).toEqual([[OLD], 0]);
    resolver.fails = false;
    resolver.is = [NEW];
    expect(await found()).toEqual([[NEW], 0]);
  });

  test('that was reached comes first, as long as it is one of them', async () => {
    const { clock, resolver, addresses, found } = world(SIX, OLD);
    await found();
    addresses.reached(NAME, OLD.address);
    expect(await found()).toEqual([[OLD, SIX], 0]);
    resolver.is = [SIX, NEW, OLD];
    await clock.advance(5 * MINUTES);
    expect(await found()).toEqual([[OLD, SIX, NEW], 0]);
    resolver.is = [SIX, NEW];
    await clock.advance(5 * MINUTES);
    expect(await found()).toEqual([[SIX, NEW], 0]);
  });

  test('alone is given to whoever wants one', async () => {
    const { clock, lookup } = world(SIX, OLD);
    expect(await clock.until(lookup(false), 1_000)).toEqual(SIX);
  });
});
