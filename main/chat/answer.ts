import type { CallEnd } from './call-end.ts';
import { parseObject } from './reply.ts';
import type { Call, Transport } from './transport.ts';

/**
 * The value that a call asked for, or the end that shows why there is none. That end is a `success` where
 * the reply lacks the value.
 */
export type Answer<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly end: CallEnd };

/** Sends a call for a value, which `readValue` reads from the reply's JSON; null where it is missing. */
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
        return call.readReply(body, json);
      },
    },
    signal,
  );
  return end.kind === 'success' && value !== null ? { ok: true, value } : { ok: false, end };
}
