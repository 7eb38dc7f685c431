import { expect, test } from 'vitest';
import { createSequence, startedHere } from '../../../main/presence/sequence.ts';
import { agentSession, engagement } from '../../support/sessions.ts';
import { createSignOffWorld } from '../../support/sign-off-world.ts';

function createWorld() {
  const { vault, clock } = createSignOffWorld();
  const { id } = vault.hold(agentSession(), true);
  const sequence = createSequence({ vault, clock });
  return {
    vault,
    id,
    next(): bigint {
      const held = startedHere(vault.find(id));
      if (held === null) throw new Error('not held');
      return sequence.request(held).sequenceNumber;
    },
    saveLast: () => sequence.saveLast(id),
    saved: () => vault.find(id)?.lastSequenceNumber,
  };
}

test('no number is used twice, whatever happens in the vault', () => {
  const { vault, next } = createWorld();
  const numbers = [next()];
  vault.release(vault.hold(engagement()).id);
  numbers.push(next());
  expect(numbers).toEqual([1n, 2n]);
});

test('the last number is saved, and none where none was used', () => {
  const { next, saveLast, saved } = createWorld();
  saveLast();
  const before = saved();
  next();
  next();
  saveLast();
  expect([before, saved()]).toEqual([0, 2]);
});

test('a number that was saved does not replace a later one', () => {
  const { vault, id, next, saveLast, saved } = createWorld();
  next();
  saveLast();
  vault.noteSequenceNumber(id, 4);
  saveLast();
  expect([saved(), next()]).toEqual([4, 5n]);
});
