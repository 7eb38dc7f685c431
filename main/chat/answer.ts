import type { CallEnd } from './call-end.ts';
import { parseObject } from './reply.ts';
import type { Call, Transport } from './transport.ts';

/**
 * What a call that asks for something ended with: what was asked for, or the end that shows why not. That
 * end is a `success` where the server answered well, but without it.
 */
export type Answer<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly end: CallEnd };

/**
 * Sends a call whose reply holds what is asked for. `readValue` takes that out of the reply's JSON, or
 * gives null where it is not there.
 */
export async function ask<T>(
  transport: Transport,
  call: Call,
  readValue: (json: object) => T | null,
  signal: AbortSignal,
): Promise<Answer<T>> {
  let value: T | null = null;
  const end = await transport(
    {
      ...call,
      readReply(body) {
        const json = parseObject(body);
        value = json === null ? null : readValue(json);
        return call.readReply(body);
      },
    },
    signal,
  );
  return end.kind === 'success' && value !== null ? { ok: true, value } : { ok: false, end };
}
