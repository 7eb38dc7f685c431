import { expect, test } from 'vitest';
import { releaseMemory } from '../../../main/shell/release-memory.ts';

test('what is left behind is given back to the system', () => {
  let kept: unknown[] = Array.from({ length: 500_000 }, (_, index) => ({ index }));
  const grown = process.memoryUsage().heapTotal;
  expect(kept).toHaveLength(500_000);
  kept = [];
  releaseMemory();
  expect(process.memoryUsage().heapTotal).toBeLessThan(grown - 10_000_000);
  expect(kept).toEqual([]);
});

test('nobody else gets hold of the collector', () => {
  releaseMemory();
  expect('gc' in globalThis).toBe(false);
});
