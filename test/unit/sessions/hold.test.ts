import { describe, expect, test } from 'vitest';
import { readHandIn } from '../../../main/sessions/hand-in.ts';
import { createHold } from '../../../main/sessions/hold.ts';
import type { Session } from '../../../main/sessions/session.ts';
import { VaultWriteError } from '../../../main/sessions/vault.ts';
import { NO_RULES } from '../../support/hand-in-rules.ts';
import { agentSession } from '../../support/sessions.ts';

const session = agentSession();

/** Holding over a vault that does what it is told, or throws `error`. */
function createWorld({ leaving = false, error = null as Error | null } = {}) {
  const held: Session[] = [];
  const hold = createHold(
    {
      hold(handedIn) {
        if (error !== null) throw error;
        held.push(handedIn);
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
  return { hold, held };
}

describe('a hand-in', () => {
  test('that is right is held, and its id told', () => {
    const { hold, held } = createWorld();
    expect(hold.handIn({ ok: true, session }, 'window')).toEqual({ ok: true, id: 'held-1' });
    expect(held).toEqual([session]);
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
