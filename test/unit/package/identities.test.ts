import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { parse } from 'plist';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';

/** The reader that electron-builder itself reads it with. */
const yaml = z
  .object({ load: z.custom<(text: string) => unknown>((value) => typeof value === 'function') })
  .parse(createRequire(createRequire(import.meta.url).resolve('electron-builder'))('js-yaml'));
const config = z
  .record(z.string(), z.unknown())
  .parse(yaml.load(readFileSync('electron-builder.yml', 'utf8')));
const entitlements = readFileSync('build/entitlements.mac.plist', 'utf8');

// Another value is another app to the installers that people have: the old one would stay beside it.
test('an installer finds the version before by what never changes', () => {
  expect(config).toMatchObject({
    appId: 'app.signoff.desktop',
    productName: 'Signoff',
    nsis: { guid: 'a71b3e3b-4134-46b8-84c5-08e0bdbf4d53' },
    msi: { upgradeCode: '277611A4-B95C-4301-9E25-724D9B47A2C3' },
    linux: { executableName: 'signoff' },
  });
});

test('NSIS installs for one person or the machine, MSI and pkg for the machine', () => {
  expect(config).toMatchObject({
    // A one-click installer would not ask, and take no /allusers.
    nsis: { perMachine: false, oneClick: false, allowToChangeInstallationDirectory: false },
    msi: { perMachine: true },
    // macOS would install over a copy that somebody has moved into their own folder.
    pkg: { isRelocatable: false, allowAnywhere: false, allowCurrentUserHome: false },
  });
});

test('removing the app leaves what is owed a sign-off', () => {
  expect(config).toMatchObject({ nsis: { deleteAppDataOnUninstall: false } });
});

test('on macOS the runtime is hardened but for V8, and what is signed can be notarised', () => {
  expect(config).toMatchObject({
    mac: {
      hardenedRuntime: true,
      notarize: true,
      entitlements: 'build/entitlements.mac.plist',
      entitlementsInherit: 'build/entitlements.mac.plist',
    },
  });
  expect(parse(entitlements)).toEqual({ 'com.apple.security.cs.allow-jit': true });
});

test('what is packed is one archive, whose fuses are set before it is signed', () => {
  expect(config).toMatchObject({ asar: true, afterPack: './scripts/package/after-pack.ts' });
});

test('the deb and the rpm sign off before they are removed, and keep what an administrator has changed', () => {
  const fpm = expect.arrayContaining([
    '--before-remove=build/linux/before-remove.sh',
    '--config-files=/etc/xdg/autostart/signoff.desktop',
  ]);
  expect(config).toMatchObject({ deb: { fpm }, rpm: { fpm } });
});

test('a build that was told of no feed names one that never answers', () => {
  expect(config).toMatchObject({
    publish: { provider: 'generic', url: 'https://signoff.invalid/' },
  });
});

test('a Mac does not slow the timers of an app that has no window', () => {
  expect(config).toMatchObject({ mac: { extendInfo: { LSAppNapIsDisabled: true } } });
});

describe('the command in a terminal of Windows', () => {
  const command = readFileSync('build/windows/signoff.cmd', 'utf8');

  test('is in a folder of its own, since beside it a prompt would take the .exe', () => {
    expect(config).toMatchObject({
      win: { extraFiles: [{ from: 'build/windows/signoff.cmd', to: 'bin/signoff.cmd' }] },
    });
    expect(command).toContain(String.raw`"%~dp0..\Signoff.exe" %*`);
  });

  test('has line ends by which cmd.exe finds its labels, and no text that a code page could change', () => {
    expect(command.replaceAll('\r\n', '')).toMatch(/^[\x20-\x7e]*$/);
  });
});

test('the uninstaller knows the folder that the updater keeps installers in', () => {
  // electron-builder names it by the app's name.
  const { name } = z
    .object({ name: z.string() })
    .parse(JSON.parse(readFileSync('package.json', 'utf8')));
  expect(readFileSync('build/installer.nsh', 'utf8')).toContain(
    `!define UPDATER_CACHE "${name.toLowerCase()}-updater"`,
  );
});

test.each(['build/installer.nsh', 'build/path.nsh', 'scripts/package/msi-project.ts'])(
  '%s runs nothing by its name alone, and kills nothing by a name',
  (file) => {
    const text = readFileSync(file, 'utf8');
    expect(text).not.toMatch(/taskkill|tskill|wmic/i);
    for (const [, run = ''] of text.matchAll(/nsExec::Exec\S* (.*)/g)) {
      expect(run).toContain('"$INSTDIR\\${APP_EXECUTABLE_FILENAME}"');
    }
  },
);
