import type { RefusedValue } from '../common/fields.ts';
import type { CallEnd } from './call-end.ts';
import { parseObject } from './reply.ts';
import type { Call, Transport } from './transport.ts';

/**
 * The value that a call asked for, or the end that shows why there is none. That end is a `success` where
 * the reply lacks the value, or has one that is refused.
 */
export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly end: CallEnd; readonly refused?: RefusedValue };

/** What a reply has in place of a value. */
export class Refused {
  readonly refused: RefusedValue;

  constructor(refused: RefusedValue) {
    this.refused = refused;
  }
}

/** Sends a call for a value, which `readValue` reads from the reply's JSON; null where it is missing. */
export async function ask<T>(
  transport: Transport,
  call: Call,
  readValue: (json: object) => T | Refused | null,
  signal: AbortSignal,
): Promise<Answer<T>> {
  let value: T | Refused | null = null;
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
  // Read while the call was under way, which TypeScript does not see.
  const read = value as T | Refused | null;
  if (end.kind !== 'success' || read === null) return { ok: false, end };
  if (read instanceof Refused) return { ok: false, end, refused: read.refused };
  return { ok: true, value: read };
}
