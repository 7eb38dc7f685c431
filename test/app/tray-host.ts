import { onTestFinished } from 'vitest';
import { openTrayHost, type TrayHost } from '../support/tray-host.ts';
import type { After } from './signoff.ts';

/** A desktop's panel. */
export async function startTrayHost(after: After = onTestFinished): Promise<TrayHost> {
  const tray = await openTrayHost();
  after(() => tray.close());
  return tray;
}
