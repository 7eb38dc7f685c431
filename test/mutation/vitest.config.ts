import { configDefaults, defineConfig } from 'vitest/config';
import * as z from 'zod';
import { testsVariable } from './rooms.ts';

export default defineConfig({
  test: {
    include: z.array(z.string()).parse(JSON.parse(process.env[testsVariable] ?? '[]')),
    // Properties are tried some hundred times, too often to do so for every mutant. What they alone would
    // notice deserves an example.
    exclude: [...configDefaults.exclude, '**/{*.property,properties}.test.ts'],
    testTimeout: 20_000,
    expect: { poll: { timeout: 10_000 } },
  },
});
