import { expect, test } from 'vitest';
import { machineId, type MachineSources } from '../../../main/lifecycle/machine.ts';

const ID = '3d1219c7c4c5404aaa1f6d2a48adfda4';
const IOREG = `+-o J314sAP  <class IOPlatformExpertDevice, id 0x10000023d>
    {
      "IOPlatformUUID" = "0B8F7A3E-6C5D-5E1B-9A53-1C2D3E4F5A6B"
    }
`;

/** A machine on which these files and programs are all that there is. */
function machine(
  platform: NodeJS.Platform,
  { hostName = 'front-07', files = {}, programs = {} } = {},
): MachineSources {
  const from = (what: Record<string, string>, name: string): string => {
    if (what[name] === undefined) throw new Error(`ENOENT: ${name}`);
    return what[name];
  };
  return {
    platform,
    hostName: () => hostName,
    readFile: (file) => from(files, file),
    run: (command) => from(programs, command),
  };
}

const linux = (id: string, hostName?: string): string =>
  machineId(machine('linux', { hostName, files: { '/etc/machine-id': `${id}\n` } }));

test.each([
  ['systemd’s', machine('linux', { files: { '/etc/machine-id': `${ID}\n` } })],
  [
    'D-Bus’s, where there is no systemd',
    machine('linux', { files: { '/var/lib/dbus/machine-id': ID } }),
  ],
  [
    'D-Bus’s, while systemd has none yet',
    machine('linux', {
      files: { '/etc/machine-id': 'uninitialized\n', '/var/lib/dbus/machine-id': `${ID}\n` },
    }),
  ],
])('on Linux it is made of %s, which it does not show', (_, sources) => {
  expect(machineId(sources)).toBe(linux(ID));
  expect(machineId(sources)).toMatch(/^[0-9a-f]{8}$/);
  expect(ID).not.toContain(machineId(sources));
});

test('it differs from machine to machine, and not with the name that a network gives', () => {
  expect(linux('f'.repeat(32))).not.toBe(linux(ID));
  expect(linux(ID, 'dhcp-17.example.com')).toBe(linux(ID, 'front-07'));
});

test('on a Mac it is made of the hardware’s id, whatever the network calls it', () => {
  const mac = (hostName: string, uuid = IOREG): string =>
    machineId(machine('darwin', { hostName, programs: { '/usr/sbin/ioreg': uuid } }));
  expect(mac('Anns-Mac.local')).toBe(mac('Anns-Mac-2.fritz.box'));
  expect(mac('Anns-Mac.local')).not.toBe(mac('Anns-Mac.local', IOREG.replace('0B8F', '0B8E')));
});

test.each(['win32', 'linux', 'darwin'] as const)(
  'on %s the host name stands in where there is nothing better',
  (platform) => {
    const named = (hostName: string): string => machineId(machine(platform, { hostName }));
    expect(named('FRONT-07')).toBe(named('FRONT-07'));
    expect(named('FRONT-07')).not.toBe(named('FRONT-08'));
  },
);
