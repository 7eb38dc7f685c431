import { expect, test } from 'vitest';
import { factsOf } from '../../../renderer/results/receipt/receipt-facts.ts';
import { receipt } from '../../support/receipts.ts';

const NAMES = ['Connected to', 'Addresses tried'];

test.each([
  [{ tried: [], connectedTo: null }, []],
  [{ tried: ['192.0.2.1'], connectedTo: '192.0.2.1' }, ['192.0.2.1']],
  [
    { tried: ['2001:db8::1', '192.0.2.1'], connectedTo: '192.0.2.1' },
    ['192.0.2.1', '2001:db8::1, 192.0.2.1'],
  ],
  [{ tried: ['2001:db8::1'], connectedTo: null }, ['2001:db8::1']],
])('the addresses of a server are told as far as they say something: %j', (addresses, told) => {
  const facts = factsOf(receipt(addresses)).filter(({ term }) => NAMES.includes(term));
  expect(facts.map(({ value }) => value)).toEqual(told);
});
