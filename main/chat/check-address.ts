import { randomUUID } from 'node:crypto';
import type { Address } from './address.ts';
import { logoff } from './agent-api.ts';
import { type CallEnd, codeOf, type FailedCallEnd } from './call-end.ts';
import type { Transport } from './transport.ts';

/**
 * What the chat server says of an address; `message` is for people and holds no secret, `code` names it
 * for who says it in another language: the server's own, or one of `codeOf`.
 */
export type AddressCheck =
  | { readonly ok: true; readonly roundTripMs: number }
  | {
      readonly ok: false;
      /** `unclear` where a chat server answered, but not in a way that tells. */
      readonly wrong: 'host' | 'site' | 'pool' | 'unclear';
      readonly code: string;
      readonly message: string;
    };

/**
 * Finds out whether a chat server knows this site and pool. The API has no call for it; so a session
 * that cannot exist is logged off, without force, and what the server says to that tells: 403 means
 * that site and pool are known and only the session is not. Where it says something else, the same
 * without the pool shows whether the pool is to blame. Nothing can be ended by it.
 */
export async function checkAddress(
  transport: Transport,
  address: Address,
  signal: AbortSignal,
): Promise<AddressCheck> {
  const first = await ask(transport, address, signal);
  if (isKnown(first)) return { ok: true, roundTripMs: first.times.phases.total ?? 0 };
  const said = verdict(first);
  if (said.wrong === 'host' || address.pool === null) return said;
  const withoutPool = await ask(transport, { ...address, pool: null }, signal);
  return isKnown(withoutPool) ? { ...said, wrong: 'pool' } : said;
}

function ask(transport: Transport, address: Address, signal: AbortSignal): Promise<CallEnd> {
  return logoff(
    transport,
    {
      address,
      accountId: '0',
      sessionId: `address-check-${randomUUID()}`,
      forceLogoff: false,
      sequenceNumber: 1n,
      timeCreated: Date.now(),
    },
    signal,
  );
}

/** Whether the server turned down nothing but the session. */
function isKnown(end: CallEnd): boolean {
  return end.kind === 'exception' && end.status === 403;
}

function verdict(end: CallEnd): Extract<AddressCheck, { ok: false }> {
  if (end.kind === 'success') {
    const message = 'The server confirmed what it cannot know.';
    return { ok: false, wrong: 'unclear', code: '', message };
  }
  return { ok: false, wrong: wrongOf(end), code: codeOf(end), message: end.message };
}

function wrongOf(end: FailedCallEnd): 'host' | 'site' | 'unclear' {
  switch (end.kind) {
    case 'no-reply':
    case 'timed-out':
    case 'not-this-api':
    case 'too-large':
      return 'host';
    case 'exception':
      return end.status === 404 ? 'site' : 'unclear';
    case 'system-error':
      return 'unclear';
  }
}
