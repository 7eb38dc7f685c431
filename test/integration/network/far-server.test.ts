import { execFile, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:https';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import { toolScript } from '../../../scripts/tool.ts';
import { logoffTwice } from '../../support/logoff-twice.ts';
import { NAME, privateCa } from '../../support/private-ca.ts';
import { takes } from '../../support/takes.ts';

const ROUND_TRIP_MS = 600;
/** Set for the tests that run in the namespace. */
const isFarAway = process.env['SIGNOFF_FAR_AWAY'] === 'yes';
const HERE = '10.9.0.1';
const FAR = '10.9.0.2';
const BLACK_HOLE = 'fd09::2';

const NAMESPACE = ['--map-root-user', '--net'];
const farNetwork = path.join(import.meta.dirname, '../../support/far_network.py');
const inFarNetwork = (command: readonly string[]): readonly string[] => [
  ...NAMESPACE,
  '/usr/bin/python3',
  farNetwork,
  `${ROUND_TRIP_MS}`,
  ...command,
];
const mayBeFar = isFarAway || spawnSync('unshare', inFarNetwork(['true'])).status === 0;

describe('B1: a server at 600 ms round trip, whose name has a dead address first', () => {
  test.skipIf(!mayBeFar || isFarAway)(
    'is reached, as the test in that network shows',
    takes('a network namespace with a TUN device'),
    async () => {
      const vitest = [process.execPath, toolScript('vitest'), 'run', '--project', 'integration'];
      const command = inFarNetwork([...vitest, 'far-server']);
      const env = { ...process.env, NO_COLOR: '1', SIGNOFF_FAR_AWAY: 'yes' };
      const ran = await promisify(execFile)('unshare', command, { env });
      expect(ran.stdout).toMatch(/Tests +1 passed/);
    },
  );

  test.runIf(isFarAway)(
    'is reached, and the end says by which address',
    takes('that network, in which the test before runs it'),
    async () => {
      const server = await startServer();
      const [first, again] = await logoffTwice(server.url, {
        ca: server.ca,
        addresses: [
          { address: BLACK_HOLE, family: 6 },
          { address: FAR, family: 4 },
        ],
      });
      expect([first.kind, again.kind]).toEqual(['success', 'success']);
      expect([first.addresses, again.addresses]).toEqual([
        { tried: [BLACK_HOLE, FAR], connectedTo: FAR },
        { tried: [FAR], connectedTo: FAR },
      ]);
      // A second for the dead address, and a round trip each for the connection, its TLS and the request.
      expect(first.times.phases.total).toBeGreaterThan(1_000 + 3 * ROUND_TRIP_MS - 50);
    },
  );
});

async function startServer(): Promise<{ url: string; ca: string }> {
  const ca = privateCa();
  const server = createServer(ca.issue(), (_, response) => response.end('{"chatLogoffResult":{}}'));
  server.listen(0, HERE);
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no TCP port');
  return { url: `https://${NAME}:${address.port}`, ca: ca.file };
}
