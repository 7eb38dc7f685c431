import { describe, expect, test, vi } from 'vitest';
import {
  currentLogin,
  type LoginSources,
  systemLoginSources,
} from '../../../main/lifecycle/login.ts';

/** A system that tells nothing, but for what is said otherwise. */
function sources(told: Partial<LoginSources>): LoginSources {
  return {
    platform: 'linux',
    env: {},
    userName: 'ann',
    userId: 1000,
    systemRoot: String.raw`C:\Windows`,
    readFile: (path) => Promise.reject(new Error(`ENOENT: no such file, open '${path}'`)),
    run: (command) => Promise.reject(new Error(`spawn ${command} ENOENT`)),
    ...told,
  };
}

const BOOT = '3c9e8b0a-3c37-4c0e-8d5f-0d6d6fca2f0e';
const OTHER_BOOT = '79f1c5d2-95a4-4f5c-a3de-4c6cf1f6a1d7';

function onLinux({ boot = `${BOOT}\n`, session = '2' } = {}) {
  return currentLogin(
    sources({
      platform: 'linux',
      env: { XDG_SESSION_ID: session },
      readFile: async (path) => {
        if (path !== '/proc/sys/kernel/random/boot_id') throw new Error(`ENOENT: ${path}`);
        return boot;
      },
    }),
  );
}

describe('on Linux', () => {
  test('a login is a session of a boot', async () => {
    expect(await onLinux()).toBe(`${BOOT}/2`);
  });

  test('another session of the same boot is another login', async () => {
    expect(await onLinux({ session: '3' })).not.toBe(await onLinux({ session: '2' }));
  });

  test('the same session’s number in another boot is another login', async () => {
    expect(await onLinux({ boot: `${OTHER_BOOT}\n` })).not.toBe(await onLinux());
  });

  test.each([undefined, ''])('a session that is not named (%j) is not known', async (session) => {
    expect(
      await currentLogin(
        sources({ env: { XDG_SESSION_ID: session }, readFile: async () => `${BOOT}\n` }),
      ),
    ).toBeNull();
  });

  describe('where the desktop does not name the session', () => {
    const asked = (answer: string, userId: number | null = 1000) =>
      currentLogin(
        sources({
          userId,
          readFile: async () => `${BOOT}\n`,
          run: async (command, args) => {
            expect([command, ...args].join(' ')).toBe(
              'loginctl show-user 1000 --property=Display --value',
            );
            return answer;
          },
        }),
      );

    test('it is the one that the display belongs to', async () => {
      expect(await asked('4\n')).toBe(`${BOOT}/4`);
    });

    test('a person without a display is in none that is known', async () => {
      expect(await asked('\n')).toBeNull();
    });

    test('nobody is asked about a person without a number', async () => {
      expect(await asked('4\n', null)).toBeNull();
    });
  });

  test('a boot that is not named is not known', async () => {
    expect(await onLinux({ boot: '\n' })).toBeNull();
  });

  test('a boot that cannot be read is not known', async () => {
    expect(await currentLogin(sources({ env: { XDG_SESSION_ID: '2' } }))).toBeNull();
  });
});

function onWindows(output: string) {
  return currentLogin(
    sources({
      platform: 'win32',
      run: async (command, args) => {
        const asked = [command, ...args].join(' ');
        // By its whole path: a `whoami.exe` in the current folder must not be run.
        if (asked !== String.raw`C:\Windows\System32\whoami.exe /logonid`)
          throw new Error(`unexpected: ${asked}`);
        return output;
      },
    }),
  );
}

describe('on Windows', () => {
  test('a login is its logon id', async () => {
    expect(await onWindows('S-1-5-5-0-123456\r\n')).toBe('S-1-5-5-0-123456');
  });

  test('another logon id is another login', async () => {
    expect(await onWindows('S-1-5-5-0-123457\r\n')).not.toBe(
      await onWindows('S-1-5-5-0-123456\r\n'),
    );
  });

  test('logon ids that differ in their high part are different logins', async () => {
    expect(await onWindows('S-1-5-5-1-123456\r\n')).not.toBe(
      await onWindows('S-1-5-5-0-123456\r\n'),
    );
  });

  test.each([
    { what: 'nothing', output: '' },
    { what: 'an error', output: 'ERROR: Unable to get logon session ID.\r\n' },
    { what: 'a person in place of a logon', output: 'S-1-5-21-1004336348-1177238915-1001\r\n' },
  ])('$what is no login', async ({ output }) => {
    expect(await onWindows(output)).toBeNull();
  });

  test('a whoami that fails tells no login', async () => {
    expect(await currentLogin(sources({ platform: 'win32' }))).toBeNull();
  });
});

const LOGINWINDOW = '/System/Library/CoreServices/loginwindow.app/Contents/MacOS/loginwindow';
const PS_LINES = [
  'root             Wed Jul  1 08:58:11 2026     /sbin/launchd',
  'root             Wed Jul  1 08:58:31 2026     /usr/libexec/logd',
  '_windowserver    Wed Jul  1 08:58:40 2026     /System/Library/PrivateFrameworks/SkyLight.framework/Resources/WindowServer',
  `annabel          Wed Jul  1 09:10:00 2026     ${LOGINWINDOW}`,
  `ann              Wed Jul  1 09:01:05 2026     ${LOGINWINDOW}`,
  'ann              Wed Jul  1 09:01:20 2026     /usr/sbin/distnoted',
  'ann              Wed Jul  1 09:04:20 2026     /Applications/Signoff.app/Contents/MacOS/Signoff',
];

function onMac(lines: readonly string[], userName = 'ann') {
  return currentLogin(
    sources({
      platform: 'darwin',
      userName,
      run: async (command) => {
        if (command !== 'ps') throw new Error(`unexpected: ${command}`);
        return `${lines.join('\n')}\n`;
      },
    }),
  );
}

describe('on macOS', () => {
  test('a login is the start of the person’s own loginwindow', async () => {
    expect(await onMac(PS_LINES)).toBe('Wed Jul  1 09:01:05 2026');
  });

  test('someone whose name begins alike has another login', async () => {
    expect(await onMac(PS_LINES, 'annabel')).toBe('Wed Jul  1 09:10:00 2026');
  });

  test('a loginwindow that started a second later is another login', async () => {
    const later = PS_LINES.map((line) => line.replace('09:01:05', '09:01:06'));
    expect(await onMac(later)).not.toBe(await onMac(PS_LINES));
  });

  test('a date with strokes in it is taken whole', async () => {
    expect(await onMac([`ann              水  7/ 1 09:01:05 2026     ${LOGINWINDOW}`])).toBe(
      '水  7/ 1 09:01:05 2026',
    );
  });

  test('someone without a loginwindow, such as over ssh, has no login that is known', async () => {
    expect(await onMac(PS_LINES, 'bob')).toBeNull();
  });

  test('nothing at all is no login', async () => {
    expect(await onMac([])).toBeNull();
  });

  test('a ps that fails tells no login', async () => {
    expect(await currentLogin(sources({ platform: 'darwin' }))).toBeNull();
  });

  test('someone without a name has no login that is known', async () => {
    const nameless: LoginSources = {
      ...sources({ platform: 'darwin', run: async () => PS_LINES.join('\n') }),
      get userName(): string {
        throw new Error('A system error occurred: uv_os_get_passwd returned ENOENT');
      },
    };
    expect(await currentLogin(nameless)).toBeNull();
  });
});

test.each<NodeJS.Platform>(['freebsd', 'openbsd', 'aix', 'sunos', 'android', 'haiku'])(
  'on %s a login is not known',
  async (platform) => {
    const all = sources({
      platform,
      env: { XDG_SESSION_ID: '2' },
      readFile: async () => BOOT,
      run: async () => 'S-1-5-5-0-123456',
    });
    expect(await currentLogin(all)).toBeNull();
  },
);

describe('this machine', () => {
  test('names the same login twice', async () => {
    expect(await currentLogin(systemLoginSources)).toBe(await currentLogin(systemLoginSources));
  });

  test('answers commands in no language but the computer’s', async () => {
    vi.stubEnv('LC_ALL', 'ja_JP.UTF-8');
    vi.stubEnv('TZ', 'Asia/Tokyo');
    const script = 'process.stdout.write(`${process.env.LC_ALL} ${process.env.TZ}`)';
    const output = await systemLoginSources.run(process.execPath, ['-e', script]);
    vi.unstubAllEnvs();
    expect(output).toBe('C UTC');
  });

  test('need not know the person’s name for the app to start', async () => {
    vi.resetModules();
    vi.doMock('node:os', () => ({
      userInfo: () => {
        throw new Error('A system error occurred: uv_os_get_passwd returned ENOENT');
      },
    }));
    const again = import('../../../main/lifecycle/login.ts');
    await expect(again).resolves.toHaveProperty('systemLoginSources');
    vi.doUnmock('node:os');
  });

  test('says so when a command is not there', async () => {
    await expect(systemLoginSources.run('no-such-command-here', [])).rejects.toThrow(/ENOENT/);
  });
});
