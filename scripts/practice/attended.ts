import { startPracticeServer } from '../../simulator/practice-server.ts';
import { startSignoff } from '../signoff.ts';
import { report } from './report.ts';
import { handIn, practiceSessions } from './sessions.ts';

/**
 * Starts the app on the practice server for a person to try, until they quit it. Resolves with
 * whether the practice server counts every session over.
 */
export async function practise(dataDir: string): Promise<boolean> {
  const server = await startPracticeServer({ control: true });
  try {
    const options = { dataDir };
    const app = startSignoff([], options);
    // Signals reach the app too: it signs off and goes, and then this ends.
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => app.child.kill(signal));
    }
    await app.ready;
    for (const session of practiceSessions(server)) await handIn(session, options);
    process.stdout.write(HOW_TO(server.url, dataDir));
    await app.exited;
    return await report(server, options);
  } finally {
    await server.close();
  }
}

const HOW_TO = (url: string, dataDir: string): string => `
Signoff runs with two sessions held on a practice server at ${url}.
Sign one off in its window, then quit Signoff from the tray, or press Ctrl-C here.

Its command line, from another terminal:
  npm run app -- status --user-data-dir ${dataDir}
  npm run app -- quit --user-data-dir ${dataDir}
To see a fault, such as a server that hangs:
  curl ${url}/practice/faults -H 'content-type: application/json' -d '{"fault":{"kind":"hang"}}'
`;
