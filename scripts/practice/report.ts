import { describeRequest } from '../../simulator/received-request.ts';
import type { PracticeServer } from '../../simulator/practice-server.ts';
import { runSignoff, type RunOptions } from '../signoff.ts';

/** Prints a practice run's result; returns whether every session is over and no chat reached a ghost. */
export async function report(server: PracticeServer, options: RunOptions): Promise<boolean> {
  const receipts = await runSignoff(['results'], options);
  const stillOpen = server.sessions.filter(({ over }) => !over).length;
  const verdict =
    stillOpen === 0
      ? `All ${server.sessions.length} sessions are over on the practice server.`
      : `${stillOpen} of ${server.sessions.length} sessions are still open on the practice server.`;
  const ghosts = server.chats.filter(({ ghost }) => ghost).length;
  const chats = `${server.chats.length} practice chats were routed, and ${ghosts} of them reached a ghost.`;
  const received = server.received.map((request) => `${describeRequest(request)}\n`).join('');
  process.stdout.write(
    `\nWhat the practice server received:\n${received}\nThe receipts, newest first:\n${receipts.stdout}\n${verdict}\n${chats}\n`,
  );
  return stillOpen === 0 && ghosts === 0;
}
