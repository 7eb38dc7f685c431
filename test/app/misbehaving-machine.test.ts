import { once } from 'node:events';
import { mkdirSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { runSignoff } from '../../scripts/signoff.ts';
import { takes } from '../support/takes.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { mayMount, tinyDisk } from '../support/tiny-disk.ts';
import { electronArgs } from './desktop.ts';
import {
  agentSession,
  hold,
  leaveBehind,
  newDataDir,
  newServer,
  signoff,
  startSignoff,
  status,
} from './signoff.ts';

/** A display that nothing answers at. */
const DEAD_DISPLAY = { DISPLAY: ':77', WAYLAND_DISPLAY: '' };

describe('on a machine that misbehaves', () => {
  test('C1: there is one app on one folder, though the temporary folder was tidied', async () => {
    const server = await newServer();
    const dataDir = await newDataDir();
    const temporary = tempFolder();
    const env = { TMPDIR: temporary };
    const first = await startSignoff(dataDir, { env });
    await hold(dataDir, agentSession(server, 'front'));
    for (const name of readdirSync(temporary)) {
      rmSync(path.join(temporary, name), { recursive: true });
    }
    expect((await signoff(dataDir, ['--hidden'], { env })).code).toBe(0);
    expect(await status(dataDir)).toMatchObject({
      pid: first.child.pid,
      held: [{ label: 'front' }],
    });
    expect(server.sessions.map(({ over }) => over)).toEqual([false]);
  });

  test('C3: what a crash left over is ended with a dead display, and diagnostics are written', async () => {
    const server = await newServer();
    const dataDir = await newDataDir();
    await leaveBehind(dataDir, agentSession(server, 'front'));
    const zip = path.join(tempFolder(), 'diagnostics.zip');
    const written = await signoff(dataDir, ['diagnostics', zip], { env: DEAD_DISPLAY });
    expect([written.code, written.stdout]).toEqual([0, `${zip}\n`]);
    const ran = await signoff(dataDir, ['sign-off', '--json'], { env: DEAD_DISPLAY });
    expect(JSON.parse(ran.stdout)).toMatchObject([{ outcome: 'ended' }]);
    expect(server.sessions.map(({ over }) => over)).toEqual([true]);
  });

  test.each([
    ['none', { DISPLAY: '', WAYLAND_DISPLAY: '' }, 'neither DISPLAY nor WAYLAND_DISPLAY is set'],
    ['a dead one', DEAD_DISPLAY, 'DISPLAY is :77, where nothing answers'],
  ])('a start with %s for a display says so in one line', async (_, env, why) => {
    const { code, stderr } = await signoff(await newDataDir(), [], { env });
    const lines = stderr.split('\n').filter((line) => line !== '' && !line.includes('bus.cc'));
    expect([code, lines]).toEqual([1, [`There is no display: ${why}.`]]);
  });

  test('C4: no command waits for an app that is stopped', async () => {
    const dataDir = await newDataDir();
    const app = await startSignoff(dataDir);
    app.child.kill('SIGSTOP');
    const commands = [['status'], ['policy'], ['quit'], ['sign-off', '--timeout', '5']];
    const ran = await Promise.all(commands.map((command) => signoff(dataDir, command)));
    const told = ran.map(({ code, stderr }) => [
      code,
      /has not answered within \d+ seconds/.test(stderr),
    ]);
    expect(told).toEqual(commands.map(() => [1, true]));
    app.child.kill('SIGCONT');
    expect(await status(dataDir)).toMatchObject({ pid: app.child.pid });
  });

  test('C5: a session bus that is mute keeps no command beyond its time', async () => {
    const server = await newServer();
    const dataDir = await newDataDir();
    await leaveBehind(dataDir, agentSession(server, 'front'));
    const bus = path.join(tempFolder(), 'bus');
    const mute = createServer(() => undefined).listen(bus);
    await once(mute, 'listening');
    onTestFinished(() => void mute.close());
    const env = { DBUS_SESSION_BUS_ADDRESS: `unix:path=${bus}` };
    const { code, stderr } = await signoff(dataDir, ['sign-off', '--timeout', '2'], { env });
    expect([code, stderr]).toEqual([1, expect.stringContaining('the session bus')]);
    // Nothing of it is lost.
    const later = await signoff(dataDir, ['sign-off', '--json']);
    expect(JSON.parse(later.stdout)).toMatchObject([{ outcome: 'ended' }]);
  });

  test('a folder with a long name, reached by a link, and no temporary folder make no difference', async () => {
    const real = path.join(await newDataDir(), ...Array.from({ length: 8 }, () => 'a-long-name'));
    mkdirSync(real, { recursive: true });
    const dataDir = path.join(tempFolder(), 'link');
    symlinkSync(real, dataDir);
    const app = await startSignoff(dataDir, { env: { TMPDIR: '/nowhere' } });
    const { stdout } = await signoff(real, ['status', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ pid: app.child.pid, vault: { durable: true } });
  });

  test('C8: a folder within one that is gone is misused, in one line', async () => {
    const gone = path.join(tempFolder(), 'gone');
    mkdirSync(gone);
    const within = ['sh', '-c', `cd ${gone} && rmdir ${gone} && exec "$0" "$@"`];
    const ran = await runSignoff(['status'], { dataDir: 'relative', electronArgs, within });
    const lines = ran.stderr.split('\n').filter((line) => line !== '' && !line.includes('bus.cc'));
    expect([ran.code, lines]).toEqual([
      2,
      ['--user-data-dir=relative is in the current folder, which is gone'],
    ]);
  });
});

describe.skipIf(!mayMount)('C6: a disk', takes('the right to mount a disk, which root has'), () => {
  /** A folder of a data folder that cannot be written to from now on. */
  function readOnly(): string {
    const disk = tinyDisk(256);
    disk.makeReadOnly();
    return disk.folder;
  }

  test('that cannot be written to is told of at once, and what is held is ended all the same', async () => {
    const server = await newServer();
    const dataDir = readOnly();
    const app = await startSignoff(dataDir);
    expect(app.log()).toMatch(
      /"event":"folder-unusable","problem":"Signoff cannot use its folder [^"]*: it cannot be (made|written to)\."/,
    );
    const held = await signoff(dataDir, ['hold'], {
      stdin: JSON.stringify(agentSession(server, 'front')),
    });
    expect(held.code).toBe(0);
    const { stdout } = await signoff(dataDir, ['status', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      pid: app.child.pid,
      vault: { durable: false, folderUnusable: true },
    });
    expect((await signoff(dataDir, ['--hidden'])).code).toBe(0);
    expect((await signoff(dataDir, ['quit'])).code).toBe(0);
    expect(server.sessions.map(({ over }) => over)).toEqual([true]);
  });

  test('that cannot be written to is told of by a command that would end leftovers', async () => {
    const { code, stderr } = await signoff(readOnly(), ['sign-off']);
    expect([code, stderr]).toEqual([1, expect.stringMatching(/folder .* cannot be used: it/)]);
  });
});
