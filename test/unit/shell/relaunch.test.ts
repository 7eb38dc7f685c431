import path from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createRelaunch } from '../../../main/shell/relaunch.ts';

/** What the app is started again by, where this was its command line and that its environment. */
function relaunched(args: readonly string[], { hidden = false, env = {} } = {}) {
  const { argv } = process;
  process.argv = [process.execPath, ...args];
  for (const [name, value] of Object.entries<string>(env)) vi.stubEnv(name, value);
  onTestFinished(() => {
    process.argv = argv;
    vi.unstubAllEnvs();
  });
  const asked: unknown[] = [];
  createRelaunch({ relaunch: (options) => void asked.push(options) })(hidden);
  return asked;
}

test('the app is started again as whoever started it while it went has it', () => {
  const own = ['--user-data-dir=/data', '--hidden', '--at-login', '--updated'];
  const execPath = process.execPath;
  expect(relaunched(own)).toEqual([{ args: ['--user-data-dir=/data'], execPath }]);
  expect(relaunched(own, { hidden: true })).toEqual([
    { args: ['--user-data-dir=/data', '--hidden'], execPath },
  ]);
});

test('started by another app that is an AppImage, it is not that one that is started', () => {
  const env = { APPIMAGE: '/home/ann/Other', APPDIR: '/tmp/.mount_Other' };
  expect(relaunched([], { env })).toMatchObject([{ execPath: process.execPath }]);
});

test('an AppImage is started itself', () => {
  const env = { APPIMAGE: '/home/ann/Signoff.AppImage', APPDIR: path.dirname(process.execPath) };
  expect(relaunched([], { env })).toMatchObject([{ execPath: '/home/ann/Signoff.AppImage' }]);
});
