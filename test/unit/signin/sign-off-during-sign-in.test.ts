import { describe, expect, test } from 'vitest';
import { signOffDuringSignIn } from '../../../main/signin/sign-off-during-sign-in.ts';
import { type Play, PROPERLY } from '../../support/sign-in-server.ts';
import { createSignInWorld, TYPED } from '../../support/sign-in-world.ts';
import { agentSession } from '../../support/sessions.ts';

const SLOWLY: Play = { ...PROPERLY, afterMs: 500 };

/** An app with a sign-in under way whose session the server creates after a while. */
async function signingIn() {
  const world = createSignInWorld();
  const { clock, signIn, site } = world;
  site.play('createAgentSession', SLOWLY);
  const end = signIn.signIn(TYPED);
  while (signIn.step() !== 'session') await clock.advance(10);
  return { ...world, end, leave: signOffDuringSignIn(world) };
}

describe('an app that goes while somebody signs in', () => {
  test('ends the session that is created meanwhile, within the budget', async () => {
    const { clock, end, leave, site, vault } = await signingIn();
    const receipts = await clock.until(leave.signOff({ cause: 'signal', ids: 'all' }), 4_000);
    expect(receipts).toMatchObject([{ cause: 'signal', outcome: 'ended' }]);
    expect([site.created.length, site.open(), vault.held()]).toEqual([1, null, []]);
    expect(await end).toEqual({ ok: false, why: 'cancelled' });
  });

  test('has one budget for all, also where the session that is created cannot be ended', async () => {
    const { clock, leave, server } = await signingIn();
    server.answerWith(() => 'never');
    const receipts = await clock.until(leave.signOff({ cause: 'signal', ids: 'all' }), 4_000);
    expect(receipts).toMatchObject([{ cause: 'signal', outcome: 'timed-out' }]);
  });

  test('ends what is held already at once', async () => {
    const { clock, hold, leave, written } = await signingIn();
    hold(agentSession());
    void leave.signOff({ cause: 'signal', ids: 'all' });
    await clock.advance(100);
    expect(written).toMatchObject([{ outcome: 'ended' }]);
  });
});

describe('an app that goes while nobody signs in', () => {
  test('ends what is held, once', async () => {
    const world = createSignInWorld();
    world.hold(agentSession());
    const { signOff } = signOffDuringSignIn(world);
    const receipts = await world.clock.until(signOff({ cause: 'quit', ids: 'all' }), 5_000);
    expect(receipts).toHaveLength(1);
  });
});
