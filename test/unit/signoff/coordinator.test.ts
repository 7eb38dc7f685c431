import { describe, expect, test } from 'vitest';
import type { Receipt } from '../../../main/signoff/receipt.ts';
import { answer, type Answer, type Sent } from '../../support/scripted-server.ts';
import { agentSession, engagement } from '../../support/sessions.ts';
import { createSignOffWorld } from '../../support/sign-off-world.ts';

const QUIT_MS = 5_000;

/** When each held session's first request went out, by the session's label. */
function firstSent(
  sent: readonly Sent[],
  names: ReadonlyMap<string, string>,
): Record<string, number> {
  const first: Record<string, number> = {};
  for (const { heldId, at } of sent) first[names.get(heldId) ?? heldId] ??= at;
  return first;
}

describe('engagements before agent sessions', () => {
  function worldOfFour(script: (name: string, request: Sent) => Answer) {
    const world = createSignOffWorld();
    const held = world.hold(
      agentSession('Ann'),
      engagement('Carl'),
      agentSession('Ben'),
      engagement('Dora'),
    );
    const names = new Map(held.map(({ id, label }) => [id, label]));
    world.server.answerWith((request) => script(names.get(request.heldId) ?? '', request));
    return { ...world, names };
  }

  test('the logoffs go out together once the last engagement is over', async () => {
    const { clock, coordinator, server, names } = worldOfFour((name) =>
      answer('ended', name === 'Dora' ? 700 : 100),
    );
    await clock.until(coordinator.signOff({ cause: 'quit', ids: 'all' }), QUIT_MS);
    expect(firstSent(server.sent, names)).toEqual({ Carl: 0, Dora: 0, Ann: 700, Ben: 700 });
  });

  test('the logoffs wait no longer than a third of the budget', async () => {
    const { clock, coordinator, server, names } = worldOfFour((name) =>
      name === 'Dora' ? 'never' : answer('ended'),
    );
    await clock.until(coordinator.signOff({ cause: 'quit', ids: 'all' }), QUIT_MS);
    expect(firstSent(server.sent, names)).toEqual({ Carl: 0, Dora: 0, Ann: 1666, Ben: 1666 });
  });

  test('an engagement that is refused holds nothing up', async () => {
    const { clock, coordinator, server, names } = worldOfFour((name) =>
      answer(name === 'Carl' ? 'refused' : 'ended', 50),
    );
    await clock.until(coordinator.signOff({ cause: 'quit', ids: 'all' }), QUIT_MS);
    expect(firstSent(server.sent, names)).toMatchObject({ Ann: 50, Ben: 50 });
  });

  test('a logoff that waited still ends at the budget', async () => {
    const { clock, coordinator } = worldOfFour(() => 'never');
    const begun = clock.monotonic();
    const receipts = await clock.until(coordinator.signOff({ cause: 'quit', ids: 'all' }), 60_000);
    expect(clock.monotonic() - begun).toBe(QUIT_MS);
    expect(receipts.map(({ outcome }) => outcome)).toEqual(Array(4).fill('timed-out'));
  });

  test('a logoff alone does not wait', async () => {
    const { clock, coordinator, server, vault } = worldOfFour(() => answer('ended'));
    const ids = vault.held().flatMap(({ id, kind }) => (kind === 'agent' ? [id] : []));
    await clock.until(coordinator.signOff({ cause: 'quit', ids }), QUIT_MS);
    expect(server.sent.map(({ at }) => at)).toEqual([0, 0]);
  });

  test('a logoff that waits is already under way, without a request', async () => {
    const { clock, coordinator, vault } = worldOfFour(() => answer('ended', 500));
    const signedOff = coordinator.signOff({ cause: 'quit', ids: 'all' });
    await clock.advance(100);
    const attempts = vault
      .held()
      .map(({ id, kind }) => [kind, coordinator.underWay(id)?.attempts()]);
    expect(attempts).toEqual([
      ['agent', 0],
      ['engagement', 1],
      ['agent', 0],
      ['engagement', 1],
    ]);
    await clock.until(signedOff, QUIT_MS);
  });
});

test('with nothing held there is nothing to do', async () => {
  const { clock, coordinator } = createSignOffWorld();
  expect(await clock.until(coordinator.signOff({ cause: 'quit', ids: 'all' }), 0)).toEqual([]);
});

test.each(['ended', 'unreachable'] as const)(
  'leaves nothing waiting behind (%s)',
  async (outcome) => {
    const { clock, coordinator, hold, server } = createSignOffWorld();
    hold(agentSession());
    server.answerWith(() => answer(outcome));
    await clock.until(coordinator.signOff({ cause: 'quit', ids: 'all' }), QUIT_MS);
    expect(clock.waiting()).toBe(0);
  },
);

test('only the sessions that are named are ended', async () => {
  const { clock, coordinator, hold, vault } = createSignOffWorld();
  const [ann, ben] = hold(agentSession('Ann'), agentSession('Ben'));
  await clock.until(coordinator.signOff({ cause: 'asked', ids: [ann?.id ?? ''] }), 1_000);
  expect(vault.held()).toEqual([ben]);
});

test('ids that are not held, or no longer, are passed over', async () => {
  const { clock, coordinator, hold, server } = createSignOffWorld();
  const [ann, ben] = hold(agentSession('Ann'), agentSession('Ben'));
  const ids = [ann?.id ?? '', 'stranger', ben?.id ?? ''];
  await clock.until(coordinator.signOff({ cause: 'asked', ids: [ann?.id ?? ''] }), 1_000);
  const receipts = await clock.until(coordinator.signOff({ cause: 'asked', ids }), 1_000);
  expect(receipts.map(({ heldId }) => heldId)).toEqual([ben?.id]);
  expect(server.sent).toHaveLength(2);
});

test('an id that is named twice is ended once', async () => {
  const { clock, coordinator, hold } = createSignOffWorld();
  const [ann] = hold(agentSession('Ann'));
  const ids = [ann?.id ?? '', ann?.id ?? ''];
  const receipts = await clock.until(coordinator.signOff({ cause: 'asked', ids }), 1_000);
  expect(receipts).toHaveLength(1);
});

test('a thousand sessions end together, with one request each', async () => {
  const { clock, coordinator, hold, server, vault, onDisk } = createSignOffWorld();
  hold(...Array.from({ length: 1000 }, (_, n) => agentSession(`${n}`)));
  const receipts = await clock.until(coordinator.signOff({ cause: 'signal', ids: 'all' }), 20);
  expect(receipts).toHaveLength(1000);
  expect(server.sent).toHaveLength(1000);
  expect(vault.held()).toEqual([]);
  expect(onDisk()).toEqual([]);
});

describe('resolving', () => {
  test('waits for the receipts to be written', async () => {
    const written = Promise.withResolvers<undefined>();
    const { clock, coordinator, hold, vault } = createSignOffWorld({
      append: () => written.promise,
    });
    hold(agentSession());
    let resolved = false;
    const signedOff = coordinator.signOff({ cause: 'quit', ids: 'all' }).then(() => {
      resolved = true;
    });
    await clock.advance(1_000);
    expect({ resolved, held: vault.held() }).toEqual({ resolved: false, held: [] });
    written.resolve(undefined);
    await clock.until(signedOff, 0);
  });

  test.each(['ended', 'unreachable'] as const)(
    'waits for the vault to be written (%s)',
    async (outcome) => {
      const { clock, coordinator, hold, server, vault, onDisk } = createSignOffWorld();
      hold(agentSession());
      server.answerWith(() => answer(outcome));
      const signedOff = coordinator.signOff({ cause: 'quit', ids: 'all' }).then(() => onDisk());
      expect(await clock.until(signedOff, QUIT_MS)).toEqual(vault.held());
    },
  );

  test('and so has that of a sign-off that had ended just before it', async () => {
    const written = Promise.withResolvers<undefined>();
    const { clock, coordinator, server, hold } = createSignOffWorld({
      append: () => written.promise,
    });
    server.answerWith(() => answer('ended'));
    hold(agentSession());
    void coordinator.signOff({ cause: 'asked', ids: 'all' });
    await clock.advance(1_000);
    let left = false;
    const leaving = coordinator.signOff({ cause: 'signal', ids: 'all' }).then(() => (left = true));
    await clock.advance(1_000);
    expect(left).toBe(false);
    written.resolve(undefined);
    await leaving;
  });

  test('does not depend on a receipt that cannot be written', async () => {
    const full = new Error('ENOSPC');
    const { clock, coordinator, hold, onDisk, receiptFaults } = createSignOffWorld({
      append: () => Promise.reject(full),
    });
    hold(agentSession(), engagement());
    const receipts = await clock.until(coordinator.signOff({ cause: 'quit', ids: 'all' }), 1_000);
    expect(receipts.map(({ outcome }) => outcome)).toEqual(['ended', 'ended']);
    expect(onDisk()).toEqual([]);
    expect(receiptFaults).toEqual([full, full]);
  });
});

describe('what is told on the way', () => {
  test('every receipt, once its session has left the vault', async () => {
    const { clock, coordinator, hold, vault } = createSignOffWorld();
    hold(agentSession(), engagement());
    const heard: (Receipt | number)[] = [];
    coordinator.onReceipt((receipt) => heard.push(receipt, vault.held().length));
    const [conclusion, logoff] = await clock.until(
      coordinator.signOff({ cause: 'quit', ids: 'all' }),
      1_000,
    );
    expect(heard).toEqual([conclusion, 1, logoff, 0]);
  });

  test('begin, each attempt and the end', async () => {
    const { clock, coordinator, hold, server } = createSignOffWorld();
    const [held] = hold(agentSession());
    server.answerWith((_, nth) => answer(nth === 1 ? 'unreachable' : 'ended'));
    const seen: (number | undefined)[] = [];
    coordinator.onProgress(() => seen.push(coordinator.underWay(held?.id ?? '')?.attempts()));
    await clock.until(coordinator.signOff({ cause: 'quit', ids: 'all' }), 1_000);
    expect(seen).toEqual([0, 1, 2, undefined]);
  });
});
