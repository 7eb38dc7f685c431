import { describe, expect, test } from 'vitest';
import { readHandIn } from '../../../main/sessions/hand-in.ts';
import { createHold } from '../../../main/sessions/hold.ts';
import type { HeldSession, Session } from '../../../main/sessions/session.ts';
import { VaultWriteError } from '../../../main/sessions/vault.ts';
import { NO_RULES } from '../../support/hand-in-rules.ts';
import { agentSession, engagement } from '../../support/sessions.ts';

const session = agentSession();

/** Holding over a vault that does what it is told, or throws `error`. */
function createWorld({ leaving = false, error = null as Error | null } = {}) {
  const held: Session[] = [];
  const before: HeldSession[] = [];
  const startedHere: (boolean | undefined)[] = [];
  const hold = createHold(
    {
      held: () => before,
      hold(handedIn, isStartedHere) {
        if (error !== null) throw error;
        held.push(handedIn);
        startedHere.push(isStartedHere);
        return {
          ...handedIn,
          id: `held-${held.length}`,
          heldSince: 0,
          lastSequenceNumber: 0,
          startedHere: false,
          login: null,
        };
      },
    },
    () => leaving,
  );
  return { hold, held, before, startedHere };
}

describe('a hand-in', () => {
  test('that is right is held, and its id told', () => {
    const { hold, held } = createWorld();
    expect(hold.handIn({ ok: true, session }, 'window')).toEqual({ ok: true, id: 'held-1' });
    expect(held).toEqual([session]);
  });

  describe('of an account that another session is held of', () => {
    const older: HeldSession = {
      ...agentSession('Ann, before'),
      id: 'held-0',
      heldSince: 0,
      lastSequenceNumber: 0,
      startedHere: false,
      login: null,
    };
    function replacedBy(handedIn: Session, held: HeldSession = older): string[] {
      const { hold, before } = createWorld();
      before.push(held);
      const replaced: string[] = [];
      hold.onReplaced(({ id }) => replaced.push(id));
      hold.handIn({ ok: true, session: handedIn }, 'browser');
      return replaced;
    }

    test('takes its place', () => {
      expect(replacedBy(session)).toEqual(['held-0']);
    });

    test.for<[what: string, handedIn: Session, held?: HeldSession]>([
      ['another account', { ...session, accountId: '13' }],
      ['another site', { ...session, fqSiteName: 'elsewhere' }],
      ['another server', { ...session, server: 'https://other.example.com' }],
      ['an engagement', engagement()],
      ['one that began here', session, { ...older, startedHere: true }],
      ['the same session', session, { ...older, id: 'held-1' }],
    ])('leaves it where it is %s', ([, handedIn, held]) => {
      expect(replacedBy(handedIn, held)).toEqual([]);
    });
  });

  test('that is not right is bad input, with all its problems', () => {
    const { hold, held } = createWorld();
    const handIn = readHandIn({ kind: 'agent' }, NO_RULES);
    expect(hold.handIn(handIn, 'window')).toEqual({
      ok: false,
      badInput: true,
      problems: handIn.ok ? [] : handIn.problems,
    });
    expect(held).toEqual([]);
  });

  test('is not held any more while the app is leaving', () => {
    const { hold, held } = createWorld({ leaving: true });
    expect(hold.handIn({ ok: true, session }, 'window')).toEqual({
      ok: false,
      badInput: false,
      problems: [{ field: '', message: expect.stringMatching(/quitting/) }],
    });
    expect(held).toEqual([]);
  });

  test('that the disk does not take is told in words', () => {
    const error = new VaultWriteError(Object.assign(new Error('no'), { code: 'ENOSPC' }), false);
    expect(createWorld({ error }).hold.handIn({ ok: true, session }, 'window')).toEqual({
      ok: false,
      badInput: false,
      problems: [
        {
          field: '',
          message: 'The session could not be saved to the disk (ENOSPC), so it is not held.',
        },
      ],
    });
  });

  test('that meets a fault of ours does not hide it', () => {
    const error = new TypeError('ours');
    expect(() => createWorld({ error }).hold.handIn({ ok: true, session }, 'window')).toThrow(
      error,
    );
  });
});

describe('what is held', () => {
  test('is told of, with where it came from', () => {
    const { hold } = createWorld();
    const told: unknown[] = [];
    hold.onHeld(({ id }, source) => told.push([id, source]));
    hold.handIn({ ok: true, session }, 'browser');
    hold.signedIn(session);
    expect(told).toEqual([
      ['held-1', 'browser'],
      ['held-2', 'sign-in'],
    ]);
  });

  test('counts as started here only where a sign-in created it', () => {
    const { hold, startedHere } = createWorld();
    hold.handIn({ ok: true, session }, 'window');
    hold.signedIn(session);
    expect(startedHere).toEqual([false, true]);
  });

  test('by a sign-in is returned, also while the app is leaving', () => {
    expect(createWorld({ leaving: true }).hold.signedIn(session)).toMatchObject(session);
  });

  test('by a sign-in, where the disk does not take it, is nothing, and told to nobody', () => {
    const error = new VaultWriteError(new Error('no'), false);
    const { hold } = createWorld({ error });
    const told: unknown[] = [];
    hold.onHeld((held) => told.push(held));
    expect(() => hold.signedIn(session)).toThrow(error);
    expect(told).toEqual([]);
  });
});
