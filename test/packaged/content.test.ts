import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { extractFile, listPackage } from '@electron/asar';
import { FuseState } from '@electron/fuses';
import { expect, test } from 'vitest';
import { fuses, fusesIn } from '../../scripts/package/fuses.ts';
import { packedApp } from './packed.ts';

const { executable, resources } = packedApp();
const archive = path.join(resources, 'app.asar');

test('every fuse that the executable has is as it was decided', async () => {
  const found = await fusesIn(executable);
  expect(found.size).toBeGreaterThanOrEqual(8);
  for (const [name, state] of found) {
    expect([name, state]).toEqual([name, fuses[name] ? FuseState.ENABLE : FuseState.DISABLE]);
  }
});

test('the archive has the three bundles, the tray’s icons and the manifest, and nothing else', () => {
  const files = listPackage(archive, { isPack: false }).map((file) => file.replaceAll('\\', '/'));
  const strangers = files.filter(
    (file) =>
      !/^\/(package\.json|out|out\/(main(\/tray)?|preload|renderer(\/assets)?))$/.test(file) &&
      !/^\/out\/(main\/([\w.-]+\.js|tray\/[\w@-]+\.(png|ico))|preload\/preload\.cjs|renderer\/(index\.html|assets\/[\w.-]+\.(js|css|svg)))$/.test(
        file,
      ),
  );
  expect(strangers).toEqual([]);
  expect(files).toContain('/out/main/main.js');
  expect(files).toContain('/out/main/tray/windows-dark-1.ico');
});

test('no bundle has a source map, or points to one', () => {
  const scripts = listPackage(archive, { isPack: false }).filter((file) =>
    /\.(c?js|css)$/.test(file),
  );
  const withMaps = scripts.filter((file) =>
    /^\/[/*][#@] sourceMappingURL=/m.test(extractFile(archive, file.slice(1)).toString()),
  );
  expect(withMaps).toEqual([]);
});

test('the manifest names no package and no script', () => {
  const manifest: unknown = JSON.parse(extractFile(archive, 'package.json').toString());
  expect(manifest).toMatchObject({ name: 'signoff', productName: 'Signoff' });
  for (const name of ['dependencies', 'devDependencies', 'scripts']) {
    expect(manifest).not.toHaveProperty(name);
  }
});

test("there is no other app, and none of Electron's own, beside the archive", async () => {
  const names = await readdir(resources);
  expect(names.filter((name) => name === 'app' || name === 'default_app.asar')).toEqual([]);
  expect(names.filter((name) => name.endsWith('.asar'))).toEqual(['app.asar']);
});
