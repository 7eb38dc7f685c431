import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import * as z from 'zod';
import {
  type CommandRun,
  runSignoff,
  type SignoffProcess,
  startSignoff as start,
} from '../../scripts/signoff.ts';
import { machineId, systemMachineSources } from '../../main/lifecycle/machine.ts';
import { receiptsOf, statusReply } from '../support/commands.ts';
import { ended } from '../support/ended.ts';
import { machineDirOf } from '../support/machine-dir.ts';
import { takes } from '../support/takes.ts';
import { mayMount } from '../support/tiny-disk.ts';
import { electronArgs } from './desktop.ts';
import {
  agentSession,
  askStatus,
  askToSignOff,
  hold,
  newDataDir,
  newServer,
  startSignoff,
  status,
} from './signoff.ts';

const MACHINE_ID = '/etc/machine-id';
const ID_THERE = `${'f'.repeat(32)}\n`;
const elsewhereReply = statusReply.extend({
  elsewhere: z.array(
    z.looseObject({
      host: z.string(),
      since: z.string().nullable(),
      held: z.array(z.looseObject({ id: z.string(), label: z.string() })).nullable(),
    }),
  ),
});

describe.skipIf(!mayMount || !existsSync(MACHINE_ID))(
  'a home that two machines share',
  takes('the right to mount, which root has, and a machine id'),
  () => {
    /** Runs a command on another machine: with another name and another id. */
    let within: string[] = [];
    const idThere = machineId({ ...systemMachineSources, readFile: () => ID_THERE });
    beforeAll(async () => {
      const folder = await mkdtemp(path.join(tmpdir(), 'signoff-machine-'));
      const id = path.join(folder, 'machine-id');
      await writeFile(id, ID_THERE);
      const become = `hostname BACK-02 && mount --bind ${id} ${MACHINE_ID} && exec "$0" "$@"`;
      within = ['unshare', '--uts', '--mount', 'sh', '-c', become];
      return () => rm(folder, { recursive: true });
    });

    async function startThere(dataDir: string, args: string[] = []): Promise<SignoffProcess> {
      const app = start(['--hidden', ...args], { dataDir, electronArgs, within });
      onTestFinished(() => ended(app.child));
      await app.ready;
      return app;
    }

    const there = (dataDir: string, ...args: string[]): Promise<CommandRun> =>
      runSignoff(args, { dataDir, electronArgs, within });

    async function statusThere(dataDir: string) {
      return elsewhereReply.parse(await askStatus(machineDirOf(dataDir, idThere)));
    }

    /** A session that the app on this machine holds. */
    async function heldHere() {
      const server = await newServer();
      const dataDir = await newDataDir();
      await startSignoff(dataDir);
      const id = await hold(dataDir, agentSession(server, 'front'));
      return { dataDir, id, isOver: () => server.sessions.map(({ over }) => over) };
    }

    test('the second starts beside the first, and ends nothing of it, neither then nor at its end', async () => {
      const { dataDir, id, isOver } = await heldHere();
      const second = await startThere(dataDir);
      const { held, elsewhere } = await statusThere(dataDir);
      expect(held).toEqual([]);
      expect(elsewhere).toMatchObject([{ host: hostname(), held: [{ id, label: 'front' }] }]);
      expect(receiptsOf(await there(dataDir, 'sign-off', '--json'))).toEqual([]);
      second.child.kill('SIGTERM');
      await second.exited;
      expect(isOver()).toEqual([false]);
      expect((await status(dataDir)).held).toMatchObject([{ id }]);
    });

    test('the second ends what it is told to by name, and the first is told that it is over', async () => {
      const { dataDir, id, isOver } = await heldHere();
      await startThere(dataDir);
      const receipts = receiptsOf(await there(dataDir, 'sign-off', id, '--json'));
      expect(receipts).toMatchObject([{ heldId: id, cause: 'asked', outcome: 'ended' }]);
      expect((await statusThere(dataDir)).elsewhere).toEqual([]);
      expect(isOver()).toEqual([true]);
      expect(await askToSignOff(dataDir)).toMatchObject([{ outcome: 'already-over' }]);
    });

    test('a command on the second, where no app runs, ends only what it names', async () => {
      const { dataDir, id, isOver } = await heldHere();
      expect(receiptsOf(await there(dataDir, 'sign-off', '--json'))).toEqual([]);
      expect(isOver()).toEqual([false]);
      const receipts = receiptsOf(await there(dataDir, 'sign-off', id, '--json'));
      expect(receipts).toMatchObject([{ heldId: id, outcome: 'ended' }]);
      expect(isOver()).toEqual([true]);
      // Nor is it shown by an app that starts then, although the first has it in its vault.
      await startThere(dataDir);
      await expect.poll(async () => (await statusThere(dataDir)).elsewhere).toEqual([]);
    });

    test('what the second has no key to is told all the same', async () => {
      const { dataDir, isOver } = await heldHere();
      await startThere(dataDir, ['--password-store=basic']);
      const { elsewhere } = await statusThere(dataDir);
      expect(elsewhere).toMatchObject([{ host: hostname(), held: null }]);
      expect(Date.parse(elsewhere[0]?.since ?? '')).toBeGreaterThan(0);
      expect(isOver()).toEqual([false]);
    });
  },
);
