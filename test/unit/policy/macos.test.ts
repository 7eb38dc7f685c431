import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'plist';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createMacSource, MAC_DOMAIN } from '../../../main/settings/policy/macos.ts';
import { tempFolder } from '../../support/temp-folder.ts';

/** Managed preferences whose files hold XML, which is what plutil is to make of them. */
function managedPreferences() {
  const folder = tempFolder();
  const machine = path.join(folder, `${MAC_DOMAIN}.plist`);
  const user = path.join(folder, 'ann', `${MAC_DOMAIN}.plist`);
  mkdirSync(path.dirname(user));
  const commands: string[] = [];
  let isRefused = false;
  const source = createMacSource({
    async run(program, args) {
      commands.push([program, ...args].join(' '));
      if (isRefused) throw new Error('Property List error');
      return readFileSync(args.at(-1) ?? '', 'utf8');
    },
    userName: 'ann',
    folder,
    onFault(error) {
      throw error;
    },
  });
  return { source, machine, user, commands, refuse: () => (isRefused = true) };
}

const NONE = { ok: true, content: {} };

describe('managed preferences', () => {
  test('are those of the machine and of this person', async () => {
    const { source, machine, user } = managedPreferences();
    writeFileSync(machine, build({ idleMinutes: 5 }));
    writeFileSync(user, build({ leftover: 'ask' }));
    expect(await source.read()).toEqual({
      machine: { ok: true, content: { idleMinutes: 5 } },
      user: { ok: true, content: { leftover: 'ask' } },
    });
  });

  test('that are not there are no policy, and nothing is started for them', async () => {
    const { source, commands } = managedPreferences();
    expect(await source.read()).toEqual({ machine: NONE, user: NONE });
    expect(commands).toEqual([]);
  });

  test('are read by the system’s own program', async () => {
    const { source, machine, commands } = managedPreferences();
    writeFileSync(machine, build({}));
    await source.read();
    expect(commands).toEqual([`/usr/bin/plutil -convert xml1 -o - -- ${machine}`]);
  });

  test('may have the profile’s own keys beside the settings', async () => {
    const { source, machine } = managedPreferences();
    writeFileSync(machine, build({ PayloadUUID: '1', idleMinutes: 5, myPayloadUUID: 1 }));
    expect((await source.read()).machine).toEqual({
      ok: true,
      content: { idleMinutes: 5, myPayloadUUID: 1 },
    });
  });

  test('lose no setting to a date or data beside it', async () => {
    const { source, machine } = managedPreferences();
    const strange = `<plist version="1.0"><dict>
      <key>since</key><date>2026-01-31T12:00:00Z</date>
      <key>idleMinutes</key><integer>5</integer>
      <key>blob</key><data>AAEC</data>
      <key>allowedServers</key><array><string>https://a.example</string></array>
      <key>mayQuitHolding</key><false/>
    </dict></plist>`;
    writeFileSync(machine, strange);
    expect((await source.read()).machine).toEqual({
      ok: true,
      content: {
        since: new Date('2026-01-31T12:00:00Z'),
        idleMinutes: 5,
        blob: Uint8Array.of(0, 1, 2),
        allowedServers: ['https://a.example'],
        mayQuitHolding: false,
      },
    });
  });

  test.for(['<plist><unknown/></plist>', '<dict/>', 'bplist00', ''])(
    'that are no property list are not the same as none: %s',
    async (text) => {
      const { source, machine } = managedPreferences();
      writeFileSync(machine, text);
      expect((await source.read()).machine).toEqual({
        ok: false,
        problem: `${machine} is not a readable property list`,
      });
    },
  );

  test('that plutil refuses are not the same as none', async () => {
    const { source, machine, refuse } = managedPreferences();
    writeFileSync(machine, build({ idleMinutes: 5 }));
    refuse();
    expect((await source.read()).machine).toMatchObject({ ok: false });
  });

  test('that the disk does not hand out are not the same as none', async () => {
    const { source, machine, user } = managedPreferences();
    rmSync(path.dirname(user), { recursive: true });
    writeFileSync(path.dirname(user), '');
    writeFileSync(machine, build({}));
    expect(await source.read()).toEqual({
      machine: NONE,
      user: { ok: false, problem: `${user} could not be read` },
    });
  });

  test.each(['machine', 'user'] as const)('tell of a change for the %s', async (whose) => {
    const place = managedPreferences();
    let told = 0;
    onTestFinished(place.source.watch(() => (told += 1)));
    writeFileSync(place[whose], build({}));
    await expect.poll(() => told).toBeGreaterThan(0);
  });

  test('tell of nothing once nobody listens', async () => {
    const { source, machine } = managedPreferences();
    let told = 0;
    let heard = 0;
    source.watch(() => (told += 1))();
    // Who listens later is not told sooner.
    onTestFinished(source.watch(() => (heard += 1)));
    writeFileSync(machine, build({}));
    await expect.poll(() => heard).toBeGreaterThan(0);
    expect(told).toBe(0);
  });

  test('are those of the app’s id', () => {
    expect(readFileSync('electron-builder.yml', 'utf8')).toContain(`appId: ${MAC_DOMAIN}\n`);
  });
});
