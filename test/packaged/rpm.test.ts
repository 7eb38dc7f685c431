import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { below } from '../../scripts/package/linux-package.ts';
import { takes } from '../support/takes.ts';
import { packedApp } from './packed.ts';

const { rpm, executable } = packedApp();

describe.skipIf(rpm === null)('the rpm', takes('rpmbuild'), () => {
  /** What rpm says of it in this form. */
  const query = (form: string): string =>
    spawnSync('rpm', ['-qp', '--qf', form, rpm ?? ''], { encoding: 'utf8' }).stdout;
  /** What is installed: its place and, as they are asked for, its properties. */
  const files = (form: string): Map<string, string> =>
    new Map(
      query(`[%{FILENAMES}\\t${form}\\n]`)
        .trim()
        .split('\n')
        .map((line): [string, string] => {
          const [name = '', properties = ''] = line.split('\t');
          return [name, properties];
        }),
    );

  test('is named as rpm names this machine, and needs what the app needs', () => {
    const architecture = process.arch === 'x64' ? 'x86_64' : 'aarch64';
    expect(query('%{NAME} %{ARCH}')).toBe(`signoff ${architecture}`);
    expect(path.basename(rpm ?? '')).toContain(`.${architecture}.rpm`);
    expect(query('[%{REQUIRES}\\n]').split('\n')).toEqual(
      expect.arrayContaining(['libgtk-3.so.0()(64bit)', 'libsecret-1.so.0()(64bit)', 'xdg-utils']),
    );
  });

  test('installs all of it for root, and writable by nobody else', () => {
    const wrong = [...files('%{FILEMODES:perms} %{FILEUSERNAME}:%{FILEGROUPNAME}')].filter(
      ([, properties]) => !/^(?:[-d]rw[-x]r-[-x]r-[-x]|lrwxrwxrwx) root:root$/.test(properties),
    );
    expect(wrong).toEqual([]);
  });

  test('has the whole app, the command, and what starts it from the desktop and at login', async () => {
    const folder = path.dirname(executable);
    const app = (await below(folder))
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)));
    const installed = files('%{FILEMODES:perms}');
    expect([...installed.keys()]).toEqual(
      expect.arrayContaining([
        ...app.map((name) => `/opt/Signoff/${name}`),
        '/usr/share/applications/signoff.desktop',
        '/usr/share/bash-completion/completions/signoff',
        '/usr/share/icons/hicolor/256x256/apps/signoff.png',
        '/usr/lib/systemd/user/signoff.service',
        '/usr/lib/systemd/user/graphical-session.target.wants/signoff.service',
      ]),
    );
    expect(installed.get('/opt/Signoff/signoff')).toBe('-rwxr-xr-x');
    expect(installed.get('/usr/bin/signoff')).toBe('-rwxr-xr-x');
    expect(installed.get('/etc/signoff')).toBe('drwxr-xr-x');
  });

  test('owns no folder that others put their files in as well', () => {
    const folders = [...files('%{FILEMODES:perms}')].filter(([, mode]) => mode.startsWith('d'));
    expect(
      folders.map(([name]) => name).filter((name) => !/^\/(opt\/Signoff|etc\/signoff)/.test(name)),
    ).toEqual([]);
  });

  test('keeps what an administrator has changed of the start at login', () => {
    const flagged = [...files('%{FILEFLAGS:fflags}')].filter(([, flags]) => flags !== '');
    // A configuration file, which is not replaced.
    expect(flagged).toEqual([['/etc/xdg/autostart/signoff.desktop', 'cn']]);
  });

  test.each([
    { tag: 'POSTIN', script: 'after-install.sh' },
    { tag: 'PREUN', script: 'before-remove.sh' },
    { tag: 'POSTUN', script: 'after-remove.sh' },
  ])('runs $script', ({ tag, script }) => {
    const text = readFileSync(path.join('build/linux', script), 'utf8');
    expect(query(`%{${tag}}`).trim()).toBe(text.trim());
  });
});
