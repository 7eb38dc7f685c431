import { once } from 'node:events';
import { createServer } from 'node:net';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { missingDisplay } from '../../../main/lifecycle/display.ts';
import { tempFolder } from '../../support/temp-folder.ts';

async function listenAt(at: { path: string } | { port: number; host: string }) {
  const server = createServer((socket) => socket.destroy()).listen(at);
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return server.address();
}

describe.skipIf(process.platform === 'win32')('a display', () => {
  test('is missing where none is named', async () => {
    expect(await missingDisplay({ DISPLAY: '' })).toBe(
      'There is no display: neither DISPLAY nor WAYLAND_DISPLAY is set.',
    );
  });

  test('is missing where nothing answers, by all that is named', async () => {
    const env = { DISPLAY: ':4711.0', WAYLAND_DISPLAY: 'wayland-9', XDG_RUNTIME_DIR: tempFolder() };
    expect(await missingDisplay(env)).toBe(
      'There is no display: WAYLAND_DISPLAY is wayland-9, DISPLAY is :4711.0, where nothing answers.',
    );
  });

  test('of Wayland is found in its runtime folder, or by its whole path', async () => {
    const folder = tempFolder();
    const socket = path.join(folder, 'wayland-1');
    await listenAt({ path: socket });
    expect(
      await missingDisplay({ WAYLAND_DISPLAY: 'wayland-1', XDG_RUNTIME_DIR: folder }),
    ).toBeNull();
    expect(await missingDisplay({ WAYLAND_DISPLAY: socket, DISPLAY: ':4711' })).toBeNull();
  });

  test('of X is found on this machine and on another', async () => {
    const address = await listenAt({ port: 6_097, host: '127.0.0.1' });
    expect(address).toMatchObject({ port: 6_097 });
    expect(await missingDisplay({ DISPLAY: '127.0.0.1:97.0' })).toBeNull();
    expect(await missingDisplay({ DISPLAY: 'junk' })).toContain('DISPLAY is junk');
  });
});
