import { join } from 'node:path';
import { startPracticeServer } from '../../simulator/practice-server.ts';
import { openPrivateDesktop } from '../private-desktop.ts';
import { root, SetupError } from '../setup/step.mjs';
import { runSignoff } from '../signoff.ts';
import { openSignoff } from '../signoff-window.ts';
import { report } from './report.ts';
import { handIn, practiceSessions } from './sessions.ts';

const SCREENSHOT = join(root, '.cache', 'practice.png');

/**
 * Does with the app what a newcomer would: looks at the window, signs one session off by hand, and
 * quits. Resolves with whether the practice server counts every session over.
 */
export async function practiseUnattended(dataDir: string): Promise<boolean> {
  const desktop =
    process.platform === 'linux'
      ? await openPrivateDesktop()
      : { env: process.env, electronArgs: [], close: async () => undefined };
  const server = await startPracticeServer();
  try {
    const options = { dataDir, env: desktop.env, electronArgs: desktop.electronArgs };
    const { page, exited } = await openSignoff(options);
    await page.getByText('Nothing held.').waitFor();
    for (const session of practiceSessions(server)) await handIn(session, options);

    await page.getByRole('button', { name: 'Sign off: Visitor 4711' }).click();
    await page.getByRole('listitem', { name: 'Ended Visitor 4711' }).waitFor();
    await page.screenshot({ path: SCREENSHOT });
    process.stdout.write(`Signed one session off by hand; the window is in ${SCREENSHOT}.\n`);

    const quit = await runSignoff(['quit'], options);
    if (quit.code !== 0) throw new SetupError(`Signoff did not quit: ${quit.stderr}`);
    await exited;
    process.stdout.write('Signoff has quit.\n');
    return await report(server, options);
  } finally {
    await server.close();
    await desktop.close();
  }
}
