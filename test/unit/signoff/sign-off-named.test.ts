import { expect, test } from 'vitest';
import type { Coordinator, SignOffRequest } from '../../../main/signoff/coordinator.ts';
import { signOffNamed } from '../../../main/signoff/sign-off-named.ts';
import { receipt } from '../../support/receipts.ts';

/** Ends these ids, once it may, and passes over all others. */
function ending(ids: readonly string[], may: Promise<unknown> = Promise.resolve()) {
  const asked: SignOffRequest[] = [];
  const coordinator: Pick<Coordinator, 'signOff'> = {
    async signOff(request) {
      asked.push(request);
      await may;
      const named = ids.filter((id) => request.ids === 'all' || request.ids.includes(id));
      return named.map((heldId) => receipt({ heldId }));
    },
  };
  return { asked, coordinator };
}

test('what is named is ended wherever it is held', async () => {
  const [own, elsewhere] = [ending(['here']), ending(['there'])];
  const request = { cause: 'asked', ids: ['here', 'there', 'nowhere'], force: true } as const;
  const receipts = await signOffNamed(own.coordinator, elsewhere.coordinator).signOff(request);
  expect(receipts.map(({ heldId }) => heldId)).toEqual(['here', 'there']);
  expect([own.asked, elsewhere.asked]).toEqual([[request], [request]]);
});

test('all is what this machine holds, and nothing else', async () => {
  const [own, elsewhere] = [ending(['here']), ending(['there'])];
  const request = { cause: 'asked', ids: 'all' } as const;
  const receipts = await signOffNamed(own.coordinator, elsewhere.coordinator).signOff(request);
  expect(receipts.map(({ heldId }) => heldId)).toEqual(['here']);
  expect(elsewhere.asked).toEqual([]);
});

test('what another machine holds does not wait for what is held here', async () => {
  const answered = Promise.withResolvers<undefined>();
  const [own, elsewhere] = [ending(['here'], answered.promise), ending(['there'])];
  const named = signOffNamed(own.coordinator, elsewhere.coordinator);
  const signedOff = named.signOff({ cause: 'asked', ids: ['here', 'there'] });
  expect(elsewhere.asked).toHaveLength(1);
  answered.resolve(undefined);
  expect(await signedOff).toHaveLength(2);
});
