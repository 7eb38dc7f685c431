import type { TestProject } from 'vitest/node';
import { openPrivateDesktop } from '../../scripts/private-desktop.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** What Electron has to be told so that it finds the private desktop's keyring. */
    electronArgs: string[];
  }
}

/** Puts the app's tests on a desktop of their own, so that they never touch the person's. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  if (process.platform !== 'linux') {
    project.provide('electronArgs', []);
    return async () => undefined;
  }
  const desktop = await openPrivateDesktop();
  // The workers inherit the environment of this process.
  Object.assign(process.env, desktop.env);
  delete process.env['WAYLAND_DISPLAY'];
  project.provide('electronArgs', desktop.electronArgs);
  return () => desktop.close();
}
