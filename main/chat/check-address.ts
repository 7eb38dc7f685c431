import { randomUUID } from 'node:crypto';
import type { Address } from './address.ts';
import { logoff } from './agent-api.ts';
import { type CallEnd, codeOf, type FailedCallEnd } from './call-end.ts';
import type { Transport } from './transport.ts';

/** Whether an address is right. `message` is for people, without secrets; `code`, as of `codeOf`, for translation. */
export type AddressCheck =
  | { readonly ok: true; readonly roundTripMs: number }
  | {
      readonly ok: false;
      /** `unclear`: a chat server answered, but not in a way that tells. */
      readonly wrong: 'host' | 'site' | 'pool' | 'unclear';
      readonly code: string;
      readonly message: string;
    };

/**
 * Checks whether a chat server knows this site and pool. The API has no call for that, so a session that
 * cannot exist is logged off without force: 403 means that only the session is unknown. After another
 * answer, a second try without the pool shows whether the pool is wrong. Ends no session.
 */
export async function checkAddress(
  transport: Transport,
  address: Address,
  signal: AbortSignal,
): Promise<AddressCheck> {
  const first = await probe(transport, address, signal);
  if (isKnown(first)) return { ok: true, roundTripMs: first.times.phases.total ?? 0 };
  const failure = failureOf(first);
  if (failure.wrong === 'host' || address.pool === null) return failure;
  const withoutPool = await probe(transport, { ...address, pool: null }, signal);
  return isKnown(withoutPool) ? { ...failure, wrong: 'pool' } : failure;
}

function probe(transport: Transport, address: Address, signal: AbortSignal): Promise<CallEnd> {
  const request = {
    address,
    accountId: '0',
    sessionId: `address-check-${randomUUID()}`,
    forceLogoff: false,
    sequenceNumber: 1n,
    timeCreated: Date.now(),
  };
  return logoff(transport, request, signal);
}

/** Whether the server refused nothing but the session. */
function isKnown(end: CallEnd): boolean {
  return end.kind === 'exception' && end.status === 403;
}

function failureOf(end: CallEnd): Extract<AddressCheck, { ok: false }> {
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
    case 'unconfirmed':
    case 'system-error':
      return 'unclear';
  }
}
