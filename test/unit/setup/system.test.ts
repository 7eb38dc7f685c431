import { chmodSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { installSystemPackages } from '../../../scripts/setup/system.mjs';
import { tempFolder } from '../../support/temp-folder.ts';

type Purpose = Parameters<typeof installSystemPackages>[0];

beforeEach(() => () => vi.unstubAllEnvs());

/** A machine that has these commands only; what is run on it, and what a person is told. */
function machineWith(
  commands: readonly string[],
  { isRoot = true, fails = (_args: readonly string[]): boolean => false } = {},
) {
  const folder = tempFolder();
  for (const name of commands) {
    // As apt-cache says that a package is to be had: all but those that only newer releases have.
    const script = '#!/bin/sh\ncase "$2" in *t64) ;; *) echo "  Candidate: 1.0" ;; esac\n';
    writeFileSync(path.join(folder, name), script);
    chmodSync(path.join(folder, name), 0o755);
  }
  vi.stubEnv('PATH', folder);
  const ran: string[] = [];
  const told: string[] = [];
  const install = (purpose: Purpose): Promise<void> =>
    installSystemPackages(purpose, {
      isRoot,
      tell: (line) => void told.push(line),
      runStep: ({ command, args }) => {
        ran.push([command, ...args].join(' '));
        return Promise.resolve(
          args[0] === 'install' && fails(args)
            ? { ok: false, reason: 'it is nowhere' }
            : { ok: true, stdout: '' },
        );
      },
    });
  /** The packages of each installation. */
  const installed = (): string[][] =>
    ran
      .filter((line) => line.startsWith('apt-get install '))
      .map((line) => line.replace(/^.*Timeout=\d+ /, '').split(' '));
  return { install, installed, ran, told };
}

const DEBIAN = ['apt-get', 'apt-cache'];
const DESKTOP = ['Xvfb', 'dbus-daemon', 'gdbus', 'gnome-keyring-daemon'];

describe.skipIf(process.platform !== 'linux')('on Debian', () => {
  test('the tests have what they open packages with installed, apart from what they cannot do without', async () => {
    const { install, installed } = machineWith([...DEBIAN, ...DESKTOP]);
    await install('tests');
    expect(installed()).toEqual([['openssl'], ['rpm', 'nsis', 'strace', 'iproute2']]);
  });

  test('the tests on Windows have what they make installers with, and nothing of a desktop', async () => {
    const { install, installed } = machineWith([...DEBIAN, 'makensis']);
    await install('windows');
    expect(installed()).toEqual([['7zip-standalone', 'gcc-mingw-w64-x86-64-win32']]);
  });

  test.for(['app', 'unattended'] as const)(
    'for %s nothing of the tests is installed',
    async (purpose) => {
      const { install, ran } = machineWith([...DEBIAN, ...DESKTOP]);
      await install(purpose);
      expect(ran).toEqual([]);
    },
  );

  test('nothing is run where nothing is missing', async () => {
    const { install, ran, told } = machineWith([
      ...DEBIAN,
      ...DESKTOP,
      'openssl',
      'rpmbuild',
      'makensis',
      'strace',
      'ip',
    ]);
    await install('tests');
    expect([ran, told]).toEqual([[], []]);
  });

  test('an installation that was interrupted is finished before another', async () => {
    const { install, ran } = machineWith(DEBIAN);
    await install('unattended');
    expect(ran.map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual([
      'dpkg --configure',
      'apt-get update',
      'apt-get install',
    ]);
  });

  test('what the tests can do without may be missing, and is told', async () => {
    const { install, told } = machineWith([...DEBIAN, ...DESKTOP, 'openssl'], {
      fails: (args) => args.includes('nsis'),
    });
    await install('tests');
    expect(told.at(-1)).toMatch(
      /^The system packages rpm nsis strace iproute2 could not be installed: it is nowhere .* Until then, tests are skipped\.$/,
    );
  });

  test('what they cannot do without may not', async () => {
    const { install } = machineWith([...DEBIAN, ...DESKTOP], { fails: () => true });
    await expect(install('tests')).rejects.toThrow(
      'The system packages openssl could not be installed: it is nowhere',
    );
  });
});

describe.skipIf(process.platform !== 'linux')('whoever is not root', () => {
  test.each([
    { sudo: [], told: 'as root, install them with: apt-get update && apt-get install' },
    { sudo: ['sudo'], told: 'install them with: sudo apt-get update && sudo apt-get install' },
  ])('is told the command (with $sudo)', async ({ sudo, told }) => {
    const { install, ran } = machineWith([...DEBIAN, ...DESKTOP, ...sudo], { isRoot: false });
    await expect(install('tests')).rejects.toThrow(
      `Some system packages are missing; ${told} -y --no-install-recommends openssl rpm nsis strace iproute2`,
    );
    expect(ran).toEqual([]);
  });

  test('is told and left alone where only tests would be skipped', async () => {
    const { install, told } = machineWith(
      [...DEBIAN, ...DESKTOP, 'openssl', 'rpmbuild', 'strace', 'ip'],
      {
        isRoot: false,
      },
    );
    await install('tests');
    expect(told).toEqual([expect.stringMatching(/ nsis \(until then, tests are skipped\)$/)]);
  });
});

test.skipIf(process.platform !== 'linux')('elsewhere, what is missing is named', async () => {
  const { install } = machineWith(['Xvfb', 'dbus-daemon', 'gdbus']);
  await expect(install('tests')).rejects.toThrow(
    'This system lacks gnome-keyring-daemon, openssl, rpmbuild, makensis, strace, ip: install what brings them',
  );
});
