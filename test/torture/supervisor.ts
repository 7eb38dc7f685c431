import { readFileSync } from 'node:fs';
import type { Exit } from '../../scripts/signoff.ts';

/** What a service manager takes for a good end, however the unit is written: a signal that asks it to go. */
const ASKED_TO_GO: ReadonlySet<NodeJS.Signals | null> = new Set<NodeJS.Signals>([
  'SIGHUP',
  'SIGINT',
  'SIGTERM',
  'SIGPIPE',
]);

/**
 * Stands in for the operating system's supervisor, by what the packages' own unit says: after how many milliseconds an
 * app that ended so is started again; null if it is not. Throws where the unit says something else than this knows.
 */
export function restartsAfterMs({ code, signal }: Exit): number | null {
  const unit = readFileSync('build/linux/signoff.service', 'utf8');
  const saying = (key: string): string => {
    const [, value] = new RegExp(`^${key}=(.*)$`, 'm').exec(unit) ?? [];
    if (value === undefined) throw new Error(`The unit does not say ${key}.`);
    return value;
  };
  if (saying('Restart') !== 'on-failure') throw new Error('The unit restarts otherwise.');
  if (code === 0 || ASKED_TO_GO.has(signal)) return null;
  const prevented = saying('RestartPreventExitStatus').split(' ').map(Number);
  return code !== null && prevented.includes(code) ? null : Number(saying('RestartSec')) * 1_000;
}
