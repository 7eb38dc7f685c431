import { beforeAll } from 'vitest';
import { openPrivateDesktop } from '../../scripts/private-desktop.ts';

/** What Electron has to be told, before the app's folder, so that it finds the private desktop's keyring. */
export const electronArgs: string[] = [];

// Every file of tests has a desktop of its own, so that they never touch the person's, nor one another's.
if (process.platform === 'linux') {
  beforeAll(async () => {
    const desktop = await openPrivateDesktop();
    for (const [name, value] of Object.entries(desktop.env)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
    electronArgs.push(...desktop.electronArgs);
    return () => desktop.close();
  });
}
