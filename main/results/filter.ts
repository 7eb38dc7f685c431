import * as z from 'zod';
import { causeSchema, outcomeSchema, type Receipt } from './receipt.ts';

/** Which receipts are meant; an empty list, text or bound leaves all in. */
export const resultsFilterSchema = z.object({
  /** Every word of it stands in the label, the server, the site or the error; case does not count. */
  text: z.string().max(200),
  outcomes: z.array(outcomeSchema),
  causes: z.array(causeSchema),
  kinds: z.array(z.enum(['agent', 'engagement'])),
  /** Origins, such as `https://chat.example.com`. */
  servers: z.array(z.string()),
  /** Epoch milliseconds of the end of the sign-off, both included. */
  from: z.number().nullable(),
  to: z.number().nullable(),
});
export type ResultsFilter = z.infer<typeof resultsFilterSchema>;

/** Leaves every receipt in. */
export const ALL_RESULTS: ResultsFilter = {
  text: '',
  outcomes: [],
  causes: [],
  kinds: [],
  servers: [],
  from: null,
  to: null,
};

/** Whether the filter leaves a receipt in. Made once for many receipts: it looks only at what the filter names. */
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
    // No word has a line break, so none is found across two of them.
    const said = [label, address.server, address.fqSiteName, error?.code, error?.message];
    const searched = comparable(said.join('\n'));
    return words.every((word) => searched.includes(word));
  };
}

/** Text as people compare it: case, width and how an accent is written make no difference. */
function comparable(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}
