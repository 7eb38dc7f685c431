import { expect, test } from 'vitest';
import { causeSchema, outcomeSchema } from '../../../main/results/receipt.ts';
import { matcherOf, type ResultsFilter } from '../../../main/results/filter.ts';
import { matches } from '../../../renderer/model/results-filter.ts';
import fc from '../../support/property.ts';
import { receipt } from '../../support/receipts.ts';

const SERVERS = ['https://a.example.com', 'https://b.example.com'];
const word = fc.constantFrom(
  'Ann',
  'ANN',
  'ann',
  'ä',
  'a\u0308',
  'site',
  'Busy',
  '１',
  '1',
  'x',
  ' ',
);
const words = fc.array(word, { maxLength: 4 }).map((all) => all.join(' '));
const someOf = <T>(all: readonly T[]) => fc.subarray([...all], { maxLength: 2 });
const time = fc.integer({ min: 0, max: 10 });

const filter: fc.Arbitrary<ResultsFilter> = fc.record({
  text: words,
  outcomes: someOf(outcomeSchema.options),
  causes: someOf(causeSchema.options),
  kinds: someOf(['agent', 'engagement'] as const),
  servers: someOf(SERVERS),
  from: fc.option(time),
  to: fc.option(time),
});
const anyReceipt = fc
  .record({
    label: words,
    outcome: fc.constantFrom(...outcomeSchema.options),
    cause: fc.constantFrom(...causeSchema.options),
    kind: fc.constantFrom('agent' as const, 'engagement' as const),
    address: fc.record({ server: fc.constantFrom(...SERVERS), fqSiteName: words }),
    finishedAt: time.map((ms) => new Date(ms).toISOString()),
    error: fc.option(fc.record({ code: words, message: words, status: fc.constant(null) })),
  })
  .map(receipt);

test('the window filters what it is told of by and by as the main process filters what is stored', () => {
  fc.assert(
    fc.property(filter, anyReceipt, (chosen, one) => {
      expect(matches(chosen, one)).toBe(matcherOf(chosen)(one));
    }),
    { numRuns: 2_000 },
  );
});
