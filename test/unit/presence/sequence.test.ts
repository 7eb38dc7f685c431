import { expect, test } from 'vitest';
import { createSequence, startedHere } from '../../../main/presence/sequence.ts';
import { agentSession } from '../../support/sessions.ts';
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

test('the vault has the last number once it is saved', () => {
  const { vault, sequence, id, next } = numbered();
  next();
  next();
  sequence.saveLast(id);
  expect(vault.find(id)?.lastSequenceNumber).toBe(2);
});
