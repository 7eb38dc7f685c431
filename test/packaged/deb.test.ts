import { execFile, spawnSync } from 'node:child_process';
import { lstatSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { chmod, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import { fusesIn } from '../../scripts/package/fuses.ts';
import { agentSession, newDataDir, newServer } from '../app/signoff.ts';
import { asRoot } from '../support/ordinary-user.ts';
import { takes } from '../support/takes.ts';
import { packedApp } from './packed.ts';
import { packedSignoff } from './signoff.ts';

const { deb, executable } = packedApp();
const COMPLETION = 'usr/share/bash-completion/completions/signoff';

describe.skipIf(deb === null)('the deb', takes('dpkg-deb'), () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'signoff-deb-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  if (deb !== null) spawnSync('dpkg-deb', ['-R', deb, folder]);
  const installed = (name: string): string => path.join(folder, name);
  const control = (name: string): string => readFileSync(installed(`DEBIAN/${name}`), 'utf8');
  const { start, hold } = packedSignoff(installed('opt/Signoff/signoff'));
  /** Where this script of the package is to be run, for the app in this folder. */
  const forThisFolder = async (name: string): Promise<string> => {
    const script = path.join(folder, `${path.basename(name)}-for-this-folder`);
    const text = readFileSync(installed(name), 'utf8');
    await writeFile(script, text.replaceAll('/opt/Signoff', installed('opt/Signoff')));
    await chmod(script, 0o755);
    return script;
  };

  test('is a package that dpkg can read, and needs what the app needs', () => {
    expect(control('control')).toMatch(/^Package: signoff\nVersion: \d+\.\d+\.\d+\n/);
    expect(control('control')).toMatch(/^Depends: .*libgtk-3-0, .*libsecret-1-0/m);
  });

  test('installs all of it for root, and writable by nobody else', () => {
    const listed = spawnSync('dpkg-deb', ['-c', deb ?? ''], { encoding: 'utf8' }).stdout;
    const wrong = listed
      .trim()
      .split('\n')
      .filter((line) => !/^([-d]rw[-x]r-[-x]r-[-x]|lrwxrwxrwx) root\/root /.test(line));
    expect(wrong).toEqual([]);
  });

  test("has an empty folder for the administrator's policy", () => {
    const stats = lstatSync(installed('etc/signoff'));
    expect([stats.isDirectory(), stats.mode & 0o777]).toEqual([true, 0o755]);
  });

  test('has a desktop entry, and one that starts it at login and may be changed', () => {
    expect(readFileSync(installed('usr/share/applications/signoff.desktop'), 'utf8')).toContain(
      '\nExec=/opt/Signoff/signoff %U\n',
    );
    const autostart = readFileSync(installed('etc/xdg/autostart/signoff.desktop'), 'utf8');
    expect(autostart).toContain('\nExec=/usr/bin/signoff --hidden --at-login\n');
    expect(autostart).toContain('\nX-GNOME-Autostart-enabled=true\n');
    expect(autostart).toContain('\nX-systemd-skip=true\n');
    expect(control('conffiles')).toBe('/etc/xdg/autostart/signoff.desktop\n');
  });

  test('has a unit of systemd, enabled for everybody, that starts it at login and again after a crash', () => {
    const units = installed('usr/lib/systemd/user');
    const unit = readFileSync(
      path.join(units, 'graphical-session.target.wants/signoff.service'),
      'utf8',
    );
    expect(unit).toBe(readFileSync('build/linux/signoff.service', 'utf8'));
  });

  describe('has the command signoff', () => {
    async function run(...args: readonly string[]) {
      const command = await forThisFolder('usr/bin/signoff');
      return spawnSync(command, args, { encoding: 'utf8' });
    }

    test('which runs whatever of the command line, for root as well', async () => {
      const policy = path.join(folder, 'policy.json');
      await writeFile(policy, '{"idleMinutes": 5}');
      expect((await run('policy', '--check', policy)).status).toBe(0);
      expect((await run('--version')).status).toBe(0);
      expect(await run('--user-data-dir', await newDataDir(), 'hold')).toMatchObject({
        status: 4,
        stderr: expect.stringContaining('Signoff is not running'),
      });
    });

    test.skipIf(asRoot === null)(
      'which starts no app for root without a sandbox',
      takes('root, or a user who may make namespaces'),
      async () => {
        const [command, ...before] = [...(asRoot ?? []), await forThisFolder('usr/bin/signoff')];
        const args = [...before, '--user-data-dir', await newDataDir(), '--hidden'];
        const { stderr } = spawnSync(command, args, { encoding: 'utf8' });
        expect(stderr).toContain('Running as root without --no-sandbox is not supported');
      },
    );
  });

  test('has what bash completes of it, and icons', () => {
    const completion = readFileSync(installed(COMPLETION), 'utf8');
    expect(completion).toBe(readFileSync('build/linux/completion.bash', 'utf8'));
    expect(
      lstatSync(installed('usr/share/icons/hicolor/256x256/apps/signoff.png')).size,
    ).toBeGreaterThan(1_000);
  });

  test('has the packed executable, with its fuses', async () => {
    expect(await fusesIn(installed('opt/Signoff/signoff'))).toEqual(await fusesIn(executable));
  });

  describe('when it is removed', () => {
    /** What dpkg runs before it removes or replaces files. */
    async function beforeRemove(...args: readonly string[]): Promise<void> {
      const script = await forThisFolder('DEBIAN/prerm');
      await promisify(execFile)(script, args);
    }

    test('what is held is signed off, and the app has gone', async () => {
      const server = await newServer();
      const dataDir = await newDataDir();
      const app = await start(dataDir);
      await hold(dataDir, agentSession(server, 'front'));
      await beforeRemove('remove');
      expect(await app.exited).toEqual({ code: 0, signal: null });
      expect(server.sessions.map(({ over }) => over)).toEqual([true]);
    });

    test('for a newer version, the app goes on holding', async () => {
      const server = await newServer();
      const dataDir = await newDataDir();
      const app = await start(dataDir);
      await hold(dataDir, agentSession(server, 'front'));
      await beforeRemove('upgrade', '2.0.0');
      expect(app.child.exitCode).toBeNull();
      expect(server.received).toEqual([]);
    });
  });
});
