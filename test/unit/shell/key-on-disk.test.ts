import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { createKeyOnDisk } from '../../../main/shell/key-on-disk.ts';
import { createFakeClock } from '../../support/fake-clock.ts';
import { tempFolder } from '../../support/temp-folder.ts';

/** Windows' key in a profile of Chromium's whose `Local State` says this at first; null for none. */
function onWindows(localState: string | null) {
  const profile = tempFolder();
  const write = (text: string): void => writeFileSync(path.join(profile, 'Local State'), text);
  if (localState !== null) write(localState);
  const clock = createFakeClock();
  const key = createKeyOnDisk({ platform: 'win32', profile, clock });
  let told = 0;
  key.onSaved(() => (told += 1));
  return { key, clock, write, told: () => told };
}

const WITH_KEY = JSON.stringify({ os_crypt: { audit_enabled: true, encrypted_key: 'RFBBUEkB' } });

test.each(['linux', 'darwin'] as const)('on %s the key is the system’s', (platform) => {
  const key = createKeyOnDisk({ platform, profile: tempFolder(), clock: createFakeClock() });
  expect(key.isSaved()).toBe(true);
});

test('on Windows it is there from the second start on', () => {
  expect(onWindows(WITH_KEY).key.isSaved()).toBe(true);
});

test.each([null, '', '{"os_cr', '{}', '{"os_crypt":{}}', '{"os_crypt":{"encrypted_key":""}}'])(
  'on Windows at a first start it is there, and told once, when Chromium has written it (%j)',
  async (before) => {
    const { key, clock, write, told } = onWindows(before);
    await clock.advance(5_000);
    expect([key.isSaved(), told()]).toEqual([false, 0]);
    write(WITH_KEY);
    await clock.advance(1_000);
    expect([key.isSaved(), told()]).toEqual([true, 1]);
    await clock.advance(60_000);
    expect(told()).toBe(1);
  },
);
