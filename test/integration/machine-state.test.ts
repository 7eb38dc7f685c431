import { execFile } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { HeldSession, Session } from '../../main/sessions/session.ts';
import { type Clock, systemClock } from '../../main/common/clock.ts';
import { type Receipt } from '../../main/results/receipt.ts';
import { createReceipts } from '../../main/results/receipts.ts';
import { ALL_RESULTS } from '../../main/results/filter.ts';
import { findRunningApp } from '../../main/shell/cli/control-client.ts';
import { listenForCommands } from '../../main/shell/cli/control-server.ts';
import { openControlEndpoint } from '../../main/shell/cli/control-endpoint.ts';
import { toolScript } from '../../scripts/tool.ts';
import type { Fault } from '../../simulator/faults.ts';
import { type AppOnDisk, appOnDisk, type Running } from '../support/app-on-disk.ts';
import { practise } from '../support/chat-servers.ts';
import { chromiumCipher } from '../support/chromium-cipher.ts';
import { realWorld, virtualWorld } from '../support/matrix/world.ts';
import {
  asOrdinaryUser,
  asRoot,
  giveToOrdinaryUser,
  isRoot,
  mayBecomeNobody,
  node,
  nodeAsNobody,
} from '../support/ordinary-user.ts';
import { addTo } from '../support/practice-sessions.ts';
import { PROMISED_MS } from '../support/promised-budgets.ts';
import { receipt } from '../support/receipts.ts';
import { agentSession, engagement } from '../support/sessions.ts';
import { takes } from '../support/takes.ts';
import { MEMORY, tempFolder } from '../support/temp-folder.ts';
import { mayMount, tinyDisk } from '../support/tiny-disk.ts';

/** What runs a command where a disk can be mounted, if not here. */
const inNamespace = mayMount || isRoot ? null : asRoot;
/** A real one, mounted for the test. */
const TAKES_A_DISK = takes(
  inNamespace !== null
    ? 'a namespace to mount a disk in, where another test runs it'
    : 'the right to mount a disk, which root has',
);
const OVER = ['ended', 'already-over'];

const VAULT = 'vault.sealed';
const ids = (held: readonly { id: string }[]): string[] => held.map(({ id }) => id);

/** Agents that a server knows, held. */
async function heldOnServer(app: AppOnDisk, count: number, world = realWorld(0)) {
  const server = await world.listen({ processingMs: 1 });
  onTestFinished(() => server.close());
  const running = app.start();
  const sessions = Array.from({ length: count }, (_, index): Session => ({
    ...(index % 2 === 0 ? agentSession(`agent ${index}`) : engagement(`consumer ${index}`)),
    sessionId: `session-${index}-secret`,
    server: server.url,
  }));
  addTo(server, sessions);
  for (const session of sessions) running.hold(session);
  return { server, running, sessions };
}

test.each(inNamespace === null ? [] : [{ before: inNamespace }])(
  'what is told here of disks holds, in a namespace in which this user is root',
  async ({ before: [unshare = '', ...args] }) => {
    const vitest = [process.execPath, toolScript('vitest'), 'run', '--project', 'integration'];
    const chosen = ['machine-state', '-t', 'a full disk|a disk that became read-only'];
    const env = { ...process.env, NO_COLOR: '1' };
    const ran = await promisify(execFile)(unshare, [...args, ...vitest, ...chosen], { env });
    expect(ran.stdout).toMatch(/Tests +[1-9]\d* passed/);
  },
  120_000,
);

describe.skipIf(!mayMount)('a full disk', TAKES_A_DISK, () => {
  test('refuses a hand-in in words, and what was held before stays held', () => {
    const disk = tinyDisk(256);
    const app = appOnDisk(disk.folder);
    const running = app.start();
    const before = running.hold(agentSession('before'));
    disk.fill(0);
    expect(running.handIn({ ok: true, session: agentSession('after') })).toEqual({
      ok: false,
      badInput: false,
      problems: [
        {
          field: '',
          message: 'The session could not be saved to the disk (ENOSPC), so it is not held.',
        },
      ],
    });
    expect(running.held()).toEqual([before]);
    expect(app.onDisk()).toEqual({ held: [before], setAside: null });
  });

  test('has room again: the same hand-in is taken', () => {
    const disk = tinyDisk(256);
    const app = appOnDisk(disk.folder);
    const running = app.start();
    disk.fill(0);
    expect(running.handIn({ ok: true, session: agentSession() })).toMatchObject({ ok: false });
    disk.clear();
    expect(running.handIn({ ok: true, session: agentSession() })).toMatchObject({ ok: true });
    expect(app.onDisk().held).toEqual(running.held());
  });

  test('is no hindrance to a start, not even to the first', () => {
    const disk = tinyDisk(64);
    disk.fill(0);
    const running = appOnDisk(disk.folder).start();
    expect(running.held()).toEqual([]);
    expect(running.handIn({ ok: true, session: agentSession() })).toMatchObject({ ok: false });
  });

  test.for([0, 1, 2, 3, 4, 5, 6])(
    'with %d blocks left takes a hand-in whole or not at all',
    (blocks) => {
      const disk = tinyDisk(512);
      const app = appOnDisk(disk.folder);
      const running = app.start();
      // The file has several blocks, so that a part of it may find room where all of it does not.
      const before = Array.from({ length: 30 }, (_, index) =>
        running.hold(agentSession(`agent-${index}-${'x'.repeat(60)}`)),
      );
      disk.fill(blocks);
      const result = running.handIn({
        ok: true,
        session: { ...agentSession('the-last'), accountId: '13' },
      });
      const taken = result.ok ? [result.id] : [];
      expect(app.onDisk().setAside).toBeNull();
      expect(ids(app.onDisk().held)).toEqual([...ids(before), ...taken]);
    },
  );

  test.for([0, 1, 2, 3])(
    'with %d blocks left never loses what is owed to a release',
    async (blocks) => {
      const disk = tinyDisk(512);
      const app = appOnDisk(disk.folder);
      const { server, running, sessions } = await heldOnServer(app, 30);
      const refused = sessions.filter((_, index) => index >= 10).map(({ sessionId }) => sessionId);
      for (const sessionId of refused) {
        server.fault({ sessionId, fault: { kind: 'error', status: 400, code: 'BAD_REQUEST' } });
      }
      disk.fill(blocks);
      const { receipts } = await running.signOff('signal');
      expect(receipts.filter(({ outcome }) => outcome === 'ended')).toHaveLength(10);
      const onDisk = app.onDisk();
      expect(onDisk.setAside).toBeNull();
      expect(onDisk.held.map(({ sessionId }) => sessionId)).toEqual(
        expect.arrayContaining(refused),
      );
    },
  );

  test('does not keep a session from ending, and the next start is done with it', async () => {
    const disk = tinyDisk(256);
    const app = appOnDisk(disk.folder);
    const { running } = await heldOnServer(app, 4);
    disk.fill(0);
    const { receipts } = await running.signOff('quit');
    expect(receipts.map(({ outcome }) => outcome)).toEqual(receipts.map(() => 'ended'));
    // Told, and not thrown: neither the receipts nor the releases found room.
    expect(running.faults.map((error) => (error instanceof Error ? error.message : error))).toEqual(
      expect.arrayContaining([expect.stringContaining('ENOSPC')]),
    );
    disk.clear();
    const again = await app.start().signOff('leftover');
    expect(again.receipts.map(({ outcome }) => outcome)).toEqual(
      receipts.map(() => 'already-over'),
    );
    expect(app.onDisk()).toEqual({ held: [], setAside: null });
  });
});

describe.skipIf(!mayMount)('a disk that became read-only', TAKES_A_DISK, () => {
  test('refuses a hand-in in words, and what was held before stays held', () => {
    const disk = tinyDisk(256);
    const app = appOnDisk(disk.folder);
    const running = app.start();
    const before = running.hold(agentSession('before'));
    disk.makeReadOnly();
    expect(running.handIn({ ok: true, session: agentSession('after') })).toMatchObject({
      problems: [{ message: expect.stringContaining('could not be saved to the disk (EROFS)') }],
    });
    expect(running.held()).toEqual([before]);
    expect(app.onDisk()).toEqual({ held: [before], setAside: null });
  });

  test('does not keep what is left over from being signed off', async () => {
    const disk = tinyDisk(256);
    const app = appOnDisk(disk.folder);
    const { running } = await heldOnServer(app, 4);
    const held = running.held();
    disk.makeReadOnly();
    const { receipts } = await app.start().signOff('leftover');
    expect(receipts.map(({ outcome }) => outcome)).toEqual(receipts.map(() => 'ended'));
    expect(app.onDisk()).toEqual({ held, setAside: null });
  });
});

describe.skipIf(process.platform === 'win32')('a folder that may not be written', () => {
  test('refuses a hand-in in words', () => {
    const folder = tempFolder();
    const running = appOnDisk(folder).start();
    giveToOrdinaryUser(folder);
    chmodSync(folder, 0o500);
    const result = asOrdinaryUser(() => running.handIn({ ok: true, session: agentSession() }));
    chmodSync(folder, 0o700);
    expect(result).toMatchObject({
      problems: [{ message: expect.stringContaining('could not be saved to the disk (EACCES)') }],
    });
    expect(running.held()).toEqual([]);
  });
});

describe('a vault with damage', () => {
  /** Encrypted as Electron does it on Linux and macOS: the encryption alone does not tell damage. */
  const cipher = chromiumCipher();

  function vaultWithTwo(): {
    folder: string;
    file: string;
    whole: Buffer;
    held: readonly HeldSession[];
  } {
    const folder = tempFolder(MEMORY);
    const running = appOnDisk(folder, { cipher }).start();
    running.hold({ ...agentSession(), label: 'Änn' });
    running.hold(engagement());
    const file = path.join(folder, VAULT);
    const { held } = appOnDisk(folder, { cipher }).onDisk();
    return { folder, file, whole: readFileSync(file), held };
  }

  /** What comes of these bytes: all that was held, or all set aside as it was. Anything else is told. */
  function problemWith(
    { folder, file, held }: ReturnType<typeof vaultWithTwo>,
    bytes: Buffer,
  ): string | null {
    writeFileSync(file, bytes);
    const opened = appOnDisk(folder, { cipher }).onDisk();
    if (opened.setAside === null) {
      return JSON.stringify(opened.held) === JSON.stringify(held) ? null : 'was read as another';
    }
    const kept = path.join(folder, opened.setAside);
    if (!readFileSync(kept).equals(bytes)) return 'was set aside with other bytes';
    if (opened.held.length > 0) return 'was set aside, and is held';
    // So that the next one finds the folder as this one did.
    renameSync(kept, file);
    return null;
  }

  test.for([0x01, 0x02, 0x20, 0x80, 0xff])(
    'in any of its bytes (xor %i) is read as it was, or set aside whole',
    (mask) => {
      const vault = vaultWithTwo();
      const problems = Array.from(vault.whole, (byte, offset) => {
        const bytes = Buffer.from(vault.whole);
        bytes[offset] = byte ^ mask;
        const problem = problemWith(vault, bytes);
        return problem === null ? [] : [`byte ${offset} ${problem}`];
      });
      expect(problems.flat()).toEqual([]);
    },
  );

  test('cut off after any of its bytes is read as it was, or set aside whole', () => {
    const vault = vaultWithTwo();
    const problems = Array.from(vault.whole, (_, length) => {
      const problem = problemWith(vault, vault.whole.subarray(0, length));
      return problem === null ? [] : [`cut to ${length} bytes it ${problem}`];
    });
    expect(problems.flat()).toEqual([]);
  });

  test('of a block of zeros anywhere, as a power loss leaves it, is set aside whole', () => {
    const vault = vaultWithTwo();
    const problems = Array.from(vault.whole, (_, offset) => {
      const problem = problemWith(
        vault,
        Buffer.from(vault.whole).fill(0, offset, Math.min(offset + 64, vault.whole.length)),
      );
      return problem === null ? [] : [`zeros from ${offset} on: it ${problem}`];
    });
    expect(problems.flat()).toEqual([]);
  });

  test('is no hindrance to holding: what is held after it is found by the next start', () => {
    const { folder, file, whole } = vaultWithTwo();
    truncateSync(file, Math.floor(whole.length / 2));
    const app = appOnDisk(folder, { cipher });
    const running = app.start();
    const held = running.hold(agentSession('after'));
    expect(app.onDisk()).toEqual({ held: [held], setAside: null });
    expect(readdirSync(folder).filter((name) => name !== VAULT)).toEqual([
      expect.stringMatching(/^vault\.unreadable-/),
    ]);
  });
});

describe('receipts with damage', () => {
  const MONTH = '2026-07.jsonl';
  const made = ['a', 'b', 'c'].map((id) => receipt({ id, label: 'Änn' }));
  const lines = made.map((one) => `${JSON.stringify(one)}\n`);
  const whole = Buffer.from(lines.join(''));
  /** Where each line begins, and one for the end. */
  const starts = [...lines.keys(), lines.length].map((count) =>
    Buffer.byteLength(lines.slice(0, count).join('')),
  );
  const newest = made.toReversed();

  /** The receipts that a damaged byte is no part of; an end of line is part of both lines. */
  function untouchedBy(offset: number): Receipt[] {
    return newest.filter(({ id }) => {
      const line = made.findIndex((one) => one.id === id);
      const [from = 0, to = 0] = [starts[line], starts[line + 1]];
      return offset < from - 1 || offset >= to;
    });
  }

  function onDisk() {
    const folder = tempFolder(MEMORY);
    const file = path.join(folder, MONTH);
    // Anew for each damage, as by a start: it remembers nothing of the last one.
    return { file, start: () => createReceipts(folder, systemClock.now) };
  }

  test.for(['\n', '"', '}', '\0', 'é'])(
    'of any byte, which became %j: the others are read, and what is lost is counted',
    async (damage) => {
      const { file, start } = onDisk();
      const byte = Buffer.from(damage, 'latin1');
      const problems: string[] = [];
      for (const offset of whole.keys()) {
        writeFileSync(
          file,
          Buffer.concat([whole.subarray(0, offset), byte, whole.subarray(offset + 1)]),
        );
        const page = await start().page({ after: null, limit: 10, filter: ALL_RESULTS });
        const untouched = untouchedBy(offset);
        const found = page.receipts.filter(({ id }) => untouched.some((one) => one.id === id));
        if (JSON.stringify(found) !== JSON.stringify(untouched))
          problems.push(`${offset}: lost one`);
        const lost = made.length - page.receipts.length;
        if (lost > 0 && page.unreadable === 0) problems.push(`${offset}: not counted`);
      }
      expect(problems).toEqual([]);
    },
  );

  test('cut off after any byte: the whole ones are read, and the next is not lost with the torn one', async () => {
    const problems: string[] = [];
    const next = receipt({ id: 'next' });
    const { file, start } = onDisk();
    for (const length of whole.keys()) {
      const receipts = start();
      writeFileSync(file, whole.subarray(0, length));
      await receipts.append(next);
      const page = await receipts.page({ after: null, limit: 10, filter: ALL_RESULTS });
      // A last line that lacks but its end is whole.
      const kept = newest.filter((one) => (starts[made.indexOf(one) + 1] ?? 0) - 1 <= length);
      const torn = starts.includes(length) || starts.includes(length + 1) ? 0 : 1;
      const expected = JSON.stringify([[next, ...kept], torn]);
      if (JSON.stringify([page.receipts, page.unreadable]) !== expected) {
        problems.push(`cut to ${length} bytes`);
      }
    }
    expect(problems).toEqual([]);
  });
});

describe('the clock of the machine', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  const DAY_MS = 24 * 60 * 60 * 1000;
  const START = Date.UTC(2026, 6, 15, 12);

  /** A clock whose time of day a test sets; what lasts is measured as ever. */
  function settableClock(): Clock & { set(epochMs: number): void } {
    let time = START;
    return {
      ...systemClock,
      now: () => time,
      set(epochMs) {
        time = epochMs;
      },
    };
  }

  test('set back and forth does not lose a receipt: by month, and in it by when it was written', async () => {
    const clock = settableClock();
    const app = appOnDisk(tempFolder(), { clock });
    const server = await practise();
    const running = app.start();
    const labels: string[] = [];
    for (const [label, days] of [
      ['first', 0],
      ['a day back', -1],
      ['a month back', -31],
      ['a year ahead', 365],
      ['right again', 0],
    ] as const) {
      clock.set(START + days * DAY_MS);
      const session = {
        ...agentSession(label),
        server: server.url,
        sessionId: `secret-${labels.length}`,
      };
      addTo(server, [session]);
      running.hold(session);
      const { receipts } = await running.signOff('quit');
      expect(receipts.map(({ outcome }) => outcome)).toEqual(['ended']);
      labels.push(label);
    }
    const page = await app.receipts.page({ after: null, limit: 10, filter: ALL_RESULTS });
    expect(page.receipts.map(({ label }) => label)).toEqual([
      'a year ahead',
      'right again',
      'a day back',
      'first',
      'a month back',
    ]);
  });

  test.for([-365, 365])(
    'set by %d days amid a sign-off changes nothing of its budget',
    async (days) => {
      const world = virtualWorld();
      const app = appOnDisk(tempFolder(), world);
      const { server, running } = await heldOnServer(app, 1, world);
      server.fault({ fault: { kind: 'hang' } });
      const signedOff = running.signOff('signal');
      await world.until(server.waitForRequest());
      world.setWallClock(days * DAY_MS);
      const { tookMs, receipts } = await world.until(signedOff);
      expect(tookMs).toBe(PROMISED_MS.signal);
      expect(receipts).toMatchObject([{ outcome: 'timed-out' }]);
    },
  );

  test.for([-1, 1])(
    'set by %d hours amid a request leaves no time in its receipt that cannot be',
    async (hours) => {
      const app = appOnDisk(tempFolder());
      const { server, running } = await heldOnServer(app, 1);
      server.fault({ fault: { kind: 'delay', ms: 200 } });
      const signedOff = running.signOff('signal');
      await server.waitForRequest();
      // The time of day alone: timers and what lasts go on as they were.
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + hours * 3_600_000 });
      const { receipts } = await signedOff;
      expect(receipts).toMatchObject([{ outcome: 'ended' }]);
      const durations = receipts.flatMap(({ roundTripMs, networkMs, phases }) => [
        roundTripMs,
        networkMs,
        ...Object.values(phases),
      ]);
      const impossible = durations.filter((ms) => ms !== null && (ms < 0 || ms > 60_000));
      expect(impossible).toEqual([]);
    },
  );

  test('set back behind a hand-in does not keep it from being found and ended', async () => {
    const clock = settableClock();
    const app = appOnDisk(tempFolder(), { clock });
    await heldOnServer(app, 2);
    clock.set(0);
    const { receipts } = await app.start().signOff('leftover');
    expect(receipts.map(({ outcome }) => outcome)).toEqual(['ended', 'ended']);
    expect(app.onDisk()).toEqual({ held: [], setAside: null });
  });
});

describe.skipIf(!mayBecomeNobody)(
  'another user of the machine',
  takes('root, who alone can become another user'),
  () => {
    const CONNECT = `require('net').connect(process.argv[1])
    .on('connect', () => { console.log('connected'); process.exit(); })
    .on('error', (error) => console.log(error.code));`;
    const READ = `try { require('fs').readFileSync(process.argv[1]); console.log('read'); }
    catch (error) { console.log(error.code); }`;

    /** A folder that everyone may enter, so that it is the file in it that turns others away. */
    function openFolder(): string {
      const folder = tempFolder();
      chmodSync(folder, 0o777);
      const umask = process.umask(0o077);
      restoreUmask = () => void process.umask(umask);
      return folder;
    }
    let restoreUmask = (): void => undefined;
    afterEach(() => restoreUmask());

    test('cannot connect to the app, which its own user can', async () => {
      const endpoint = openControlEndpoint(openFolder());
      const server = await listenForCommands(
        endpoint,
        async () => ({ ok: true, result: null }),
        (error) => {
          throw error;
        },
      );
      const outcomes = [nodeAsNobody(CONNECT, endpoint.path), node(CONNECT, endpoint.path)];
      server.close();
      expect(outcomes).toEqual(['EACCES', 'connected']);
    });

    test('cannot read the vault, nor a receipt', async () => {
      const folder = openFolder();
      const app = appOnDisk(folder);
      const { running } = await heldOnServer(app, 2);
      await running.signOff('quit');
      const month = readdirSync(path.join(folder, 'receipts'))[0] ?? '';
      const files = [path.join(folder, VAULT), path.join(folder, 'receipts', month)];
      expect(files.map((file) => nodeAsNobody(READ, file))).toEqual(['EACCES', 'EACCES']);
      expect(files.map((file) => node(READ, file))).toEqual(['read', 'read']);
    });

    test('cannot take the place of the socket in a folder that is not theirs', () => {
      const folder = tempFolder();
      const LISTEN = `require('net').createServer().listen(process.argv[1],
      () => { console.log('listening'); process.exit(); }).on('error', (error) => console.log(error.code));`;
      expect(nodeAsNobody(LISTEN, openControlEndpoint(folder).path)).toBe('EACCES');
    });
  },
);

test('a profile on a path with spaces and letters of other alphabets works as any other', async () => {
  const folder = path.join(tempFolder(), 'Jörg Müller', 'Büro 第一 – “Ops” 🎧');
  mkdirSync(folder, { recursive: true });
  const app = appOnDisk(folder);
  const { running } = await heldOnServer(app, 2);
  expect(app.onDisk().held).toEqual(running.held());
  const endpoint = openControlEndpoint(folder);
  const commands = await listenForCommands(
    endpoint,
    async () => ({ ok: true, result: 'heard' }),
    (error) => {
      throw error;
    },
  );
  const client = await findRunningApp(endpoint);
  expect(await client?.request({ command: 'status' })).toEqual({ ok: true, result: 'heard' });
  commands.close();
  const { receipts } = await running.signOff('quit');
  expect(app.onDisk().held).toEqual([]);
  expect(
    (await app.receipts.page({ after: null, limit: 10, filter: ALL_RESULTS })).receipts,
  ).toHaveLength(receipts.length);
});

describe('1,000 held sessions', () => {
  test('are found by the next start, and all ended at the same time', async () => {
    const world = virtualWorld();
    const app = appOnDisk(tempFolder(MEMORY), world);
    const { server, running } = await heldOnServer(app, 1_000, world);
    expect(app.onDisk()).toEqual({ held: running.held(), setAside: null });

    const next: Running = app.start();
    const { receipts, tookMs } = await world.until(next.signOff('leftover'));
    expect(receipts.filter(({ outcome }) => !OVER.includes(outcome))).toEqual([]);
    expect(receipts).toHaveLength(1_000);
    expect(server.received).toHaveLength(1_000);
    expect(next.faults).toEqual([]);
    expect(app.onDisk()).toEqual({ held: [], setAside: null });
    // One after the other, they would take several seconds.
    expect(tookMs).toBeLessThan(20);
  }, 60_000);
});

describe('100,000 receipts', () => {
  /** Bytes that this process has read and written so far, by its own count or the system's. */
  function transferred(): { read: number; written: number } {
    const text = readFileSync('/proc/self/io', 'utf8');
    const count = (name: string): number =>
      Number(new RegExp(`^${name}: (\\d+)$`, 'm').exec(text)?.[1]);
    return { read: count('rchar'), written: count('wchar') };
  }

  /** What reading the newest page and appending one more transfer, with that many receipts there. */
  async function cost(count: number) {
    const folder = tempFolder();
    const file = path.join(folder, '2026-07.jsonl');
    const lines = Array.from(
      { length: count },
      (_, index) => `${JSON.stringify(receipt({ id: `r-${index}` }))}\n`,
    );
    writeFileSync(file, lines.join(''));
    const receipts = createReceipts(folder, systemClock.now);

    const start = transferred();
    const page = await receipts.page({ after: null, limit: 50, filter: ALL_RESULTS });
    const afterPage = transferred();
    await receipts.append(receipt({ id: 'next' }));
    const end = transferred();
    return {
      newest: page.receipts.map(({ id }) => id).slice(0, 2),
      bytes: statSync(file).size,
      pageRead: afterPage.read - start.read,
      appendRead: end.read - afterPage.read,
      appendWritten: end.written - afterPage.written,
    };
  }

  test.skipIf(process.platform !== 'linux')(
    'are no more to read and write for the newest page and one more than 100 are (counted by Linux)',
    async () => {
      const few = await cost(100);
      const many = await cost(100_000);
      expect(many.newest).toEqual(['r-99999', 'r-99998']);
      expect(many.bytes).toBeGreaterThan(50_000_000);
      expect(many.pageRead).toBeLessThan(few.pageRead + 200_000);
      expect(many.appendRead).toBeLessThan(few.appendRead + 50_000);
      expect(many.appendWritten).toBeLessThan(few.appendWritten + 50_000);
    },
    60_000,
  );
});

describe('behind a captive portal', () => {
  const portals: readonly (readonly [string, Fault])[] = [
    ['that redirects everything', { kind: 'redirect', location: 'http://localhost:9/login' }],
    ['that answers everything with its page', { kind: 'html', status: 200 }],
    ['that answers everything with its page and 403', { kind: 'html', status: 403 }],
    ['that says that one must log in', { kind: 'html', status: 511 }],
  ];

  test.for(portals)('%s all stays held, until the server itself is there', async ([, fault]) => {
    const world = virtualWorld();
    const app = appOnDisk(tempFolder(), world);
    const { server, running } = await heldOnServer(app, 4, world);
    const leave = server.fault({ fault });
    const { receipts } = await world.until(running.signOff('signal'));
    expect(receipts.filter(({ outcome }) => OVER.includes(outcome))).toEqual([]);
    expect(ids(app.onDisk().held)).toEqual(ids(running.held()));
    expect(running.held()).toHaveLength(4);

    leave();
    await world.until(app.start().signOff('leftover'));
    expect(app.onDisk()).toEqual({ held: [], setAside: null });
  });
});
