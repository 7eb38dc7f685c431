import { describe, expect, test } from 'vitest';
import { causeSchema, outcomeSchema, type Receipt } from '../../../main/results/receipt.ts';
import {
  ALL_RESULTS,
  matcherOf,
  type ResultsFilter,
  resultsFilterSchema,
} from '../../../main/results/filter.ts';
import fc from '../../support/property.ts';
import { failedReceipt, receipt } from '../../support/receipts.ts';

function matches(filter: Partial<ResultsFilter>, of: Receipt): boolean {
  return matcherOf({ ...ALL_RESULTS, ...filter })(of);
}

test('the filter for all of them is a filter', () => {
  expect(resultsFilterSchema.parse(ALL_RESULTS)).toEqual(ALL_RESULTS);
});

test('the filter for all of them leaves every receipt in', () => {
  expect([receipt(), failedReceipt()].map(matcherOf(ALL_RESULTS))).toEqual([true, true]);
});

describe('a list leaves in what it names', () => {
  test.for(outcomeSchema.options)('outcome %s', (outcome) => {
    const left = outcomeSchema.options.filter((one) =>
      matches({ outcomes: [outcome] }, receipt({ outcome: one })),
    );
    expect(left).toEqual([outcome]);
  });

  test('causes, any of several', () => {
    const left = causeSchema.options.filter((cause) =>
      matches({ causes: ['quit', 'lock'] }, receipt({ cause })),
    );
    expect(left).toEqual(['quit', 'lock']);
  });

  test('a kind', () => {
    const left = (['agent', 'engagement'] as const).filter((kind) =>
      matches({ kinds: ['engagement'] }, receipt({ kind })),
    );
    expect(left).toEqual(['engagement']);
  });

  test('a server, by its whole origin', () => {
    const { address } = receipt();
    const left = ['https://chat.example.com', 'https://chat.example.com:8443'].filter((server) =>
      matches(
        { servers: ['https://chat.example.com'] },
        receipt({ address: { ...address, server } }),
      ),
    );
    expect(left).toEqual(['https://chat.example.com']);
  });
});

test.for<[from: string | null, to: string | null, left: boolean]>([
  [null, null, true],
  ['2026-07-01T12:00:00.000Z', null, true],
  ['2026-07-01T12:00:00.001Z', null, false],
  [null, '2026-07-01T12:00:00.000Z', true],
  [null, '2026-07-01T11:59:59.999Z', false],
  ['2026-07-01T12:00:00.000Z', '2026-07-01T12:00:00.000Z', true],
  ['2026-07-02T00:00:00.000Z', '2026-06-01T00:00:00.000Z', false],
])('from %s to %s leaves in what ended at noon: %s', ([from, to, left]) => {
  const bounds = [from, to].map((bound) => (bound === null ? null : Date.parse(bound)));
  expect(
    matches(
      { from: bounds[0] ?? null, to: bounds[1] ?? null },
      receipt({ finishedAt: '2026-07-01T12:00:00.000Z' }),
    ),
  ).toBe(left);
});

describe('text', () => {
  const made = failedReceipt({
    label: 'Zoë at the front desk',
    address: { server: 'https://chat.example.com', fqSiteName: 'day001' },
    error: { code: 'BUSY', message: 'There are chats.', status: 200 },
  });

  test.for([
    'zoë',
    'ZOË',
    'Zoe\u0308',
    'front',
    'desk front',
    'example.com',
    'day001',
    'busy',
    'chats day001 zoë',
    '  front  ',
    ' ',
  ])('%j is found', (text) => {
    expect(matches({ text }, made)).toBe(true);
  });

  test.for(['Bob', 'front back', 'deskhttps', 'agent', 'quit'])('%j is not', (text) => {
    expect(matches({ text }, made)).toBe(false);
  });

  test('is found in full-width writing', () => {
    expect(matches({ text: 'desk3' }, receipt({ label: 'ＤＥＳＫ３' }))).toBe(true);
  });

  test('of the label is found, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 100 }), (label) => {
        expect(matches({ text: label }, receipt({ label }))).toBe(true);
      }),
    );
  });
});

test('everything that a filter names must hold', () => {
  const both: Partial<ResultsFilter> = { outcomes: ['refused'], causes: ['asked'] };
  const left = [
    receipt({ outcome: 'refused', cause: 'asked' }),
    receipt({ outcome: 'refused', cause: 'quit' }),
    receipt({ outcome: 'ended', cause: 'asked' }),
  ].map((one) => matches(both, one));
  expect(left).toEqual([true, false, false]);
});
