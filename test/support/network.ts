import { createNetwork, type Network, type NetworkSettings } from '../../main/chat/network.ts';
import { type Resolve, systemResolve } from '../../main/chat/server-addresses.ts';
import { createTransport, type Transport } from '../../main/chat/transport.ts';
import { systemClock } from '../../main/common/clock.ts';

/** What a network does where nothing is set and the system names no proxy. */
export const NOTHING_SET: NetworkSettings = {
  proxy: 'direct',
  extraCaCertificates: '',
  clientCertificate: '',
};

/** The app's own network with these settings, on a machine whose PAC answers `systemProxy`. */
export function networkWith(
  settings: Partial<NetworkSettings> | (() => NetworkSettings) = {},
  parts: {
    /** The PAC's. */
    resolve?: (url: string) => Promise<string>;
    /** The system's of names, if not told. */
    resolveName?: Resolve;
    onProblem?: (problem: string) => void;
  } = {},
): Network {
  return createNetwork({
    settings: typeof settings === 'function' ? settings : () => ({ ...NOTHING_SET, ...settings }),
    systemProxy: { resolve: parts.resolve ?? (async () => 'DIRECT'), keepReady: () => undefined },
    resolveName: parts.resolveName ?? systemResolve,
    clock: systemClock,
    onProblem: parts.onProblem ?? (() => undefined),
  });
}

/** The app's own transport, straight to every server unless the network says otherwise. */
export function transportOver(network: Network = networkWith()): Transport {
  return createTransport({ userAgent: 'Signoff/0.0.0 (test)', routes: network.routes });
}
