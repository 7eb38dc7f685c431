import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { systemTools } from '../../../scripts/package/system-tools.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'signoff-tools-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
for (const name of ['dpkg-deb', '7za', 'makensis']) {
  writeFileSync(path.join(folder, name), '');
  chmodSync(path.join(folder, name), 0o755);
}
const env = { PATH: folder };

test("the system's own tools are used where they are there", () => {
  expect(systemTools('deb', env, 'linux')).toEqual({
    ELECTRON_BUILDER_7ZIP_PATH: path.join(folder, '7za'),
    CUSTOM_FPM_PATH: path.resolve('scripts/package/fpm.ts'),
  });
});

test("an installer for Windows is made on Linux by the system's NSIS", () => {
  expect(systemTools('nsis', env, 'linux')).toEqual({
    ELECTRON_BUILDER_7ZIP_PATH: path.join(folder, '7za'),
    ELECTRON_BUILDER_NSIS_DIR: path.resolve('scripts/package/nsis'),
  });
  expect(systemTools('nsis', env, 'win32')).toEqual({});
});

test('where they are not, electron-builder is left to fetch its own', () => {
  expect(systemTools('rpm', env, 'linux')).not.toHaveProperty('CUSTOM_FPM_PATH');
  expect(systemTools('deb', { PATH: '' }, 'linux')).toEqual({});
});

test('what somebody has set stands', () => {
  const set = { ...env, CUSTOM_FPM_PATH: '/usr/local/bin/fpm' };
  expect(systemTools('deb', set, 'linux')).not.toHaveProperty('CUSTOM_FPM_PATH');
});
