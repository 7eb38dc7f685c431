import { createHash } from 'node:crypto';
import fs, {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  rmdirSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import path from 'node:path';
import Conf from 'conf';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { seal } from '../../../main/common/sealed.ts';
import type { HeldSession } from '../../../main/sessions/session.ts';
import { createVault, VaultWriteError } from '../../../main/sessions/vault.ts';
import { openVaultFile, readVaultContent } from '../../../main/sessions/vault-file.ts';
import { agentSession, engagement } from '../../support/sessions.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { toyCipher } from '../../support/toy-cipher.ts';

const NOW = Date.UTC(2026, 10, 22, 18, 30, 5, 7);
const HOST = 'front-07';
const SET_ASIDE = 'vault.unreadable-2026-11-22T18-30-05.007Z.sealed';
const held: readonly HeldSession[] = [
  {
    ...agentSession('Ann'),
    label: 'Änn 第一',
    id: 'a',
    heldSince: NOW,
    lastSequenceNumber: 3,
    login: 'a login',
    startedHere: false,
  },
  {
    ...agentSession('Bob'),
    pool: null,
    id: 'b',
    heldSince: NOW,
    lastSequenceNumber: 0,
    startedHere: false,
    login: null,
  },
  {
    ...engagement(),
    id: 'c',
    heldSince: NOW,
    lastSequenceNumber: 0,
    login: null,
    startedHere: false,
  },
];

/** Seconds for which the machine had been up at `NOW`. */
const UP = 7_200;

function tryOpen(folder: string, cipher = toyCipher(), now = NOW, uptime = UP) {
  return openVaultFile({
    folder,
    host: HOST,
    cipher,
    openStore: (options) => new Conf(options),
    now: () => now,
    uptime: () => uptime,
  });
}

function open(...where: Parameters<typeof tryOpen>) {
  const { file, ...opened } = tryOpen(...where);
  if (file === null) throw new Error('The vault could not be read.', { cause: opened.fault });
  return { ...opened, file };
}

/** A folder with a vault that holds sessions, and where its file is. */
function vaultOnDisk(): { folder: string; file: string } {
  const folder = tempFolder();
  open(folder).file.write(held, null);
  return { folder, file: path.join(folder, 'vault.sealed') };
}

/** What is done from now on so that a write lasts, in order. */
function diskSteps(): string[] {
  const steps: string[] = [];
  const { fsyncSync, renameSync } = fs;
  vi.spyOn(fs, 'fsyncSync').mockImplementation((descriptor) => {
    const is = fs.fstatSync(descriptor);
    steps.push(is.isDirectory() ? 'flush the folder' : `flush ${is.size} bytes`);
    fsyncSync(descriptor);
  });
  vi.spyOn(fs, 'renameSync').mockImplementation((from, to) => {
    steps.push('rename');
    renameSync(from, to);
  });
  syncBuiltinESMExports();
  onTestFinished(() => {
    vi.restoreAllMocks();
    syncBuiltinESMExports();
  });
  return steps;
}

describe('a vault on the disk', () => {
  test('is empty where there is none yet', () => {
    const { file, setAside } = open(tempFolder());
    expect([file.held, setAside]).toEqual([[], null]);
  });

  test('is read by the next start as it was written', () => {
    const { folder } = vaultOnDisk();
    expect(open(folder)).toMatchObject({ file: { held }, setAside: null });
  });

  test('has what was written last', () => {
    const { folder } = vaultOnDisk();
    const { file } = open(folder);
    file.write(held.slice(0, 2), null);
    file.write(held.slice(0, 1), null);
    expect(open(folder).file.held).toEqual(held.slice(0, 1));
  });

  test('has the time until which the next start goes on holding', () => {
    const { folder } = vaultOnDisk();
    expect(open(folder).file.resumeUntil).toBeNull();
    open(folder).file.write(held, NOW + 5);
    expect(open(folder).file).toMatchObject({ held, resumeUntil: NOW + 5 });
  });

  describe('a minute later', () => {
    const LATER = NOW + 60_000;
    test.for([
      { machine: 'has run on', now: LATER, up: UP + 60, counts: true },
      {
        machine: 'has run on, by a clock set forward',
        now: LATER + 59_000,
        up: UP + 60,
        counts: true,
      },
      {
        machine: 'has run on, by a clock set back',
        now: LATER - 59_000,
        up: UP + 60,
        counts: true,
      },
      { machine: 'has booted since', now: LATER, up: 20, counts: false },
      { machine: 'has an unlikely clock', now: LATER + 61_000, up: UP + 60, counts: false },
    ])('where the machine $machine, that time counts: $counts', ({ now, up, counts }) => {
      const { folder } = vaultOnDisk();
      open(folder).file.write(held, NOW + 600_000);
      const { file } = open(folder, toyCipher(), now, up);
      expect([file.resumeUntil, file.held]).toEqual([counts ? NOW + 600_000 : null, held]);
    });
  });

  test('with a mark of a time before boots were told apart is as after a crash', () => {
    const { folder, file } = vaultOnDisk();
    writeFileSync(file, seal(toyCipher(), { version: 1, resumeUntil: NOW + 5, held }));
    expect(open(folder).file).toMatchObject({ held, resumeUntil: null });
  });

  test('of a time before sign-ins has sessions that were handed in', () => {
    const { folder, file } = vaultOnDisk();
    const old = held.map(({ startedHere: _startedHere, ...session }) => session);
    const content = { version: 1, resumeUntil: null, held: old };
    writeFileSync(file, seal(toyCipher(), content));
    expect(open(folder).file.held).toEqual(held);
  });

  test('can be written empty', () => {
    const { folder } = vaultOnDisk();
    open(folder).file.write([], null);
    expect(open(folder)).toMatchObject({ file: { held: [] }, setAside: null });
  });

  test('is made along with its folder', () => {
    const folder = path.join(tempFolder(), 'not', 'there', 'yet');
    open(folder).file.write(held, null);
    expect(open(folder).file.held).toEqual(held);
  });

  test('is one file, with nothing left lying about', () => {
    const { folder } = vaultOnDisk();
    open(folder).file.write(held, null);
    expect(readdirSync(folder)).toEqual(['vault.sealed']);
  });

  test.skipIf(process.platform === 'win32')('outlasts a power loss once it is written', () => {
    const { folder, file } = vaultOnDisk();
    const steps = diskSteps();
    open(folder).file.write(held, null);
    const { size } = statSync(file);
    expect(steps).toEqual([`flush ${size} bytes`, 'rename', 'flush the folder']);
  });

  test.skipIf(process.platform === 'win32')('is for its owner only', () => {
    const { file } = vaultOnDisk();
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test.skipIf(process.platform === 'win32')(
    'is for its owner only again once it is written',
    () => {
      const { folder, file } = vaultOnDisk();
      chmodSync(file, 0o644);
      open(folder).file.write(held, null);
      expect(statSync(file).mode & 0o777).toBe(0o600);
    },
  );

  test('has nothing of a session in plain text, or only encoded', () => {
    const { file } = vaultOnDisk();
    const bytes = readFileSync(file);
    const seen = [
      bytes.toString('latin1'),
      Buffer.from(bytes.toString(), 'base64').toString('latin1'),
    ];
    for (const session of held) {
      for (const word of [session.sessionId, session.server, session.fqSiteName, session.kind]) {
        expect(seen.some((text) => text.includes(word))).toBe(false);
      }
    }
  });

  test('that goes away under the app cannot be written, and says why', () => {
    const { folder } = vaultOnDisk();
    const { file } = open(folder);
    rmSync(folder, { recursive: true });
    // A file stands where the folder was: it cannot be made anew.
    writeFileSync(folder, '');
    expect(() => file.write([], null)).toThrow(/ENOTDIR|EEXIST/);
  });
});

describe('a vault that the disk does not hand out', () => {
  test('is left as it is for the next start', () => {
    const { folder, file } = vaultOnDisk();
    const text = readFileSync(file);
    rmSync(file);
    // A read of it fails with EISDIR, for whoever reads.
    mkdirSync(file);
    const opened = tryOpen(folder);
    expect(opened).toMatchObject({ file: null, setAside: null, fault: { code: 'EISDIR' } });
    rmdirSync(file);
    writeFileSync(file, text);
    expect(open(folder).file.held).toEqual(held);
  });
});

describe('a vault that cannot be read', () => {
  /** Opens the folder's vault, which must be set aside with its bytes as they were. */
  function expectSetAside(
    { folder, file }: { folder: string; file: string },
    cipher = toyCipher(),
  ): void {
    const bytes = readFileSync(file);
    const opened = open(folder, cipher);
    expect([opened.setAside, opened.file.held]).toEqual([SET_ASIDE, []]);
    expect(readFileSync(path.join(folder, SET_ASIDE)).equals(bytes)).toBe(true);
    expect(existsSync(file)).toBe(false);
  }

  test.for([0, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99])(
    'as a byte at %d of what is encrypted was damaged is set aside whole',
    (share) => {
      const onDisk = vaultOnDisk();
      const bytes = readFileSync(onDisk.file);
      const start = bytes.indexOf('\n') + 1;
      const offset = start + Math.floor((bytes.length - start - 4) * share);
      bytes[offset] = bytes[offset] === 0x41 ? 0x42 : 0x41;
      writeFileSync(onDisk.file, bytes);
      expectSetAside(onDisk);
    },
  );

  test('as what it says to other machines was damaged is read all the same', () => {
    const { folder, file } = vaultOnDisk();
    writeFileSync(file, readFileSync(file, 'utf8').replace(HOST, 'fr\0nt-07'));
    expect(open(folder)).toMatchObject({ setAside: null, file: { held } });
  });

  test.for([0, 1, 10, 20, 100])('as only %d bytes of it are left is set aside whole', (length) => {
    const onDisk = vaultOnDisk();
    writeFileSync(onDisk.file, readFileSync(onDisk.file).subarray(0, length));
    expectSetAside(onDisk);
  });

  test('as a power loss left it full of zeros is set aside whole', () => {
    const onDisk = vaultOnDisk();
    writeFileSync(onDisk.file, Buffer.alloc(readFileSync(onDisk.file).length));
    expectSetAside(onDisk);
  });

  test('as it was encrypted for someone else is set aside whole', () => {
    expectSetAside(vaultOnDisk(), toyCipher('Mallory'));
  });

  test.for([
    '',
    '{"version":1',
    'null',
    '[]',
    '{"version":2,"held":[]}',
    '{"version":1}',
    '{"version":1,"held":[{"kind":"agent"}]}',
    '{"version":1,"held":[{"kind":"robot","id":"a"}]}',
  ])('as it holds %j is set aside whole', (content) => {
    const onDisk = vaultOnDisk();
    const digest = createHash('sha256').update(content).digest('hex');
    writeFileSync(onDisk.file, toyCipher().encrypt(`${digest} ${content}`).toString('base64'));
    expectSetAside(onDisk);
  });

  test('makes place for one that can be written and read again', () => {
    const { folder, file } = vaultOnDisk();
    writeFileSync(file, 'junk');
    open(folder).file.write(held, null);
    expect(open(folder)).toMatchObject({ file: { held }, setAside: null });
  });

  test('can be read again under its old name by the one it was encrypted for', () => {
    const { folder, file } = vaultOnDisk();
    const { setAside } = open(folder, toyCipher('Mallory'));
    writeFileSync(file, readFileSync(path.join(folder, setAside ?? '')));
    expect(open(folder).file.held).toEqual(held);
  });

  test('and cannot be set aside is left as it is for the next start', () => {
    const { folder, file } = vaultOnDisk();
    writeFileSync(file, 'junk');
    mkdirSync(path.join(folder, SET_ASIDE));
    expect(tryOpen(folder)).toMatchObject({
      file: null,
      setAside: null,
      fault: { code: process.platform === 'win32' ? 'EPERM' : 'EISDIR' },
    });
    expect(readFileSync(file, 'utf8')).toBe('junk');
  });

  test('does not replace one that was set aside before', () => {
    const { folder, file } = vaultOnDisk();
    const contents = ['first', 'second', 'third'];
    const names = contents.map((content, day) => {
      writeFileSync(file, content);
      return open(folder, toyCipher(), NOW + day * 86_400_000).setAside ?? '';
    });
    expect(names.map((name) => readFileSync(path.join(folder, name), 'utf8'))).toEqual(contents);
  });

  test('because there is something else in its place is no vault to set aside', () => {
    const folder = tempFolder();
    writeFileSync(path.join(folder, 'file'), '');
    expect(() => open(path.join(folder, 'file'))).toThrow(/ENOTDIR|EEXIST/);
  });
});

describe('a vault with values that cannot be used', () => {
  const [ann, bob, carl] = held;
  const broken = (session: HeldSession | undefined, change: Partial<HeldSession>): HeldSession => {
    if (session === undefined) throw new Error('There is no such session.');
    return { ...session, ...change } as HeldSession;
  };
  const opened = (...sessions: readonly (HeldSession | undefined)[]) => {
    const folder = tempFolder();
    open(folder).file.write(
      sessions.filter((session) => session !== undefined),
      null,
    );
    const { file, refused, setAside } = open(folder);
    const kept = setAside === null ? null : readFileSync(path.join(folder, setAside), 'utf8');
    return {
      held: file.held,
      refused,
      kept: kept === null ? null : readVaultContent(toyCipher(), kept),
      setAsideAgain: open(folder).setAside,
    };
  };

  test('has all others, and nothing is set aside (A10)', () => {
    expect(opened(broken(ann, { pool: '\ud800' }), bob, carl)).toEqual({
      held: [broken(ann, { pool: null }), bob, carl],
      refused: [{ field: 'pool', problem: 'not-ascii' }],
      kept: null,
      setAsideAgain: null,
    });
  });

  test.each([
    ['of an engagement, the pool', broken(carl, { pool: '\ud800' }), 'pool', 'not-ascii'],
    ['the site', broken(ann, { fqSiteName: '..' }), 'fqSiteName', 'not-a-site'],
    ['the session id', broken(ann, { sessionId: 'a\r\nb' }), 'sessionId', 'not-ascii'],
    ['the server', broken(ann, { server: 'http://chat.example.com' }), 'server', 'not-an-address'],
    [
      'the account id',
      { ...broken(ann, {}), accountId: 'ä' } as HeldSession,
      'accountId',
      'not-ascii',
    ],
  ])(
    'is without a session of which %s can be sent nowhere, and set aside as it was',
    (_, session, field, problem) => {
      expect(opened(session, bob)).toMatchObject({
        held: [bob],
        refused: [{ field, problem }],
        kept: { isIncomplete: true, refused: [{ field, problem }], held: [bob] },
        setAsideAgain: null,
      });
    },
  );
});

describe('holding on a real disk', () => {
  function openVault(folder: string) {
    const faults: unknown[] = [];
    let ids = 0;
    const vault = createVault({
      file: open(folder).file,
      login: null,
      newId: () => `held-${(ids += 1)}`,
      now: () => NOW,
      onWriteFault: (error) => faults.push(error),
    });
    return { vault, faults };
  }

  test('is done when it returns: a start right after it finds the session', () => {
    const folder = tempFolder();
    const session = openVault(folder).vault.hold(agentSession());
    expect(open(folder).file.held).toEqual([session]);
  });

  test('ends on the disk with the release', () => {
    const folder = tempFolder();
    const { vault } = openVault(folder);
    vault.release(vault.hold(agentSession()).id);
    vault.flush();
    expect(open(folder).file.held).toEqual([]);
  });

  test('fails in words where the disk does not take it', () => {
    const folder = path.join(tempFolder(), 'data');
    const { vault } = openVault(folder);
    rmSync(folder, { recursive: true, force: true });
    writeFileSync(folder, '');
    expect(() => vault.hold(agentSession())).toThrow(VaultWriteError);
    expect(vault.held()).toEqual([]);
  });

  test('reports a release that the disk does not take', () => {
    const folder = path.join(tempFolder(), 'data');
    const { vault, faults } = openVault(folder);
    const { id } = vault.hold(agentSession());
    rmSync(folder, { recursive: true });
    writeFileSync(folder, '');
    vault.release(id);
    vault.flush();
    expect(faults).toEqual([
      expect.objectContaining({ code: expect.stringMatching(/ENOTDIR|EEXIST/) }),
    ]);
  });
});
