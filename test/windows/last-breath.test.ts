import { expect, onTestFinished, test } from 'vitest';
import { startPracticeServer } from '../../simulator/practice-server.ts';
import { agentSession, engagement } from '../support/practice-sessions.ts';
import { LOGOFF, newSignoff, SHUTDOWN } from './signoff.ts';

test.for([
  ['a shutdown', SHUTDOWN, 'shutdown'],
  ['a logoff', LOGOFF, 'shutdown'],
] as const)(
  'at %s, what is held is signed off before Windows has its answer, and ends the process',
  async ([, flags, cause]) => {
    const server = await startPracticeServer();
    onTestFinished(() => server.close());
    const signoff = await newSignoff();
    const app = await signoff.start();
    const sessions = [agentSession(server, 'agent'), engagement(server, 'consumer')];
    for (const session of sessions) {
      expect(await signoff.command(['hold'], JSON.stringify(session))).toMatchObject({ code: 0 });
    }

    const [answer] = await signoff.endSession(flags);
    await app.exited;
    expect(answer).toMatchObject({ answered: true, answer: 1 });
    expect(answer?.ms).toBeLessThan(4_000);
    expect(server.sessions.map(({ over }) => over)).toEqual([true, true]);

    // Nothing is left for the next start, and it is on record.
    expect(await signoff.command(['results', '--json'])).toMatchObject({
      out: expect.stringContaining(`"cause":"${cause}"`),
    });
    await signoff.start();
    expect((await signoff.status()).held).toEqual([]);
  },
);
