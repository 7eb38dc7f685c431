import { expect, test } from 'vitest';
import { createNetworkWatch } from '../../../main/presence/network-watch.ts';
import { createFakeClock } from '../../support/fake-clock.ts';

function onMachine() {
  const clock = createFakeClock();
  const machine = { addresses: ['192.0.2.7', '2001:db8::7'], changes: 0, looks: 0 };
  const { watch } = createNetworkWatch({
    addresses: () => {
      machine.looks += 1;
      return machine.addresses;
    },
    onChange: () => {
      machine.changes += 1;
    },
    clock,
  });
  return { clock, machine, watch };
}

test('another address is told of within seconds, once', async () => {
  const { clock, machine, watch } = onMachine();
  watch(true);
  await clock.advance(60_000);
  expect(machine.changes).toBe(0);
  machine.addresses = ['198.51.100.7'];
  await clock.advance(3_000);
  expect(machine.changes).toBe(1);
  await clock.advance(60_000);
  expect(machine.changes).toBe(1);
});

test('a network that goes and comes back is told of twice', async () => {
  const { clock, machine, watch } = onMachine();
  const { addresses } = machine;
  watch(true);
  machine.addresses = [];
  await clock.advance(3_000);
  machine.addresses = addresses;
  await clock.advance(3_000);
  expect(machine.changes).toBe(2);
});

test('the same addresses in another order are no other network', async () => {
  const { clock, machine, watch } = onMachine();
  watch(true);
  machine.addresses = machine.addresses.toReversed();
  await clock.advance(60_000);
  expect(machine.changes).toBe(0);
});

test('nothing runs while nobody wants to know', async () => {
  const { clock, machine, watch } = onMachine();
  expect([clock.waiting(), machine.looks]).toEqual([0, 0]);
  watch(true);
  watch(true);
  expect(clock.waiting()).toBe(1);
  watch(false);
  expect(clock.waiting()).toBe(0);
});

test('what changed while nobody wanted to know is not told of', async () => {
  const { clock, machine, watch } = onMachine();
  watch(true);
  watch(false);
  machine.addresses = [];
  watch(true);
  await clock.advance(60_000);
  expect(machine.changes).toBe(0);
});

test('what changed is told of, although somebody wants to know once more meanwhile', async () => {
  const { clock, machine, watch } = onMachine();
  watch(true);
  machine.addresses = [];
  watch(true);
  await clock.advance(3_000);
  expect(machine.changes).toBe(1);
});
