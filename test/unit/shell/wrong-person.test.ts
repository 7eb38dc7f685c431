import { describe, expect, test } from 'vitest';
import { type Caller, wrongPerson } from '../../../main/shell/cli/wrong-person.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const NOWHERE = '/home/ann/.config/Signoff-that-is-not-there';

const ann: Caller = {
  platform: 'linux',
  uid: 1000,
  homeFolder: '/home/ann',
  dataDir: NOWHERE,
  isNamed: false,
  hasVault: false,
};
const root: Caller = { ...ann, uid: 0, homeFolder: '/root' };
const onWindows = { ...ann, platform: 'win32', uid: null } as const;
const system: Caller = {
  ...onWindows,
  homeFolder: 'C:\\Windows\\system32\\config\\systemprofile',
};

describe('an agent', () => {
  test.each([
    ['on Linux', ann],
    ['on Windows', { ...onWindows, homeFolder: 'C:\\Users\\ann' }],
    ['with a folder of their own choice', { ...ann, isNamed: true }],
  ])('%s runs commands for themselves', (_, caller) => {
    expect(wrongPerson(caller)).toBeNull();
  });
});

describe('what administrators’ tools run as', () => {
  test.each([
    ['root on Linux', root, "This looked at root's own Signoff", 'runuser -u NAME -- signoff'],
    ['root on macOS', { ...root, platform: 'darwin' as const }, 'root', 'launchctl asuser UID'],
    ['SYSTEM', system, "This looked at the system's own Signoff", "logged-on user's credentials"],
    [
      'a service account of Windows',
      { ...system, homeFolder: 'C:\\Windows\\ServiceProfiles\\LocalService' },
      'the system',
      "logged-on user's credentials",
    ],
  ])('%s is told so, and how to do it', (_, caller, what, how) => {
    expect(wrongPerson(caller)).toContain(what);
    expect(wrongPerson(caller)).toContain(how);
    expect(wrongPerson(caller)).toContain(NOWHERE);
  });

  test('is taken for an agent where it has a vault, or names a folder', () => {
    expect(wrongPerson({ ...root, hasVault: true })).toBeNull();
    expect(wrongPerson({ ...root, isNamed: true })).toBeNull();
  });
});

test.skipIf(process.platform === 'win32')('another person’s folder is told of', () => {
  const dataDir = tempFolder();
  const owner = process.getuid?.() ?? 0;
  const stranger = { ...ann, dataDir, isNamed: true, hasVault: true, uid: owner + 1 };
  expect(wrongPerson(stranger)).toMatch(
    `${dataDir} belongs to another person (user id ${owner}): only they can open`,
  );
  expect(wrongPerson({ ...stranger, uid: owner })).toBeNull();
});
