import { expect, test } from 'vitest';
import { createSequence, startedHere } from '../../../main/presence/sequence.ts';
import { agentSession, engagement } from '../../support/sessions.ts';
import { createSignOffWorld } from '../../support/sign-off-world.ts';

/** An agent who signed in here, with the number of the next request. */
function numbered() {
  const { vault, clock } = createSignOffWorld();
  const sequence = createSequence({ vault, clock });
  const { id } = vault.hold(agentSession(), true);
  const next = (): bigint | undefined => {
    const held = startedHere(vault.find(id));
    return held === null ? undefined : sequence.request(held).sequenceNumber;
  };
  return { vault, sequence, id, next };
}

test('requests are numbered one after the other', () => {
  const { next } = numbered();
  expect([next(), next()]).toEqual([1n, 2n]);
});

test('a number that the vault has noted since is not used again', () => {
  const { vault, id, next } = numbered();
  next();
  vault.noteSequenceNumber(id, 7);
  expect(next()).toBe(8n);
});

test('no number is used twice, whatever else is held and released meanwhile', () => {
  const { vault, next } = numbered();
  const numbers = [next()];
  vault.release(vault.hold(engagement()).id);
  numbers.push(next());
  expect(numbers).toEqual([1n, 2n]);
});

test('the vault has the last number once it is saved, and none where none was used', () => {
  const { vault, sequence, id, next } = numbered();
  sequence.saveLast(id);
  const before = vault.find(id)?.lastSequenceNumber;
  next();
  next();
  sequence.saveLast(id);
  expect([before, vault.find(id)?.lastSequenceNumber]).toEqual([0, 2]);
});

test('a number that was saved does not replace a later one', () => {
  const { vault, sequence, id, next } = numbered();
  next();
  sequence.saveLast(id);
  vault.noteSequenceNumber(id, 4);
  sequence.saveLast(id);
  expect([vault.find(id)?.lastSequenceNumber, next()]).toEqual([4, 5n]);
});
