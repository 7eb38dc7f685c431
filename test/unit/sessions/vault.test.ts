import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { HeldSession } from '../../../main/sessions/session.ts';
import { createVault, VaultWriteError } from '../../../main/sessions/vault.ts';
import { agentSession, engagement } from '../../support/sessions.ts';

const NOW = Date.UTC(2026, 10, 22);
const LOGIN = 'this login';
const leftOver: readonly HeldSession[] = [
  {
    ...agentSession('Bob'),
    id: 'old',
    heldSince: NOW,
    lastSequenceNumber: 7,
    login: 'another login',
    startedHere: false,
  },
];

/** A vault on a disk in memory that can be told to fail. */
function createWorld({ found = [] as readonly HeldSession[], durable = true } = {}) {
  const disk = {
    content: found,
    resumeUntil: null as number | null,
    writes: 0,
    fault: null as Error | null,
  };
  const faults: unknown[] = [];
  let ids = 0;
  const vault = createVault({
    file: durable
      ? {
          held: found,
          resumeUntil: null,
          write(held, resumeUntil) {
            disk.writes += 1;
            if (disk.fault !== null) throw disk.fault;
            disk.content = held;
            disk.resumeUntil = resumeUntil;
          },
        }
      : null,
    login: LOGIN,
    newId: () => `held-${(ids += 1)}`,
    now: () => NOW,
    onWriteFault: (error) => faults.push(error),
  });
  return { vault, disk, faults };
}

function fakeTimers(): void {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
}

const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });

describe('holding', () => {
  test('gives a session an id, the time, its first number and this login', () => {
    const { vault } = createWorld();
    const session = agentSession();
    const held = {
      ...session,
      id: 'held-1',
      heldSince: NOW,
      lastSequenceNumber: 0,
      login: LOGIN,
      startedHere: false,
    };
    expect(vault.hold(session)).toEqual(held);
    expect(vault.held()).toEqual([held]);
  });

  test('has written the session when it returns', () => {
    const { vault, disk } = createWorld();
    const held = vault.hold(agentSession());
    expect(disk.content).toEqual([held]);
  });

  test('adds to what was left over', () => {
    const { vault, disk } = createWorld({ found: leftOver });
    vault.hold(agentSession());
    expect(disk.content.map(({ id }) => id)).toEqual(['old', 'held-1']);
  });

  test('the same session twice holds it once, under its first id and time', () => {
    const { vault, disk } = createWorld();
    const first = vault.hold(agentSession());
    expect(vault.hold(agentSession())).toEqual(first);
    expect(disk.content).toEqual([first]);
  });

  test.for([agentSession, engagement])(
    'a session again takes its newer pool and label (%#)',
    (make) => {
      const { vault, disk } = createWorld();
      const first = vault.hold(make());
      const again = vault.hold({ ...make(), pool: '298:2', label: 'Berta' });
      expect(again).toEqual({ ...first, pool: '298:2', label: 'Berta' });
      expect(disk.content).toEqual([again]);
    },
  );

  test('a session again without pool and label keeps those it has', () => {
    const { vault } = createWorld();
    const first = vault.hold(agentSession());
    expect(vault.hold({ ...agentSession(), pool: null, label: '' })).toEqual(first);
  });

  test('a session again goes on with its numbers', () => {
    const { vault } = createWorld();
    const { id } = vault.hold(agentSession());
    vault.noteSequenceNumber(id, 4);
    expect(vault.hold(agentSession()).lastSequenceNumber).toBe(4);
  });

  test.for([
    { server: 'https://other.example.com' },
    { fqSiteName: 'other' },
    { accountId: '13' },
    { sessionId: 'other' },
  ])('another session (%j) holds both', (change) => {
    const { vault } = createWorld();
    vault.hold(agentSession());
    vault.hold({ ...agentSession(), ...change });
    expect(vault.held().map(({ id }) => id)).toEqual(['held-1', 'held-2']);
  });

  test('an engagement and an agent session of the same id holds both', () => {
    const { vault } = createWorld();
    const { sessionId } = vault.hold(agentSession());
    vault.hold({ ...engagement(), sessionId });
    expect(vault.held()).toHaveLength(2);
  });

  test.for([true, false])(
    'notes whether it was started here (%s), also on the disk',
    (startedHere) => {
      const { vault, disk } = createWorld();
      vault.hold(agentSession(), startedHere);
      expect(disk.content).toMatchObject([{ startedHere }]);
    },
  );

  test('a session that was started here again stays one', () => {
    const { vault } = createWorld();
    vault.hold(agentSession(), true);
    expect(vault.hold(agentSession())).toMatchObject({ startedHere: true });
  });

  test('a session that was handed in becomes one that was started here, also on the disk', () => {
    const { vault, disk } = createWorld();
    const { id } = vault.hold(agentSession());
    expect(vault.hold(agentSession(), true)).toMatchObject({ id, startedHere: true });
    expect(disk.content).toMatchObject([{ startedHere: true }]);
  });

  test('a session that was released holds it anew', () => {
    const { vault } = createWorld();
    vault.release(vault.hold(agentSession()).id);
    expect(vault.hold(agentSession()).id).toBe('held-2');
  });
});

describe('a hold that the disk does not take', () => {
  test('says so in words, with the reason of the disk', () => {
    const { vault, disk } = createWorld();
    disk.fault = full;
    expect(() => vault.hold(agentSession())).toThrow(new VaultWriteError(full, false));
    expect(new VaultWriteError(full, false).message).toBe(
      'The session could not be saved to the disk (ENOSPC), so it is not held.',
    );
  });

  test('says so even where the disk gives no reason', () => {
    expect(new VaultWriteError('no', false).message).toMatch(/unknown reason/);
  });

  test('says of a session that is held already that it stays so', () => {
    const { vault, disk } = createWorld();
    vault.hold(agentSession());
    disk.fault = full;
    expect(() => vault.hold(agentSession())).toThrow(/it is held as it was before/);
  });

  test('holds nothing and tells nobody of a change', () => {
    const { vault, disk } = createWorld();
    const changed = vi.fn<() => void>();
    vault.onChange(changed);
    disk.fault = full;
    expect(() => vault.hold(agentSession())).toThrow(VaultWriteError);
    expect(vault.held()).toEqual([]);
    expect(changed).not.toHaveBeenCalled();
  });

  test('leaves a session that is held already as it was', () => {
    const { vault, disk } = createWorld();
    const first = vault.hold(agentSession());
    disk.fault = full;
    expect(() => vault.hold({ ...agentSession(), label: 'Berta' })).toThrow(VaultWriteError);
    expect(vault.held()).toEqual([first]);
  });

  test('can be done again once the disk takes it', () => {
    const { vault, disk } = createWorld();
    disk.fault = full;
    expect(() => vault.hold(agentSession())).toThrow(VaultWriteError);
    disk.fault = null;
    vault.hold(agentSession());
    expect(disk.content).toHaveLength(1);
  });
});

describe('releasing', () => {
  test('lets go of the session at once, and on the disk when it is flushed', () => {
    const { vault, disk } = createWorld();
    const [first, second] = [vault.hold(agentSession()), vault.hold(engagement())];
    vault.release(first.id);
    expect(vault.held()).toEqual([second]);
    vault.flush();
    expect(disk.content).toEqual([second]);
  });

  test('many sessions in the same instant writes once', () => {
    const { vault, disk } = createWorld();
    const held = Array.from({ length: 50 }, (_, n) => vault.hold(agentSession(`agent ${n}`)));
    disk.writes = 0;
    for (const { id } of held) vault.release(id);
    vault.flush();
    expect([disk.writes, disk.content]).toEqual([1, []]);
  });

  test('is on the disk with a hold that comes before its own write', () => {
    const { vault, disk } = createWorld();
    const first = vault.hold(agentSession());
    vault.release(first.id);
    const second = vault.hold(engagement());
    expect(disk.content).toEqual([second]);
  });

  test('a session that is not held changes nothing', () => {
    const { vault, disk } = createWorld();
    const held = vault.hold(agentSession());
    vault.release('nobody');
    vault.flush();
    expect(disk.content).toEqual([held]);
  });

  test('reports a write that fails, and holds on to nothing', () => {
    const { vault, disk, faults } = createWorld();
    const held = vault.hold(agentSession());
    disk.fault = full;
    vault.release(held.id);
    vault.flush();
    expect(faults).toEqual([full]);
    expect(vault.held()).toEqual([]);
    expect(disk.content, 'so the next start tries it once more').toEqual([held]);
  });

  test('that could not be written is written with what comes next', () => {
    const { vault, disk } = createWorld();
    const [first, second] = [vault.hold(agentSession()), vault.hold(engagement())];
    disk.fault = full;
    vault.release(first.id);
    vault.flush();
    disk.fault = null;
    vault.noteSequenceNumber(second.id, 1);
    vault.flush();
    expect(disk.content).toEqual([{ ...second, lastSequenceNumber: 1 }]);
  });

  test('that could not be written does not keep later changes from being written by themselves', () => {
    fakeTimers();
    const { vault, disk, faults } = createWorld();
    const [first, second] = [vault.hold(agentSession()), vault.hold(engagement())];
    disk.fault = full;
    vault.release(first.id);
    vi.advanceTimersByTime(100);
    expect(faults).toEqual([full]);
    disk.fault = null;
    vault.release(second.id);
    vi.advanceTimersByTime(100);
    expect(disk.content).toEqual([]);
  });

  test('is on the disk soon also without a flush', () => {
    fakeTimers();
    const { vault, disk } = createWorld();
    vault.release(vault.hold(agentSession()).id);
    vi.advanceTimersByTime(100);
    expect(disk.content).toEqual([]);
  });

  test('leaves nothing to be written once it is written with a hold', () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const { vault } = createWorld();
    vault.release(vault.hold(agentSession()).id);
    vault.hold(engagement());
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('a session that was left over', () => {
  test('goes on with the numbers that are saved', () => {
    const { vault } = createWorld({ found: leftOver });
    expect(vault.find('old')?.lastSequenceNumber).toBe(7);
  });

  test('goes on past all numbers that a killed app can have used', () => {
    const day = 86_400_000;
    const { vault } = createWorld({
      found: leftOver.map((session) => ({ ...session, heldSince: NOW - day })),
    });
    expect(vault.find('old')?.lastSequenceNumber).toBe(day);
  });

  test('belongs to this login once it is kept, also on the disk', () => {
    const { vault, disk } = createWorld({ found: leftOver });
    vault.keep(['old']);
    vault.flush();
    expect(disk.content).toEqual([{ ...leftOver[0], login: LOGIN }]);
  });

  test('belongs to this login once it is handed in again', () => {
    const { vault, disk } = createWorld({ found: leftOver });
    vault.hold(agentSession('Bob'));
    expect(disk.content).toEqual([{ ...leftOver[0], login: LOGIN }]);
  });

  test('belongs to its own login when only others are kept', () => {
    const { vault, disk } = createWorld({ found: leftOver });
    vault.keep(['nobody']);
    vault.flush();
    expect(disk.content).toEqual(leftOver);
  });

  test('writes nothing where none is kept', () => {
    const { vault, disk } = createWorld({ found: leftOver });
    vault.keep([]);
    vault.flush();
    expect(disk.writes).toBe(0);
  });
});

describe('moving to another pool', () => {
  test('is on the disk when it returns', () => {
    const { vault, disk } = createWorld();
    const held = vault.hold(agentSession(), true);
    vault.movePool(held.id, '298:2');
    expect(disk.content).toEqual([{ ...held, pool: '298:2' }]);
    expect(vault.held()).toEqual(disk.content);
  });

  test('changes nothing, tells nobody and says so where the disk does not take it', () => {
    const { vault, disk } = createWorld();
    const held = vault.hold(agentSession(), true);
    const changed = vi.fn<() => void>();
    vault.onChange(changed);
    disk.fault = full;
    expect(() => vault.movePool(held.id, '298:2')).toThrow(new VaultWriteError(full, true));
    expect(vault.held()).toEqual([held]);
    expect(changed).not.toHaveBeenCalled();
  });

  test('moves no other session', () => {
    const { vault } = createWorld();
    const [first, second] = [vault.hold(agentSession()), vault.hold(engagement())];
    vault.movePool(second.id, '298:2');
    expect(vault.held()).toEqual([first, { ...second, pool: '298:2' }]);
  });

  test('writes nothing for a session that is not held', () => {
    const { vault, disk } = createWorld();
    vault.movePool('nobody', '298:2');
    expect(disk.writes).toBe(0);
  });
});

describe('going away to come back', () => {
  test('is on the disk at once, with what is held', () => {
    const { vault, disk } = createWorld();
    const held = vault.hold(agentSession());
    expect(vault.markResume(NOW + 5)).toBe(true);
    expect([disk.resumeUntil, disk.content]).toEqual([NOW + 5, [held]]);
  });

  test('is not forgotten over what is written before the app has gone', () => {
    const { vault, disk } = createWorld();
    const { id } = vault.hold(agentSession());
    vault.noteSequenceNumber(id, 1);
    vault.markResume(NOW + 5);
    vault.flush();
    expect(disk.resumeUntil).toBe(NOW + 5);
  });

  test('is no matter of a start that only holds', () => {
    const { vault, disk } = createWorld();
    vault.hold(agentSession());
    expect(disk.resumeUntil).toBeNull();
  });

  test('cannot be where the disk does not take it, which is reported', () => {
    const { vault, disk, faults } = createWorld();
    disk.fault = full;
    expect([vault.markResume(NOW + 5), faults]).toEqual([false, [full]]);
  });

  test('is forgotten, also on the disk, once the app has stayed', () => {
    const { vault, disk } = createWorld();
    vault.markResume(NOW + 5);
    vault.unmarkResume();
    vault.flush();
    expect(disk.resumeUntil).toBeNull();
  });

  test('that was not noted need not be forgotten', () => {
    const { vault, disk } = createWorld();
    vault.unmarkResume();
    vault.flush();
    expect(disk.writes).toBe(0);
  });

  test('that the disk did not take is not on it later either', () => {
    const { vault, disk } = createWorld();
    disk.fault = full;
    vault.markResume(NOW + 5);
    disk.fault = null;
    vault.hold(agentSession());
    expect(disk.resumeUntil).toBeNull();
  });

  test('cannot be without a file', () => {
    expect(createWorld({ durable: false }).vault.markResume(NOW + 5)).toBe(false);
  });
});

describe('the number of the last request', () => {
  test('is on the disk when it is flushed', () => {
    const { vault, disk } = createWorld();
    const held = vault.hold(agentSession());
    vault.noteSequenceNumber(held.id, 3);
    vault.flush();
    expect(disk.content).toEqual([{ ...held, lastSequenceNumber: 3 }]);
  });

  test('of a session that is not held any more brings it not back', () => {
    const { vault, disk } = createWorld();
    const { id } = vault.hold(agentSession());
    vault.release(id);
    vault.noteSequenceNumber(id, 3);
    vault.flush();
    expect(disk.content).toEqual([]);
  });

  test('of a session that is not held is not written', () => {
    const { vault, disk } = createWorld();
    vault.hold(agentSession());
    disk.writes = 0;
    vault.noteSequenceNumber('nobody', 3);
    vault.flush();
    expect(disk.writes).toBe(0);
  });

  test('of one session is not that of another', () => {
    const { vault } = createWorld();
    const [first, second] = [vault.hold(agentSession()), vault.hold(engagement())];
    vault.noteSequenceNumber(first.id, 3);
    expect(vault.find(second.id)).toEqual(second);
  });
});

describe('the vault', () => {
  test('starts with what its file held', () => {
    const { vault } = createWorld({ found: leftOver });
    expect([vault.held(), vault.find('old')]).toEqual([leftOver, leftOver[0]]);
  });

  test('finds nothing under an id that nobody has', () => {
    expect(createWorld().vault.find('nobody')).toBeUndefined();
  });

  test('writes nothing where there is nothing to write', () => {
    const { vault, disk } = createWorld();
    vault.flush();
    expect(disk.writes).toBe(0);
  });

  test('tells every listener of each change, once the change is made', () => {
    const { vault } = createWorld();
    const seen: number[][] = [];
    for (const listener of [0, 1]) {
      vault.onChange(() => seen.push([listener, vault.held().length]));
    }
    const { id } = vault.hold(agentSession());
    vault.release(id);
    expect(seen).toEqual([
      [0, 1],
      [1, 1],
      [0, 0],
      [1, 0],
    ]);
  });

  test('without a file holds in memory, and says that it does not last', () => {
    const { vault } = createWorld({ durable: false });
    const first = vault.hold(agentSession());
    const second = vault.hold(engagement());
    vault.release(first.id);
    vault.flush();
    expect([vault.durable, vault.held()]).toEqual([false, [second]]);
  });

  test('with a file says that it lasts', () => {
    expect(createWorld().vault.durable).toBe(true);
  });
});
