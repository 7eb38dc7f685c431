import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { parse } from 'plist';
import { describe, expect, test } from 'vitest';
import { FOR_EVERYBODY } from '../../../main/common/start-at-login.ts';
import { MAC_AGENT } from '../../../main/lifecycle/login-item.ts';
import { takes } from '../../support/takes.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const text = (file: string): string => readFileSync(file, 'utf8');

describe('what starts Signoff at everybody’s login has the name by which the app knows it', () => {
  test('in the NSIS installer', () => {
    expect(text('build/installer.nsh')).toContain(
      `!define FOR_EVERYBODY "${FOR_EVERYBODY.windowsValue}"\n`,
    );
  });

  test('in the MSI', () => {
    expect(text('scripts/package/msi-project.ts')).toContain(
      ` Name="${FOR_EVERYBODY.windowsValue}" `,
    );
  });

  test('in the deb and the rpm', () => {
    expect(text('electron-builder.yml')).toContain(`config-files=${FOR_EVERYBODY.linuxEntry}\n`);
    expect(text('build/linux/signoff.sh')).toContain(`app=${FOR_EVERYBODY.linuxExecutable}\n`);
  });

  test('in the pkg', () => {
    expect(FOR_EVERYBODY.macAgent).toBe('/Library/LaunchAgents/app.signoff.desktop.plist');
    expect(text('build/pkg-scripts/postinstall')).toContain('/Library/LaunchAgents"\n');
  });
});

test('the login item of one person is known to the NSIS uninstaller by the app’s id', () => {
  const [, appId] = /^appId: (\S+)$/m.exec(text('electron-builder.yml')) ?? [];
  expect(text('build/installer.nsh')).toContain(`!define FOR_ONE "${appId}"\n`);
});

test('the launch agent in a Mac’s bundle is as the one of the pkg, and where macOS looks for it', () => {
  const { serviceName } = MAC_AGENT;
  expect(text('electron-builder.yml')).toContain(`      to: Library/LaunchAgents/${serviceName}\n`);
  expect(parse(text(`build/mac/${serviceName}`))).toMatchObject({
    Label: path.parse(serviceName).name,
    BundleProgram: 'Contents/MacOS/Signoff',
    ProgramArguments: ['Contents/MacOS/Signoff', '--hidden', '--at-login'],
    RunAtLoad: true,
    KeepAlive: { SuccessfulExit: false },
    ThrottleInterval: 12,
  });
});

describe.skipIf(process.platform === 'win32')(
  'the script of the pkg (it takes a POSIX shell)',
  () => {
    /** Runs it for a volume of its own; who owns what is only written down, since that takes root. */
    function install(): { agent: string; owners: string } {
      const folder = tempFolder();
      const tools = path.join(folder, 'tools');
      mkdirSync(tools);
      const owners = path.join(folder, 'owners');
      writeFileSync(path.join(tools, 'chown'), `#!/bin/sh\necho "$*" >>'${owners}'\n`);
      chmodSync(path.join(tools, 'chown'), 0o755);
      const volume = path.join(folder, 'volume');
      const PATH = `${tools}:${process.env['PATH']}`;
      // As macOS' installer runs it: the file itself, with package, place and volume.
      execFileSync(
        path.resolve('build/pkg-scripts/postinstall'),
        ['Signoff.pkg', '/Applications', `${volume}/`],
        { env: { PATH } },
      );
      return { agent: path.join(volume, FOR_EVERYBODY.macAgent), owners: text(owners) };
    }

    test('has launchd start the installed app at login, hidden, and as one that may not be wanted', () => {
      const agent = parse(text(install().agent));
      expect(agent).toMatchObject({
        ProgramArguments: [
          '/Applications/Signoff.app/Contents/MacOS/Signoff',
          '--hidden',
          '--at-login',
        ],
        RunAtLoad: true,
        // An agent who quits Signoff does not want it back.
        KeepAlive: { SuccessfulExit: false },
        // Five times in a minute.
        ThrottleInterval: 12,
      });
    });

    test('leaves what launchd reads: a file of root’s that nobody else can write', () => {
      const { agent, owners } = install();
      expect(statSync(agent).mode & 0o777).toBe(0o644);
      expect(owners).toBe(`0:0 ${agent}\n`);
    });
  },
);

const GENERATOR = '/usr/lib/systemd/user-generators/systemd-xdg-autostart-generator';

describe.skipIf(!existsSync(GENERATOR))(
  'where systemd runs the session',
  takes('systemd, with its generator for autostart entries'),
  () => {
    /** The units that it makes of what starts Signoff at login; its command is one that there is here. */
    function generated(entry: string): string[] {
      const folder = tempFolder();
      const late = path.join(folder, 'late');
      mkdirSync(path.join(folder, 'autostart'));
      mkdirSync(late);
      writeFileSync(
        path.join(folder, 'autostart/signoff.desktop'),
        entry.replaceAll('/usr/bin/signoff', process.execPath),
      );
      execFileSync(GENERATOR, [late, late, late], {
        env: {
          XDG_CONFIG_DIRS: folder,
          XDG_CONFIG_HOME: path.join(folder, 'config'),
          XDG_CURRENT_DESKTOP: 'GNOME',
        },
        stdio: 'ignore',
      });
      return readdirSync(late).filter((name) => name.endsWith('.service'));
    }
    const entry = text('build/linux/autostart.desktop');

    test('the autostart entry steps back for the unit', () => {
      expect(generated(entry)).toEqual([]);
    });

    test('it would start Signoff a second time but for one key', () => {
      expect(generated(entry.replace('X-systemd-skip=true', ''))).toEqual([
        'app-signoff@autostart.service',
      ]);
    });
  },
);
