import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import * as z from 'zod';

/** V8's own collector, as `--expose-gc` offers it (https://chromium.googlesource.com/v8/v8/+/main/src/extensions/gc-extension.cc). */
const collector = z.custom<(options: { type: 'major'; flavor: 'last-resort' }) => void>(
  (value) => typeof value === 'function',
);

/**
 * Returns heap memory to the system. V8 grows its heap for the start and for a window, and does not shrink
 * it while the app is idle. Blocks the main thread for some tens of milliseconds.
 */
export function releaseMemory(): void {
  // Only contexts created while the flag is set have it.
  setFlagsFromString('--expose-gc');
  const collect = collector.parse(runInNewContext('gc'));
  setFlagsFromString('--no-expose-gc');
  collect({ type: 'major', flavor: 'last-resort' });
}
