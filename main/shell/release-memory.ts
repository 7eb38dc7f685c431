import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import * as z from 'zod';

/** V8's own collector, as `--expose-gc` offers it (https://chromium.googlesource.com/v8/v8/+/main/src/extensions/gc-extension.cc). */
const collector = z.custom<(options: { type: 'major'; flavor: 'last-resort' }) => void>(
  (value) => typeof value === 'function',
);

/**
 * Gives the system back what start-up or a window has left behind: V8 grows its heap for them and, in an
 * app that then rests, never comes round to making it small again. Takes some tens of milliseconds of the
 * main thread: only for when nothing is under way.
 */
export function releaseMemory(): void {
  // Only contexts made while the flag is set can call it; there is no other way to ask for this.
  setFlagsFromString('--expose-gc');
  const collect = collector.parse(runInNewContext('gc'));
  setFlagsFromString('--no-expose-gc');
  collect({ type: 'major', flavor: 'last-resort' });
}
