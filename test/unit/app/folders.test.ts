import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { foldersOf, ownDataFolder } from '../../../main/app/folders.ts';

describe('the person’s own data folder', () => {
  const windows = {
    platform: 'win32',
    homeFolder: 'C:\\Users\\ann',
    userData: 'C:\\Users\\ann\\AppData\\Roaming\\Signoff',
  } as const;

  test('is where Electron has it, on Linux and macOS', () => {
    const userData = '/home/ann/.config/Signoff';
    for (const platform of ['linux', 'darwin'] as const) {
      const system = {
        platform,
        env: { LOCALAPPDATA: 'C:\\x' },
        homeFolder: '/home/ann',
        userData,
      };
      expect(ownDataFolder(system)).toBe(userData);
    }
  });

  test('does not roam on Windows', () => {
    const env = { LOCALAPPDATA: 'D:\\Local' };
    expect(ownDataFolder({ ...windows, env })).toBe('D:\\Local\\Signoff');
  });

  test.each([{}, { LOCALAPPDATA: '' }, { LOCALAPPDATA: 'Local' }])(
    'does not roam on Windows where the environment says %j',
    (env) => {
      expect(ownDataFolder({ ...windows, env })).toBe('C:\\Users\\ann\\AppData\\Local\\Signoff');
    },
  );
});

test('a machine’s folder is in the data folder, which the command line may name', () => {
  const own = path.resolve('own');
  expect(foldersOf({ named: null, own, machine: '0123abcd' })).toEqual({
    dataDir: own,
    machineDir: path.join(own, 'machine-0123abcd'),
  });
  expect(foldersOf({ named: 'named', own, machine: '0123abcd' }).machineDir).toBe(
    path.resolve('named', 'machine-0123abcd'),
  );
});
