import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { parse } from 'plist';
import { expect, test } from 'vitest';
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
