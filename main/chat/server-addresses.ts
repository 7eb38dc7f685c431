import type { LookupAddress } from 'node:dns';
import { lookup as lookUp } from 'node:dns/promises';
import type { LookupFunction } from 'node:net';
import { callbackify } from 'node:util';
import { type Clock, within } from '../common/clock.ts';

/** All addresses of a name, of both families. Rejects as `dns.lookup` does. */
export type Resolve = (hostname: string) => Promise<readonly LookupAddress[]>;

export const systemResolve: Resolve = (hostname) => lookUp(hostname, { all: true });

/** The addresses of servers and proxies as earlier requests have learnt them. Nothing is looked up unasked. */
export interface ServerAddresses {
  /** For `net.connect`. The address that was reached last comes first. */
  readonly lookup: LookupFunction;
  /** A connection was made to this address of the name. */
  reached(hostname: string, address: string): void;
  /** No connection could be made: the name is looked up anew the next time. */
  failed(hostname: string): void;
}

/** In which an address is used without asking. Who answers there is shown by the certificate all the same. */
const FRESH_MS = 5 * 60_000;
/** After which an older address is better than none. */
const RESOLVER_LIMIT_MS = 500;

interface Learnt {
  readonly addresses: readonly LookupAddress[];
  /** Epoch milliseconds, by a clock that goes on while the machine sleeps. */
  readonly at: number;
}

export function createServerAddresses(parts: { resolve: Resolve; clock: Clock }): ServerAddresses {
  const { resolve, clock } = parts;
  const learnt = new Map<string, Learnt>();
  const lastReached = new Map<string, string>();
  /** One question for a name at a time: the runtime has few threads to ask on, and sessions end together. */
  const asked = new Map<string, Promise<readonly LookupAddress[]>>();

  const ask = async (hostname: string): Promise<readonly LookupAddress[]> => {
    try {
      const addresses = await resolve(hostname);
      learnt.set(hostname, { addresses, at: clock.now() });
      return addresses;
    } finally {
      asked.delete(hostname);
    }
  };

  const lookUpAnew = (hostname: string): Promise<readonly LookupAddress[]> => {
    const answer = asked.get(hostname) ?? ask(hostname);
    asked.set(hostname, answer);
    return answer;
  };

  const addressesOf = async (hostname: string): Promise<readonly LookupAddress[]> => {
    const known = learnt.get(hostname);
    if (known === undefined) return lookUpAnew(hostname);
    if (Math.abs(clock.now() - known.at) < FRESH_MS) return known.addresses;
    try {
      return (await within(clock, RESOLVER_LIMIT_MS, lookUpAnew(hostname))) ?? known.addresses;
    } catch {
      return known.addresses; // The resolver may be what is out of order, not the server.
    }
  };

  const lastReachedFirst = (hostname: string, addresses: readonly LookupAddress[]) => {
    const isLast = ({ address }: LookupAddress): boolean => address === lastReached.get(hostname);
    return addresses.toSorted((a, b) => Number(isLast(b)) - Number(isLast(a)));
  };

  return {
    lookup(hostname, { all }, callback) {
      callbackify(addressesOf)(hostname, (error, addresses) => {
        if (error !== null) {
          callback(error, '');
          return;
        }
        const [first, ...others] = lastReachedFirst(hostname, addresses);
        if (first === undefined) callback(noAddress(hostname), '');
        else if (all === true) callback(null, [first, ...others]);
        else callback(null, first.address, first.family);
      });
    },
    reached: (hostname, address) => void lastReached.set(hostname, address),
    failed(hostname) {
      lastReached.delete(hostname);
      const known = learnt.get(hostname);
      if (known !== undefined) learnt.set(hostname, { ...known, at: -Infinity });
    },
  };
}

function noAddress(hostname: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${hostname} has no address`), { code: 'ENOTFOUND' });
}
