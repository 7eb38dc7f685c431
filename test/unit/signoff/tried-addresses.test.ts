import { expect, test } from 'vitest';
import { receiptSchema } from '../../../main/results/receipt.ts';
import { receipt } from '../../support/receipts.ts';
import { type Answer, END_FOR } from '../../support/scripted-server.ts';
import { agentSession } from '../../support/sessions.ts';
import { createSignOffWorld } from '../../support/sign-off-world.ts';

const [FIRST, SECOND] = ['2001:db8::1', '192.0.2.1'] as const;

test('a receipt has the addresses that all attempts tried, and the one that the last was connected to', async () => {
  const { clock, coordinator, hold, server } = createSignOffWorld();
  hold(agentSession());
  const answers: readonly Answer[] = [
    {
      afterMs: 20,
      end: { ...END_FOR.unreachable, addresses: { tried: [FIRST], connectedTo: null } },
    },
    {
      afterMs: 20,
      end: { ...END_FOR.ended, addresses: { tried: [FIRST, SECOND], connectedTo: SECOND } },
    },
  ];
  server.answerWith((_, nth) => answers[nth - 1] ?? 'never');
  const signedOff = coordinator.signOff({ cause: 'quit', ids: 'all' });
  expect(await clock.until(signedOff, 5_000)).toMatchObject([
    { outcome: 'ended', attempts: 2, tried: [FIRST, SECOND], connectedTo: SECOND },
  ]);
});

test('a receipt from before addresses were told has none', () => {
  const { tried: _, connectedTo: __, ...old } = receipt({ tried: [FIRST], connectedTo: FIRST });
  expect(receiptSchema.parse(old)).toMatchObject({ tried: [], connectedTo: null });
});
