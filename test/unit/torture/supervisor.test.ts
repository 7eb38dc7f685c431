import { expect, test } from 'vitest';
import { restartsAfterMs } from '../../torture/supervisor.ts';

test.each([
  { how: 'quit or signed off', code: 0, signal: null, after: null },
  { how: 'failed', code: 1, signal: null, after: 1_000 },
  { how: 'misused', code: 2, signal: null, after: null },
  { how: 'started by the wrong person', code: 3, signal: null, after: null },
  { how: 'killed', code: null, signal: 'SIGKILL', after: 1_000 },
  { how: 'crashed', code: null, signal: 'SIGSEGV', after: 1_000 },
  { how: 'told to go', code: null, signal: 'SIGTERM', after: null },
] as const)('by the unit, an app that was $how is started again after $after ms', (one) => {
  const { code, signal, after } = one;
  expect(restartsAfterMs({ code, signal })).toBe(after);
});
