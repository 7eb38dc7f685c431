import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';

/** The operating system, handed in so that each one's answers can be tested on any. */
export interface MachineSources {
  readonly platform: NodeJS.Platform;
  hostName(): string;
  readFile(path: string): string;
  run(command: string, args: readonly string[]): string;
}

export const systemMachineSources: MachineSources = {
  platform: process.platform,
  hostName: hostname,
  readFile: (file) => readFileSync(file, 'utf8'),
  run: (command, args) => execFileSync(command, args, { encoding: 'utf8', timeout: 10_000 }),
};

/** By machine-id(5). The second is D-Bus's, where there is no systemd. */
const MACHINE_ID_FILES = ['/etc/machine-id', '/var/lib/dbus/machine-id'];

/**
 * Tells this machine from others that share a home or a data folder: 8 hex digits, the same whatever network
 * it is in. It is a hash, because machine-id(5) wants the id itself kept confidential. Where the system has no
 * such id, the host name stands in; a machine whose name changes is then taken for another, whose sessions
 * nobody ends unasked.
 */
export function machineId(sources: MachineSources): string {
  const id = systemId(sources) ?? sources.hostName();
  return createHash('sha256').update(`Signoff on ${id}`).digest('hex').slice(0, 8);
}

function systemId({ platform, readFile, run }: MachineSources): string | null {
  switch (platform) {
    case 'linux':
      return firstFound(MACHINE_ID_FILES, (file) => /^[0-9a-f]{32}$/m.exec(readFile(file))?.[0]);
    case 'darwin':
      // The host name follows the network there, and no file has an id that lasts.
      return firstFound(['/usr/sbin/ioreg'], (ioreg) => {
        const device = run(ioreg, ['-rd1', '-c', 'IOPlatformExpertDevice']);
        return /"IOPlatformUUID" = "([0-9A-F-]+)"/i.exec(device)?.[1];
      });
    default:
      // The name of a Windows computer is its own in its domain, and changes only with a restart. Its
      // MachineGuid is the image's, which desktops cloned from one share, and takes a program to read.
      return null;
  }
}

function firstFound(
  places: readonly string[],
  read: (place: string) => string | undefined,
): string | null {
  for (const place of places) {
    try {
      const found = read(place);
      if (found !== undefined) return found;
    } catch {
      // The same as a place with nothing in it.
    }
  }
  return null;
}
