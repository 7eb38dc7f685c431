import type { Receipt } from '../model/types.ts';
import { words } from '../text/language.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** Whether the server's processing time is negative or exceeds the round trip. */
export function isProcessingImplausible({ server, roundTripMs }: Receipt): boolean {
  const { processingMs } = server;
  return (
    processingMs !== null &&
    (processingMs < 0 || (roundTripMs !== null && processingMs > roundTripMs))
  );
}

/** Whether the clocks are more than a day apart. */
export function isClockImplausible({ clockOffsetMs }: Receipt): boolean {
  return clockOffsetMs !== null && Math.abs(clockOffsetMs) > DAY_MS;
}

/** What is implausible about the server's times, in sentences. */
export function implausibleWords(receipt: Receipt): readonly string[] {
  if (receipt.implausible.length === 0) return [];
  const texts = words.value.results.receipt.implausible;
  const known: string[] = [];
  if (isProcessingImplausible(receipt)) {
    known.push((receipt.server.processingMs ?? 0) < 0 ? texts.negative : texts.longer);
  }
  if (isClockImplausible(receipt)) known.push(texts.clock);
  return known.length > 0 ? known : [texts.other];
}
