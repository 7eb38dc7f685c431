import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type Installation, updateObstacle } from '../../../main/shell/updates/installation.ts';
import { nodeAsOrdinaryUser } from '../../support/ordinary-user.ts';
import { tempFolder } from '../../support/temp-folder.ts';

/** An installation in a folder of its own, and what its person may write. */
function installed(parts: Partial<Installation> = {}) {
  const folder = tempFolder();
  const mounted = path.join(folder, 'mounted');
  const appImage = path.join(folder, 'apps', 'Signoff.AppImage');
  mkdirSync(path.join(mounted, 'resources'), { recursive: true });
  mkdirSync(path.dirname(appImage));
  writeFileSync(appImage, '');
  const installation: Installation = {
    platform: 'linux',
    isPackaged: true,
    executable: path.join(mounted, 'signoff'),
    resourcesFolder: path.join(mounted, 'resources'),
    env: { APPIMAGE: appImage, APPDIR: mounted },
    ...parts,
  };
  return { folder, mounted, appImage, installation };
}

describe('an installation', () => {
  test.skipIf(process.platform === 'win32')('updates itself as an AppImage', () => {
    expect(updateObstacle(installed().installation)).toBe(null);
  });

  test('does not where nobody packed it', () => {
    expect(updateObstacle(installed({ isPackaged: false }).installation)).toBe('not-packaged');
  });

  test('does not out of a deb or an rpm, whatever started it', () => {
    const { mounted, installation } = installed();
    writeFileSync(path.join(mounted, 'resources', 'package-type'), 'deb');
    expect(updateObstacle(installation)).toBe('package-manager');
  });

  test('does not out of an archive', () => {
    expect(updateObstacle(installed({ env: {} }).installation)).toBe('archive');
  });

  test('does not out of an archive that another app’s AppImage has started', () => {
    const { installation, folder } = installed();
    const executable = path.join(folder, 'elsewhere', 'signoff');
    expect(updateObstacle({ ...installation, executable })).toBe('archive');
  });

  test('does not on macOS', () => {
    expect(updateObstacle(installed({ platform: 'darwin' }).installation)).toBe('macos');
  });
});

test.skipIf(process.platform === 'win32')(
  'an AppImage that its person may not replace does not',
  () => {
    const { appImage, installation } = installed();
    chmodSync(path.dirname(appImage), 0o555);
    onTestFinished(() => chmodSync(path.dirname(appImage), 0o755));
    const told = nodeAsOrdinaryUser(
      `import(process.argv[1]).then(({ updateObstacle }) =>
        console.log(updateObstacle(JSON.parse(process.argv[2]))))`,
      path.resolve('main/shell/updates/installation.ts'),
      JSON.stringify(installation),
    );
    expect(told).toBe('read-only');
  },
);

test.skipIf(process.platform === 'win32')(
  'an AppImage that is gone from its place does not',
  () => {
    const { installation, folder } = installed();
    const env = { ...installation.env, APPIMAGE: path.join(folder, 'gone.AppImage') };
    expect(updateObstacle({ ...installation, env })).toBe('read-only');
  },
);

describe('on Windows, an installation', () => {
  /** Its executable by Windows' path, which on this system is that of a file in the folder it runs in. */
  function onWindows({ uninstaller = true, below = '' } = {}) {
    const folder = tempFolder();
    const executable = path.join(folder, 'Programs', 'Signoff', 'Signoff.exe');
    mkdirSync(path.dirname(executable), { recursive: true });
    if (uninstaller) {
      writeFileSync(path.join(path.dirname(executable), 'Uninstall Signoff.exe'), '');
    }
    const env = { LOCALAPPDATA: below === '' ? folder : below };
    return installed({ platform: 'win32', executable, env }).installation;
  }

  test('updates itself where the installer put it below the person’s own folder', () => {
    expect(updateObstacle(onWindows())).toBe(null);
  });

  test('does not where it was installed for the machine', () => {
    expect(updateObstacle(onWindows({ below: '/Users/ann/AppData/Local' }))).toBe('per-machine');
  });

  test('does not by an MSI, which leaves no uninstaller', () => {
    expect(updateObstacle(onWindows({ uninstaller: false }))).toBe('msi');
  });
});
