import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { createLinuxSource } from '../../../main/settings/policy/linux.ts';
import { giveToOrdinaryUser, isRoot } from '../../support/ordinary-user.ts';
import { takes } from '../../support/takes.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const ROOT = 0;

/** The source on a file of this process's user, who stands in for root. */
function sourceIn({ made = true, owner = process.getuid?.() ?? ROOT } = {}) {
  const parent = tempFolder();
  const folder = path.join(parent, 'signoff');
  const file = path.join(folder, 'policy.json');
  if (made) mkdirSync(folder, { mode: 0o755 });
  const faults: unknown[] = [];
  const source = createLinuxSource({
    file,
    owner,
    onFault: (error) => faults.push(error),
  });
  const write = (text: string, mode = 0o644): void => {
    writeFileSync(file, text);
    chmodSync(file, mode);
  };
  return { source, parent, folder, file, write, faults };
}

type Place = ReturnType<typeof sourceIn>;

describe.skipIf(process.platform === 'win32')('the policy file', () => {
  test('is what the machine says', async () => {
    const { source, write } = sourceIn();
    write('{"leftover": "resume"}');
    expect(await source.read()).toEqual({
      machine: { ok: true, content: { leftover: 'resume' } },
      user: { ok: true, content: {} },
    });
  });

  test.each([true, false])('that is not there is no policy (folder: %j)', async (made) => {
    const { source } = sourceIn({ made });
    expect((await source.read()).machine).toEqual({ ok: true, content: {} });
  });

  test('may have 256 KiB', async () => {
    const { source, write } = sourceIn();
    write(`{}${' '.repeat(256 * 1024 - 2)}`);
    expect((await source.read()).machine).toEqual({ ok: true, content: {} });
  });

  test('that the disk does not hand out is not the same as none', async () => {
    const notAFolder = path.join(tempFolder(), 'file');
    writeFileSync(notAFolder, '');
    const file = path.join(notAFolder, 'signoff', 'policy.json');
    const source = createLinuxSource({ file, onFault: () => undefined });
    expect((await source.read()).machine).toEqual({
      ok: false,
      problem: `${file} could not be read (ENOTDIR)`,
    });
  });

  test('that cannot be read for a reason without a code is told of all the same', async () => {
    const { source, file, write } = sourceIn();
    write('{}');
    const parse = vi.spyOn(JSON, 'parse').mockImplementationOnce(() => {
      throw new RangeError('out of memory');
    });
    const reading = source.read();
    parse.mockRestore();
    expect((await reading).machine).toEqual({
      ok: false,
      problem: `${file} could not be read (unknown)`,
    });
  });

  test('of another than who it has to belong to is refused in words', async () => {
    const { source, file, write } = sourceIn({ owner: (process.getuid?.() ?? ROOT) + 1 });
    write('{}');
    expect((await source.read()).machine).toEqual({
      ok: false,
      problem: `${file} is not read: its folder has another owner`,
    });
  });

  test.runIf(process.platform === 'linux')(
    'is not kept open once it is read',
    takes('Linux, which lists what a process has open'),
    async () => {
      const { source, file, write } = sourceIn();
      write('{}');
      await source.read();
      const open = readdirSync('/proc/self/fd').map((fd) => {
        try {
          return readlinkSync(path.join('/proc/self/fd', fd));
        } catch {
          return null; // the one that listed them
        }
      });
      expect(open).not.toContain(file);
    },
  );

  const REFUSED: readonly { what: string; place: (place: Place) => void; because: string }[] = [
    {
      what: 'that anyone may write',
      place: ({ write }) => write('{}', 0o646),
      because: 'is not read: it may be written by group or others',
    },
    {
      what: 'that its group may write',
      place: ({ write }) => write('{}', 0o664),
      because: 'is not read: it may be written by group or others',
    },
    {
      what: 'in a folder that anyone may write in',
      place({ folder, write }) {
        write('{}');
        chmodSync(folder, 0o757);
      },
      because: 'is not read: its folder may be written by group or others',
    },
    {
      what: 'that is a link',
      place({ parent, file }) {
        writeFileSync(path.join(parent, 'elsewhere.json'), '{}', { mode: 0o644 });
        symlinkSync(path.join(parent, 'elsewhere.json'), file);
      },
      because: 'is not read: it is a link',
    },
    {
      what: 'in a folder that is a link',
      place({ parent, folder, write }) {
        write('{}');
        renameSync(folder, path.join(parent, 'elsewhere'));
        symlinkSync(path.join(parent, 'elsewhere'), folder);
      },
      because: 'is not read: its folder is a link or no folder',
    },
    {
      what: 'that is a folder',
      place: ({ file }) => mkdirSync(file),
      because: 'is not read: it is no regular file',
    },
    {
      what: 'that is a pipe',
      place: ({ file }) => execFileSync('mkfifo', ['-m', '644', file]),
      because: 'is not read: it is no regular file',
    },
    {
      what: 'that is no JSON',
      place: ({ write }) => write('leftover: resume'),
      because: 'is not valid JSON, from line 1, column 1 on',
    },
    {
      what: 'that is too large',
      place: ({ write }) => write(`{}${' '.repeat(256 * 1024)}`),
      because: 'is not read: it is larger than 256 KiB',
    },
  ];

  test.each(REFUSED)('$what is refused in words', async ({ place, because }) => {
    const made = sourceIn();
    place(made);
    expect((await made.source.read()).machine).toEqual({
      ok: false,
      problem: `${made.file} ${because}`,
    });
  });

  test('in a folder that is another’s is refused in words', async () => {
    const made = sourceIn({ owner: ROOT });
    made.write('{}');
    giveToOrdinaryUser(made.folder);
    expect((await made.source.read()).machine).toEqual({
      ok: false,
      problem: `${made.file} is not read: its folder does not belong to root`,
    });
  });

  test.runIf(isRoot)(
    'that is another’s is refused in words',
    takes('root, who alone can give a file away'),
    async () => {
      const made = sourceIn({ owner: ROOT });
      made.write('{}');
      giveToOrdinaryUser(made.file);
      expect((await made.source.read()).machine).toEqual({
        ok: false,
        problem: `${made.file} is not read: it does not belong to root`,
      });
    },
  );
});

describe.skipIf(process.platform === 'win32')('a change is told', () => {
  function watched(options: { made?: boolean } = {}) {
    const place = sourceIn(options);
    let told = 0;
    onTestFinished(place.source.watch(() => (told += 1)));
    return { ...place, told: () => told };
  }

  const CHANGES: readonly {
    what: string;
    made: boolean;
    before?: (place: Place) => void;
    change: (place: Place) => void;
  }[] = [
    { what: 'when the file is written', made: true, change: ({ write }) => write('{}') },
    {
      what: 'when it is put in place',
      made: true,
      change({ parent, file }) {
        writeFileSync(path.join(parent, 'new.json'), '{}');
        renameSync(path.join(parent, 'new.json'), file);
      },
    },
    {
      what: 'when it is removed',
      made: true,
      before: ({ write }) => write('{}'),
      change: ({ file }) => rmSync(file),
    },
    {
      what: 'when its mode changes',
      made: true,
      before: ({ write }) => write('{}'),
      change: ({ file }) => chmodSync(file, 0o666),
    },
    { what: 'when its folder comes', made: false, change: ({ folder }) => mkdirSync(folder) },
    {
      what: 'when its folder goes',
      made: true,
      before: ({ write }) => write('{}'),
      change: ({ folder }) => rmSync(folder, { recursive: true }),
    },
  ];

  test.each(CHANGES)('$what', async ({ made, before, change }) => {
    const place = sourceIn({ made });
    before?.(place);
    let told = 0;
    onTestFinished(place.source.watch(() => (told += 1)));
    change(place);
    await expect.poll(() => told).toBeGreaterThan(0);
    expect(place.faults).toEqual([]);
  });

  test('also in a folder that came later', async () => {
    const { folder, write, told } = watched({ made: false });
    mkdirSync(folder);
    await expect.poll(told).toBeGreaterThan(0);
    const before = told();
    write('{}');
    await expect.poll(told).toBeGreaterThan(before);
  });

  test('also in a folder that took the place of another', async () => {
    const { folder, write, told } = watched();
    rmSync(folder, { recursive: true });
    await expect.poll(told).toBeGreaterThan(0);
    mkdirSync(folder);
    await expect.poll(told).toBeGreaterThan(1);
    const before = told();
    write('{}');
    await expect.poll(told).toBeGreaterThan(before);
  });
});
