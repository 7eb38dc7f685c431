import { defineConfig } from 'vitest/config';
import * as z from 'zod';
import { testsVariable } from './rooms.ts';

export default defineConfig({
  test: {
    include: z.array(z.string()).parse(JSON.parse(process.env[testsVariable] ?? '[]')),
    testTimeout: 20_000,
  },
});
