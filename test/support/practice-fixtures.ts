import type { PracticeServer, PracticeServerOptions } from '../../simulator/practice-server.ts';

type Start = (options?: PracticeServerOptions) => Promise<PracticeServer>;
type Use<T> = (value: T) => Promise<void>;

/** What a test has of the practice server: one, and what starts more. All of them go away with it. */
export interface Practice {
  readonly server: PracticeServer;
  readonly start: Start;
}

/** The fixtures of tests whose practice servers are each started by `startOne`. */
export function practiceFixtures(startOne: Start) {
  return {
    // oxlint-disable-next-line no-empty-pattern -- vitest reads the names of what a fixture needs from it
    start: async ({}, use: Use<Start>): Promise<void> => {
      const started: PracticeServer[] = [];
      await use(async (options) => {
        const server = await startOne(options);
        started.push(server);
        return server;
      });
      await Promise.all(started.map((server) => server.close()));
    },
    server: async ({ start }: { start: Start }, use: Use<PracticeServer>): Promise<void> => {
      await use(await start());
    },
  };
}
