import { onTestFinished } from 'vitest';
import { openTrayHost, type TrayHost } from '../support/tray-host.ts';

/** A desktop's panel, which goes away with the test. */
export async function startTrayHost(): Promise<TrayHost> {
  const tray = await openTrayHost();
  onTestFinished(() => tray.close());
  return tray;
}
