import { startPracticeServer } from '../../simulator/practice-server.ts';
import { startSignoff } from '../signoff.ts';
import { handIn, signIn } from './agent.ts';
import { report } from './report.ts';

const CHAT_EVERY_MS = 5_000;

/**
 * Runs the app on the practice server for a person to try. Resolves with whether every session is over
 * and no chat reached a ghost.
 */
export async function practise(dataDir: string): Promise<boolean> {
  const server = await startPracticeServer({
    control: true,
    routeChatEveryMs: CHAT_EVERY_MS,
  });
  try {
    const options = { dataDir };
    const app = startSignoff([], options);
    // On a signal the app signs off and exits, and then this ends.
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => app.child.kill(signal));
    }
    await app.ready;
    await signIn(server, options);
    await handIn(server, options);
    process.stdout.write(HOW_TO(server.url, dataDir));
    await app.exited;
    return await report(server, options);
  } finally {
    await server.close();
  }
}

const HOW_TO = (url: string, dataDir: string): string => `
Signoff runs: agent.demo is signed in on a practice server at ${url}, and gets a chat every
five seconds; a visitor's engagement was handed in. Sign one off in its window, then quit Signoff from
the tray, or press Ctrl-C here. To sign in again: agent.demo, password practice, account id 21.

Its command line, from another terminal:
  npm run app -- status --user-data-dir ${dataDir}
  npm run app -- quit --user-data-dir ${dataDir}
To see a fault, such as a server that hangs:
  curl ${url}/practice/faults -H 'content-type: application/json' -d '{"fault":{"kind":"hang"}}'
`;
