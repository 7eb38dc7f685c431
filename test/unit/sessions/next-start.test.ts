import { describe, expect, test } from 'vitest';
import { agentSession, engagement } from '../../support/sessions.ts';
import { createSignOffWorld } from '../../support/sign-off-world.ts';
import { createVaultDisk, DISK_FULL } from '../../support/vault-disk.ts';

/** A start of the app, in another login, that finds three sessions and, it may be, a mark. */
function nextStart({ resumeUntil = null as number | null } = {}) {
  const disk = createVaultDisk();
  const first = createSignOffWorld({ file: disk.open(), login: 'the first login' });
  first.hold(agentSession('Ann'), engagement('Carl'), agentSession('Ben'));
  if (resumeUntil !== null) first.vault.markResume(resumeUntil);
  const second = createSignOffWorld({ file: disk.open(), login: 'the second login' });
  const logins = (): (string | null)[] => disk.open().held.map(({ login }) => login);
  return { ...second, disk, logins, ids: second.vault.held().map(({ id }) => id) };
}

describe('keeping what was found', () => {
  test('changes its login, and nothing else of it', () => {
    const { vault, ids } = nextStart();
    const before = vault.held();
    vault.keep(ids);
    expect(vault.held()).toEqual(before.map((held) => ({ ...held, login: 'the second login' })));
  });

  test('leaves what is not kept in its own login', () => {
    const { vault, ids, logins } = nextStart();
    vault.keep(ids.slice(1, 2));
    vault.flush();
    expect(logins()).toEqual(['the first login', 'the second login', 'the first login']);
  });

  test('is told to whoever listens', () => {
    const { vault, ids } = nextStart();
    const told: (string | null | undefined)[] = [];
    vault.onChange(() => told.push(vault.held()[0]?.login));
    vault.keep(ids);
    expect(told).toEqual(['the second login']);
  });

  test('nothing is no change', () => {
    const { vault } = nextStart();
    let changes = 0;
    vault.onChange(() => (changes += 1));
    vault.keep([]);
    expect(changes).toBe(0);
  });

  test('brings nothing back that was released', () => {
    const { vault, ids } = nextStart();
    for (const id of ids) vault.release(id);
    vault.keep(ids);
    expect(vault.held()).toEqual([]);
  });

  test('holds on where the disk does not take it, which is reported', () => {
    const { vault, disk, ids, vaultFaults } = nextStart();
    disk.fail(DISK_FULL);
    vault.keep(ids);
    vault.flush();
    expect({ held: vault.held().length, vaultFaults }).toEqual({
      held: 3,
      vaultFaults: [DISK_FULL],
    });
  });

  test('leaves it to its old login on a disk that does not take it', () => {
    const { vault, disk, ids, logins } = nextStart();
    disk.fail(DISK_FULL);
    vault.keep(ids);
    vault.flush();
    expect(logins()).toEqual(Array.from({ length: 3 }, () => 'the first login'));
  });
});

describe('the mark of an app that came back', () => {
  test('is gone once what it holds on to is written', () => {
    const { vault, disk, ids } = nextStart({ resumeUntil: 5 });
    vault.keep(ids);
    vault.flush();
    expect(disk.open().resumeUntil).toBeNull();
  });

  test('is gone with the next hand-in', () => {
    const { hold, disk } = nextStart({ resumeUntil: 5 });
    hold(agentSession('Dora'));
    expect(disk.open().resumeUntil).toBeNull();
  });

  test('is gone with the next release', () => {
    const { vault, disk, ids } = nextStart({ resumeUntil: 5 });
    vault.release(ids[0] ?? '');
    vault.flush();
    expect(disk.open().resumeUntil).toBeNull();
  });

  test('makes way for the next one', () => {
    const { vault, disk } = nextStart({ resumeUntil: 5 });
    vault.markResume(6);
    expect(disk.open().resumeUntil).toBe(6);
  });
});

describe('a mark that the disk did not take', () => {
  test('is not written later either', () => {
    const { vault, disk, ids } = nextStart();
    disk.fail(DISK_FULL);
    vault.markResume(5);
    disk.fail(null);
    vault.release(ids[0] ?? '');
    vault.flush();
    expect(disk.open().resumeUntil).toBeNull();
  });

  test('changes nothing that is held', () => {
    const { vault, disk } = nextStart();
    const before = vault.held();
    disk.fail(DISK_FULL);
    vault.markResume(5);
    expect(vault.held()).toBe(before);
  });
});

test('a release right before the mark is on the disk with it', () => {
  const { vault, disk, ids } = nextStart();
  vault.release(ids[0] ?? '');
  vault.markResume(5);
  expect(disk.open()).toMatchObject({ held: [{ id: ids[1] }, { id: ids[2] }], resumeUntil: 5 });
});
