import { expect, test } from 'vitest';
import { receiptSchema } from '../../../main/results/receipt.ts';
import { receipt } from '../../support/receipts.ts';

test('a receipt from before proxies were told names none', () => {
  const { proxy: _, ...old } = receipt({ proxy: 'proxy.example.com:8080' });
  expect(receiptSchema.parse(old).proxy).toBeNull();
});
