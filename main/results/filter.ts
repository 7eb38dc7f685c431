import * as z from 'zod';
import { causeSchema, outcomeSchema, type Receipt } from './receipt.ts';

/** Selects receipts; an empty list, text or bound matches all. */
export const resultsFilterSchema = z.object({
  /** Words that all occur in the label, the server, the site or the error; case is ignored. */
  text: z.string().max(200),
  outcomes: z.array(outcomeSchema),
  causes: z.array(causeSchema),
  kinds: z.array(z.enum(['agent', 'engagement'])),
  /** Origins, such as `https://chat.example.com`. */
  servers: z.array(z.string()),
  /** Epoch milliseconds of the end of the sign-off, inclusive. */
  from: z.number().nullable(),
  to: z.number().nullable(),
});
export type ResultsFilter = z.infer<typeof resultsFilterSchema>;

export const ALL_RESULTS: ResultsFilter = {
  text: '',
  outcomes: [],
  causes: [],
  kinds: [],
  servers: [],
  from: null,
  to: null,
};

/** Whether a receipt matches. Made once for many receipts: only the criteria that are set are tested. */
export function matcherOf(filter: ResultsFilter): (receipt: Receipt) => boolean {
  const tests = [
    oneOf(filter.outcomes, (receipt) => receipt.outcome),
    oneOf(filter.causes, (receipt) => receipt.cause),
    oneOf(filter.kinds, (receipt) => receipt.kind),
    oneOf(filter.servers, (receipt) => receipt.address.server),
    between(filter.from, filter.to),
    everyWordOf(filter.text),
  ].filter((test) => test !== null);
  return (receipt) => tests.every((test) => test(receipt));
}

type Test = (receipt: Receipt) => boolean;

function oneOf<T>(wanted: readonly T[], of: (receipt: Receipt) => T): Test | null {
  if (wanted.length === 0) return null;
  const set = new Set(wanted);
  return (receipt) => set.has(of(receipt));
}

function between(from: number | null, to: number | null): Test | null {
  if (from === null && to === null) return null;
  return ({ finishedAt }) => {
    const time = Date.parse(finishedAt);
    return (from === null || time >= from) && (to === null || time <= to);
  };
}

function everyWordOf(text: string): Test | null {
  const words = comparable(text)
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return null;
  return ({ label, address, error }) => {
    // No word contains a line break, so none matches across two fields.
    const said = [label, address.server, address.fqSiteName, error?.code, error?.message];
    const searched = comparable(said.join('\n'));
    return words.every((word) => searched.includes(word));
  };
}

/** Ignores case, width and the encoding of accents. */
function comparable(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}
