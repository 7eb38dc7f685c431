import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../../main/common/clock.ts';
import {
  claimFolder,
  type SingleInstance,
  type Start,
} from '../../main/lifecycle/single-instance.ts';
import { tempFolder } from '../support/temp-folder.ts';

const CLAIMER = path.join(import.meta.dirname, '../support/claimer.ts');
const APP: Start = { role: 'app', hidden: false };

/** A process that claims the folder; resolves when it has said what came of it. */
async function claimer(
  folder: string,
  role = 'app',
): Promise<{ child: ChildProcess; said: string }> {
  const child = spawn(process.execPath, [CLAIMER, folder, role], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [said] = await once(createInterface({ input: child.stdout }), 'line');
  return { child, said: String(said) };
}

async function killed({ child }: { child: ChildProcess }): Promise<void> {
  child.kill('SIGKILL');
  await once(child, 'exit');
}

async function claim(folder: string, start = APP) {
  return claimFolder({ folder, start, clock: systemClock });
}

async function taken(folder: string, start = APP): Promise<SingleInstance> {
  const claimed = await claim(folder, start);
  if (claimed.kind !== 'taken') throw new Error(`It is ${claimed.kind}.`);
  onTestFinished(claimed.instance.release);
  return claimed.instance;
}

const sockets = (folder: string): string[] =>
  readdirSync(folder).filter((name) => name.endsWith('.sock'));

describe.skipIf(process.platform === 'win32')('of those who claim one folder', () => {
  test('C1: the second is turned away, and the first hears of it, before and after it listens', async () => {
    const folder = tempFolder();
    const first = await taken(folder);
    expect(await claim(folder, { role: 'app', hidden: true })).toEqual({ kind: 'running' });
    const heard: Start[] = [];
    first.onStart((start) => heard.push(start));
    expect(await claim(folder)).toEqual({ kind: 'running' });
    expect(await claim(folder, { role: 'command', hidden: true })).toEqual({ kind: 'running' });
    expect(heard).toMatchObject([{ hidden: true }, { hidden: false }]);
    expect(sockets(folder)).toHaveLength(1);
  });

  test('an app waits for a command, which another command does not', async () => {
    const folder = tempFolder();
    const command: Start = { role: 'command', hidden: true };
    const first = await taken(folder, command);
    const app = taken(folder);
    expect(await claim(folder, command)).toEqual({ kind: 'busy' });
    first.release();
    await app;
    expect(await claim(folder, command)).toEqual({ kind: 'running' });
  });

  test('the next one takes over from one that was killed, and cleans up after it', async () => {
    const folder = tempFolder();
    const first = await claimer(folder);
    expect(first.said).toBe('taken');
    await killed(first);
    expect(sockets(folder)).toHaveLength(1);
    rmSync(path.join(folder, 'there'));
    await taken(folder);
    expect(sockets(folder)).toHaveLength(1);
  });

  test('twenty at once have one among them, after one that was killed', async () => {
    const folder = tempFolder();
    const before = await claimer(folder);
    await killed(before);
    rmSync(path.join(folder, 'there'));
    const all = await Promise.all(Array.from({ length: 20 }, () => claimer(folder)));
    const said = all.map((one) => one.said).toSorted();
    expect(said).toEqual([...Array.from({ length: 19 }, () => 'running'), 'taken']);
  });

  test('those that come amid the end of the one that has it are turned away, or one of them has it', async () => {
    const folder = tempFolder();
    const first = await claimer(folder);
    const coming = Array.from({ length: 8 }, () => claimer(folder));
    first.child.stdin?.write('\n');
    const said = (await Promise.all(coming)).map((one) => one.said);
    expect(said).not.toContain('beside another');
    expect(said.filter((one) => one === 'taken').length).toBeLessThanOrEqual(1);
  });

  test('what a copy or a restored backup has of another’s sockets stands in nobody’s way', async () => {
    const folder = tempFolder();
    await claimer(folder);
    const copy = path.join(tempFolder(), 'copy');
    for (const name of sockets(folder)) {
      cpSync(folder, copy, { recursive: true, filter: (source) => !source.endsWith('.sock') });
      writeFileSync(path.join(copy, name), '');
    }
    await taken(copy);
    expect(sockets(copy)).toHaveLength(1);
    expect(await claim(folder)).toEqual({ kind: 'running' });
  });
});

test.skipIf(process.platform === 'win32')(
  'who says nothing is told of, by its number',
  async () => {
    const folder = tempFolder();
    const mute = createServer();
    mute.listen(path.join(folder, 'app-4711-00000000.sock'));
    await once(mute, 'listening');
    onTestFinished(() => void mute.close());
    let waited = 0;
    // Its time is up as soon as it is asked.
    const clock = {
      ...systemClock,
      after: (ms: number, run: () => void) => {
        waited = ms;
        return systemClock.after(0, run);
      },
    };
    expect(await claimFolder({ folder, start: APP, clock })).toEqual({ kind: 'silent', pid: 4711 });
    expect(waited).toBe(20_000);
  },
);
