import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startPracticeServer } from '../../simulator/practice-server.ts';
import { openPrivateDesktop } from '../private-desktop.ts';
import { root, SetupError } from '../setup/step.mjs';
import { runSignoff } from '../signoff.ts';
import { openSignoff } from '../signoff-window.ts';
import { handIn, signIn } from './agent.ts';
import { report } from './report.ts';

const CHAT_EVERY_MS = 200;
/** How long chats are still routed after the agent has quit. */
const ROUTED_AFTERWARDS_MS = 2_000;
const SCREENSHOT = join(root, '.cache', 'practice.png');

/**
 * Does what a new user would while the server routes chats: signs in, signs one session off by hand, and
 * quits. Resolves with whether every session is over and no chat reached a ghost.
 */
export async function practiseUnattended(dataDir: string): Promise<boolean> {
  const desktop =
    process.platform === 'linux'
      ? await openPrivateDesktop()
      : { env: process.env, electronArgs: [], close: async () => undefined };
  const server = await startPracticeServer({ routeChatEveryMs: CHAT_EVERY_MS });
  try {
    const options = { dataDir, env: desktop.env, electronArgs: desktop.electronArgs };
    const { page, exited } = await openSignoff(options);
    await page.getByText('Nothing held.').waitFor();
    await signIn(server, options);
    await handIn(server, options);
    await page.getByText('Present').waitFor();
    await server.waitForChat(() => true);

    await page.getByRole('button', { name: 'Sign off: Visitor 4711' }).click();
    await page.getByRole('listitem', { name: 'Ended Visitor 4711' }).waitFor();
    await page.screenshot({ path: SCREENSHOT });
    process.stdout.write(`Signed one session off by hand; the window is in ${SCREENSHOT}.\n`);

    const quit = await runSignoff(['quit'], options);
    if (quit.code !== 0) throw new SetupError(`Signoff did not quit: ${quit.stderr}`);
    await exited;
    process.stdout.write('Signoff has quit.\n');
    await sleep(ROUTED_AFTERWARDS_MS);
    return await report(server, options);
  } finally {
    await server.close();
    await desktop.close();
  }
}
