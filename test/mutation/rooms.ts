/** What is mutated, by room of `main/`, and the tests that must notice: the room's own, at its own layer. */
export const rooms: Readonly<Record<string, readonly string[]>> = {
  bridge: ['test/unit/bridge/**/*.test.ts'],
  sessions: ['test/unit/sessions/**/*.test.ts'],
  signoff: ['test/unit/signoff/**/*.test.ts'],
  'settings/policy': ['test/unit/policy/**/*.test.ts'],
  presence: ['test/unit/presence/**/*.test.ts'],
  lifecycle: ['test/unit/lifecycle/**/*.test.ts'],
  // Only real sockets reach what goes over the wire.
  chat: [
    'test/unit/chat/**/*.test.ts',
    'test/integration/{chat,site}-*.test.ts',
    'test/integration/network/**/*.test.ts',
  ],
};

/** The environment variable that hands a room's tests to `vitest.config.ts`, as JSON. */
export const testsVariable = 'SIGNOFF_MUTATION_TESTS';
