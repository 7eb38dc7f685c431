import { type ChildProcess, execFile, spawn } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  readFileSync,
  readlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import { tempFolder } from '../../support/temp-folder.ts';

describe.skipIf(process.platform !== 'linux')(
  'what a deb or an rpm does before its files go (it takes /proc)',
  () => {
    /** The script for an app in a folder of its own, with a `sleep` that takes no time and says how often. */
    function installed() {
      const folder = tempFolder();
      const executable = path.join(folder, 'signoff');
      copyFileSync('/bin/sleep', executable);
      const script = path.join(folder, 'before-remove');
      const text = readFileSync('build/linux/before-remove.sh', 'utf8');
      writeFileSync(script, text.replaceAll('/opt/Signoff', folder));
      const slept = path.join(folder, 'slept');
      const sleep = (andThen: string): void =>
        writeFileSync(
          path.join(folder, 'sleep'),
          `#!/bin/sh\necho "$1" >>'${slept}'\n[ "$(wc -l <'${slept}')" -lt 3 ] || { ${andThen}; }\n`,
        );
      sleep(':');
      for (const file of ['sleep', 'before-remove']) chmodSync(path.join(folder, file), 0o755);
      return {
        executable,
        sleep,
        async remove(...args: readonly string[]): Promise<string[]> {
          const PATH = `${folder}:${process.env['PATH']}`;
          await promisify(execFile)(script, args, { env: { PATH } });
          return existsSync(slept) ? readFileSync(slept, 'utf8').trim().split('\n') : [];
        },
      };
    }

    /** A process of that executable which takes its time over a signal: it goes when it is killed. */
    async function start(executable: string, ...args: string[]): Promise<ChildProcess> {
      const child = spawn('/bin/sh', ['-c', 'trap "" TERM; exec "$0" "$@"', executable, ...args]);
      onTestFinished(() => void child.kill('SIGKILL'));
      await expect.poll(() => readlinkSync(`/proc/${child.pid}/exe`)).toBe(executable);
      return child;
    }

    test('waits as long as a sign-off may take by policy, and no longer', async () => {
      const { executable, remove } = installed();
      await start(executable, '1000');
      const naps = await remove('remove');
      const seconds = naps.reduce((sum, nap) => sum + Number(nap), 0);
      expect(Math.round(seconds)).toBe(65);
      // A thousand processes are started, which take a busy machine a while.
    }, 120_000);

    test('goes on as soon as the app has gone', async () => {
      const { executable, sleep, remove } = installed();
      const { pid } = await start(executable, '1000');
      sleep(`kill -KILL ${pid}; while [ -e /proc/${pid}/exe ]; do :; done`);
      expect(await remove('remove')).toHaveLength(3);
    });

    test('waits for nothing where the app does not run', async () => {
      expect(await installed().remove('remove')).toEqual([]);
    });

    test.each([['upgrade', '2.0.0'], ['1']])('does nothing at an upgrade (%j)', async (...args) => {
      const { executable, remove } = installed();
      await start(executable, '1000');
      expect(await remove(...args)).toEqual([]);
    });
  },
);
