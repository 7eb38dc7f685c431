import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import {
  agentSession,
  askToSignOff,
  engagement,
  hold,
  newDataDir,
  newServer,
  startSignoff,
} from './signoff.ts';
import { drawTrayIcons } from '../../scripts/vite/tray-icons.ts';
import { startTrayHost } from './tray-host.ts';

// The panel is Linux's; on Windows and macOS the same menu stands in Electron's own.
describe.runIf(process.platform === 'linux')('the tray icon', () => {
  test('shows what is held, and signs one off', async () => {
    const tray = await startTrayHost();
    const server = await newServer();
    const dataDir = await newDataDir();
    await startSignoff(dataDir);
    expect(await tray.labels()).toEqual([
      'Nothing held',
      'Sign off all',
      'Open Signoff',
      'Quit and sign off',
    ]);
    await hold(dataDir, agentSession(server, 'front'));
    await hold(dataDir, engagement(server, 'visitor'));
    await expect.poll(() => tray.tooltip()).toContain('Signoff: 2 sessions held');
    await tray.click('Sign off visitor');
    await expect.poll(() => server.sessions.map(({ over }) => over)).toEqual([false, true]);
    await expect.poll(() => tray.labels()).toContain('1 session held');
  });

  test('counts in its icon, whatever the theme', async () => {
    const tray = await startTrayHost();
    const server = await newServer();
    const dataDir = await newDataDir();
    await writeFile(path.join(dataDir, 'settings.json'), JSON.stringify({ appearance: 'dark' }));
    await startSignoff(dataDir);
    const icons = await drawTrayIcons();
    const shapeOf = async (file: string) => {
      const { data, info } = await sharp(icons.get(file)).raw().toBuffer({
        resolveWithObject: true,
      });
      return { width: info.width, alpha: [...data].filter((_, index) => index % 4 === 3) };
    };
    await expect.poll(tray.shape).toEqual(await shapeOf('linux-idle.png'));
    await hold(dataDir, agentSession(server, 'front'));
    await expect.poll(tray.shape).toEqual(await shapeOf('linux-1.png'));
    await hold(dataDir, engagement(server, 'visitor'));
    await expect.poll(tray.shape).toEqual(await shapeOf('linux-2.png'));
    server.fault({ fault: { kind: 'system-error', errorCondition: 'NO', text: 'No.' } });
    await askToSignOff(dataDir);
    await expect.poll(tray.shape).toEqual(await shapeOf('linux-failed.png'));
  });
});
