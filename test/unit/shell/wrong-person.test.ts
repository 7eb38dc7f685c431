import { mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Caller, foreignFolder, wrongPerson } from '../../../main/shell/cli/wrong-person.ts';
import { takes } from '../../support/takes.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const ann: Caller = { platform: 'linux', uid: 1000, homeFolder: '/home/ann', profile: null };
const root: Caller = { ...ann, uid: 0, homeFolder: '/root' };
const onWindows = (profile: string): Caller => ({
  platform: 'win32',
  uid: null,
  // What the environment says does not count.
  homeFolder: 'C:\\Users\\ann',
  profile,
});
const system = onWindows('C:\\Windows\\system32\\config\\systemprofile');
const service = onWindows('C:\\Windows\\ServiceProfiles\\LocalService');

describe('the warning that an account’s own Signoff is not the agent’s', () => {
  const found = { dataDir: '/data', isNamed: false, hasVault: false };

  test.each([
    ['root on Linux', root, "This looked at root's own Signoff", 'runuser -u NAME -- signoff'],
    ['root on macOS', { ...root, platform: 'darwin' as const }, 'root', 'launchctl asuser UID'],
    ['SYSTEM', system, "This looked at the system's own Signoff", "logged-on user's credentials"],
    ['a service account', service, 'the system', "logged-on user's credentials"],
  ])('is for %s, and says how to do it', (_, caller, what, how) => {
    expect(wrongPerson(caller, found)).toContain(what);
    expect(wrongPerson(caller, found)).toContain(how);
    expect(wrongPerson(caller, found)).toContain('in /data');
  });

  test('is not for whoever may be an agent', () => {
    expect(wrongPerson(ann, found)).toBeNull();
    expect(wrongPerson(onWindows('C:\\Users\\ann'), found)).toBeNull();
    expect(wrongPerson(root, { ...found, hasVault: true })).toBeNull();
    expect(wrongPerson(root, { ...found, isNamed: true })).toBeNull();
  });
});

describe.skipIf(process.platform === 'win32')('a folder of another person', () => {
  const me = process.getuid?.() ?? 0;
  /** Somebody to whom this test's folders do not belong, and who is not root. */
  const stranger: Caller = { ...ann, uid: me + 1 };
  const mine: Caller = { ...ann, uid: me, homeFolder: '/' };

  test('is refused to an agent, and one of their own is not', () => {
    const dataDir = tempFolder();
    expect(foreignFolder(stranger, dataDir, '/')).toMatch(
      `${dataDir} belongs to another person (user id ${me}): only they can open`,
    );
    expect(foreignFolder(mine, dataDir, '/')).toBeNull();
  });

  test('is refused where a link leads to it, too', () => {
    const dataDir = tempFolder();
    const link = path.join(tempFolder(), 'link');
    symlinkSync(dataDir, link);
    expect(foreignFolder(stranger, link, '/')).toContain('belongs to another person');
    expect(foreignFolder(mine, link, '/')).toBeNull();
  });

  test('may be above an agent’s own, where the system lets them in', () => {
    const dataDir = path.join(tempFolder(), 'that-is-not-there');
    expect(foreignFolder(stranger, dataDir, '/')).toBeNull();
  });
});

describe.skipIf(process.getuid?.() !== 0)('root', takes('root, who can give folders away'), () => {
  const AGENT = 1234;

  /** An agent's folder with one of root's in it. */
  async function inAgentsFolder() {
    const { chownSync } = await import('node:fs');
    const agents = tempFolder();
    chownSync(agents, AGENT, AGENT);
    const ofRoot = path.join(agents, 'of-root');
    mkdirSync(ofRoot);
    return { agents, ofRoot };
  }

  test('is led through no folder of an agent, there or not, by its name or by a link', async () => {
    const { agents, ofRoot } = await inAgentsFolder();
    const link = path.join(tempFolder(), 'link');
    symlinkSync(ofRoot, link);
    for (const dataDir of [agents, ofRoot, path.join(agents, 'not-there'), link]) {
      expect(foreignFolder(root, dataDir, '/')).toBe(
        `${agents} belongs to another person (user id ${AGENT}): only they can open what is saved in it. Run it as the agent: runuser -u NAME -- signoff …`,
      );
    }
  });

  test('is led nowhere by an agent’s home that sudo has kept in the environment', async () => {
    const { agents } = await inAgentsFolder();
    const kept = { ...root, homeFolder: agents };
    expect(foreignFolder(kept, tempFolder(), '/')).toContain(`${agents} belongs to another person`);
    expect(foreignFolder(root, tempFolder(), agents)).toContain(
      `${agents} belongs to another person`,
    );
  });

  test('may use a folder of its own', () => {
    expect(foreignFolder(root, tempFolder(), '/')).toBeNull();
  });
});

describe('on Windows', () => {
  const anns = 'C:\\Users\\ann\\AppData\\Local\\Signoff';
  const agent = onWindows('C:\\Users\\ann');

  test.each([
    ['their own default', agent, anns],
    ['their own, however it is written', agent, 'c:\\USERS\\Ann\\x'],
    ['a folder outside of all profiles', agent, 'D:\\Signoff'],
    [
      'its own default',
      system,
      'C:\\Windows\\system32\\config\\systemprofile\\AppData\\Local\\Signoff',
    ],
  ])('%s is open', (_, caller, dataDir) => {
    expect(foreignFolder(caller, dataDir, '')).toBeNull();
  });

  test.each([
    ['SYSTEM', system, anns],
    ['a service account', service, anns],
    ['SYSTEM, outside of all profiles too', system, 'D:\\Signoff'],
    ['another administrator', onWindows('C:\\Users\\admin'), anns],
    ['somebody whose name begins alike', onWindows('C:\\Users\\an'), anns],
  ])('an agent’s folder is refused to %s', (_, caller, dataDir) => {
    expect(foreignFolder(caller, dataDir, '')).toBe(
      `${dataDir} is another person's: only they can open what is saved in it. Run it in the agent's own session, with the logged-on user's credentials.`,
    );
  });
});
