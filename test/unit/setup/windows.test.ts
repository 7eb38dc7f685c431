import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { nodeForWindows } from '../../../scripts/setup/windows.mjs';

test('Windows’ Node in the tests is the one that the other tests run on', () => {
  const { devDependencies } = z
    .object({ devDependencies: z.object({ node: z.string() }) })
    .parse(JSON.parse(readFileSync('package.json', 'utf8')));
  expect(nodeForWindows.version).toBe(devDependencies.node);
});
