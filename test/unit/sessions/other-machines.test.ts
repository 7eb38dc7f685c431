import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Conf from 'conf';
import { describe, expect, test } from 'vitest';
import type { Cipher } from '../../../main/common/sealed.ts';
import { machineFolder } from '../../../main/sessions/machine-folder.ts';
import { createOtherMachines, type OtherMachine } from '../../../main/sessions/other-machines.ts';
import type { HeldSession, Session } from '../../../main/sessions/session.ts';
import { openVaultFile, touchVault } from '../../../main/sessions/vault-file.ts';
import { createCoordinator } from '../../../main/signoff/coordinator.ts';
import { startsSignOffs } from '../../../main/signoff/sign-off.ts';
import { signOffNamed } from '../../../main/signoff/sign-off-named.ts';
import type { Receipt } from '../../../main/results/receipt.ts';
import { createFakeClock, type FakeClock } from '../../support/fake-clock.ts';
import { agentSession, engagement } from '../../support/sessions.ts';
import { createSignOffWorld } from '../../support/sign-off-world.ts';
import { answer, createScriptedServer } from '../../support/scripted-server.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { toyCipher } from '../../support/toy-cipher.ts';

const OWN = '00000000';
const FRONT = '0000000f';
const BACK = '000000ba';

function heldAs(id: string, session: Session, heldSince: number): HeldSession {
  return { ...session, id, heldSince, lastSequenceNumber: 3, login: null, startedHere: true };
}

/** A data folder that machines share. */
function sharedFolder() {
  const dataDir = tempFolder();
  const folderOf = (id: string): string => path.join(dataDir, machineFolder(id));
  return {
    dataDir,
    fileOf: (id: string) => path.join(folderOf(id), 'vault.sealed'),
    /** What a machine holds from now on. */
    hold(id: string, host: string, held: readonly HeldSession[], cipher: Cipher = toyCipher()) {
      mkdirSync(folderOf(id), { recursive: true });
      const { file } = openVaultFile({
        folder: folderOf(id),
        host,
        cipher,
        openStore: (options) => new Conf(options),
        now: () => 0,
        uptime: () => 0,
      });
      file?.write(held, null);
    },
    /** This machine's view of the others. */
    others(how: { cipher?: Cipher | null; clock?: FakeClock; isLooking?: boolean } = {}) {
      const { cipher = toyCipher(), clock = createFakeClock(), isLooking = true } = how;
      const faults: unknown[] = [];
      const machines = createOtherMachines({
        dataDir,
        machineDir: folderOf(OWN),
        cipher,
        clock,
        onFault: (error) => faults.push(error),
      });
      if (isLooking) machines.look();
      return { machines, clock, faults };
    },
  };
}

const ann = heldAs('ann', agentSession('Ann'), 9);
const carl = heldAs('carl', engagement(), 5);

describe('what other machines hold', () => {
  test('is told by machine, with its name and since when, and without its own', () => {
    const shared = sharedFolder();
    shared.hold(OWN, 'BACK-02', [heldAs('own', agentSession(), 1)]);
    shared.hold(FRONT, 'FRONT-07', [ann, carl]);
    expect(shared.others().machines.machines()).toEqual([
      { host: 'FRONT-07', since: 5, held: [ann, carl] },
    ]);
  });

  test('is nothing where they hold nothing, or have never been', () => {
    const shared = sharedFolder();
    shared.hold(FRONT, 'FRONT-07', []);
    mkdirSync(path.join(shared.dataDir, machineFolder('0000000a')));
    mkdirSync(path.join(shared.dataDir, 'machine-of-another-kind'));
    expect(shared.others().machines.machines()).toEqual([]);
    rmSync(shared.dataDir, { recursive: true });
    const { machines, faults } = shared.others();
    expect([machines.machines(), faults]).toEqual([[], []]);
  });

  test.each([
    ['the key is that machine’s own', toyCipher('another key')],
    ['the system encrypts nothing here', null],
  ])('is told without what it is where %s', (_, cipher) => {
    const shared = sharedFolder();
    shared.hold(FRONT, 'FRONT-07', [ann, carl]);
    const { machines } = shared.others({ cipher });
    expect(machines.machines()).toEqual([{ host: 'FRONT-07', since: 5, held: null }]);
    expect(machines.held()).toEqual([]);
  });

  test('shows nothing of a session to whoever cannot decrypt it', () => {
    const shared = sharedFolder();
    shared.hold(FRONT, 'FRONT-07', [ann]);
    const [shown = ''] = readFileSync(shared.fileOf(FRONT), 'utf8').split('\n');
    expect(JSON.parse(shown)).toEqual({ host: 'FRONT-07', held: 1, since: 9 });
  });

  test('is told although its vault is damaged', () => {
    const shared = sharedFolder();
    shared.hold(FRONT, 'FRONT-07', [ann]);
    writeFileSync(shared.fileOf(FRONT), 'junk');
    expect(shared.others().machines.machines()).toEqual([
      { host: machineFolder(FRONT), since: null, held: null },
    ]);
  });

  test('is looked up again each minute while there is something, and told of when it changes', async () => {
    const shared = sharedFolder();
    shared.hold(FRONT, 'FRONT-07', [ann]);
    const { machines, clock } = shared.others();
    let changes = 0;
    machines.onChange(() => (changes += 1));
    await clock.advance(60_000);
    expect(changes).toBe(0);
    shared.hold(FRONT, 'FRONT-07', []);
    await clock.advance(60_000);
    expect([changes, machines.machines()]).toEqual([1, []]);
    shared.hold(FRONT, 'FRONT-07', [ann]);
    await clock.advance(600_000);
    expect(changes).toBe(1);
    machines.look();
    expect([changes, machines.find('ann')?.label]).toEqual([2, 'Ann']);
  });

  test('stands as it was seen while the disk fails', () => {
    const shared = sharedFolder();
    shared.hold(FRONT, 'FRONT-07', [ann]);
    const { machines, faults } = shared.others();
    rmSync(shared.fileOf(FRONT));
    mkdirSync(shared.fileOf(FRONT));
    machines.look();
    expect(machines.held()).toHaveLength(1);
    expect(faults).toMatchObject([{ code: 'EISDIR' }]);
  });
});

describe('a sign-off', () => {
  /** This machine with a session of its own, beside FRONT-07 with Ann's. */
  function twoMachines() {
    const shared = sharedFolder();
    shared.hold(FRONT, 'FRONT-07', [ann]);
    const before = readFileSync(shared.fileOf(FRONT));
    const own = createSignOffWorld();
    const { clock } = own;
    own.hold(agentSession('Bob'));
    const { machines } = shared.others({ clock });
    const server = createScriptedServer(clock);
    const written: Receipt[] = [];
    const elsewhere = createCoordinator({
      vault: machines,
      receipts: { append: async (receipt) => void written.push(receipt) },
      startSignOff: startsSignOffs({
        endSession: server.endSession,
        clock,
        random: () => 0.5,
        newId: () => 'receipt',
      }),
      clock,
      newId: () => 'another receipt',
      budgetMs: own.budgetMs,
      standing: null,
      onReceiptFault: (error) => {
        throw error;
      },
    });
    const named = signOffNamed(own.coordinator, elsewhere);
    return { shared, before, own, machines, server, written, named, elsewhere, clock };
  }

  test('is not what becomes of a session whose machine nobody has used for a day: a receipt says so', () => {
    const { elsewhere, written, server } = twoMachines();
    elsewhere.unseen(ann, 'FRONT-07');
    expect(written).toMatchObject([
      {
        heldId: 'ann',
        cause: 'leftover',
        outcome: 'unconfirmed',
        letGo: true,
        attempts: 0,
        error: {
          code: 'MACHINE_UNSEEN',
          message: 'FRONT-07, which held it, has not been seen for a day.',
        },
      },
    ]);
    expect(server.sent).toEqual([]);
  });

  test('of all leaves alone what another machine holds', async () => {
    const { named, own, machines, server, clock } = twoMachines();
    const receipts = await clock.until(named.signOff({ cause: 'asked', ids: 'all' }), 10_000);
    expect(receipts.map(({ label }) => label)).toEqual(['Bob']);
    expect([own.vault.held(), machines.held().map(({ id }) => id)]).toEqual([[], ['ann']]);
    expect(server.sent).toEqual([]);
  });

  test('that names it ends it, with a receipt here, and leaves the other’s file as it is', async () => {
    const { named, own, machines, written, shared, before, clock } = twoMachines();
    const receipts = await clock.until(named.signOff({ cause: 'asked', ids: ['ann'] }), 10_000);
    expect(receipts).toMatchObject([{ heldId: 'ann', outcome: 'ended', cause: 'asked' }]);
    expect(written).toEqual(receipts);
    expect(machines.machines()).toEqual([]);
    machines.look();
    expect(machines.machines()).toEqual([]);
    expect(own.vault.held()).toHaveLength(1);
    expect(readFileSync(shared.fileOf(FRONT)).equals(before)).toBe(true);
    expect(readdirSync(path.dirname(shared.fileOf(FRONT)))).toEqual(['vault.sealed']);
  });

  test('that the server refuses keeps it in sight', async () => {
    const { named, machines, server, clock } = twoMachines();
    server.answerWith(() => answer('refused'));
    await clock.until(named.signOff({ cause: 'asked', ids: ['ann'] }), 10_000);
    expect(machines.held().map(({ id }) => id)).toEqual(['ann']);
  });

  test('sends a number that is no lower than the other app’s, and counts on', async () => {
    const { named, machines, server, clock } = twoMachines();
    server.answerWith(() => answer('refused'));
    const first = machines.find('ann')?.lastSequenceNumber ?? 0;
    expect(first).toBe(clock.now() - ann.heldSince);
    await clock.until(named.signOff({ cause: 'asked', ids: ['ann'] }), 10_000);
    expect(machines.find('ann')?.lastSequenceNumber ?? 0).toBeGreaterThan(first);
  });
});

describe('a machine that nobody has used for a day', () => {
  const DAY = 24 * 60 * 60 * 1000;

  /** Two machines that hold something, of which one was used `agoMs` before now. */
  function usedAgo(agoMs: number, cipher: Cipher | null = toyCipher()) {
    const shared = sharedFolder();
    shared.hold(FRONT, 'FRONT-07', [ann, carl]);
    shared.hold(BACK, 'BACK-02', [ann]);
    const clock = createFakeClock();
    touchVault(path.dirname(shared.fileOf(BACK)), clock.now());
    touchVault(path.dirname(shared.fileOf(FRONT)), clock.now() - agoMs);
    const { machines } = shared.others({ cipher, clock, isLooking: false });
    const unseen: OtherMachine[] = [];
    machines.onUnseen((machine) => unseen.push(machine));
    machines.look();
    return { ...shared, machines, unseen };
  }

  test('is told of once, with what it held, and its vault is set aside', () => {
    const { machines, unseen, fileOf } = usedAgo(DAY + 1_000);
    expect(machines.machines()).toMatchObject([{ host: 'BACK-02' }]);
    expect(unseen).toMatchObject([{ host: 'FRONT-07', held: [{ id: 'ann' }, { id: 'carl' }] }]);
    expect(readdirSync(path.dirname(fileOf(FRONT)))).toEqual(['vault.unseen.sealed']);
    machines.look();
    expect(unseen).toHaveLength(1);
  });

  test('is told of without what it held, where this machine has no key to it', () => {
    const { machines, unseen } = usedAgo(DAY + 1_000, null);
    expect(machines.machines()).toMatchObject([{ host: 'BACK-02' }]);
    expect(unseen).toMatchObject([{ host: 'FRONT-07', held: null }]);
  });

  test('is still in use until then', () => {
    const { machines, unseen } = usedAgo(DAY - 1_000);
    expect([machines.machines().length, unseen]).toEqual([2, []]);
  });
});
