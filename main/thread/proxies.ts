import type { SystemProxy } from '../chat/network.ts';
import type { FromThread } from './messages.ts';

/** In which the main thread, where it is not blocked, has answered from what it knows. */
const ANSWER_WITHIN_MS = 400;
const DIRECT = 'DIRECT';

/**
 * The system's proxies, which only the main thread can ask for. Those of the servers that are kept ready are
 * known here ahead of time: while a session is being ended at a shutdown, the main thread answers nothing. Of a
 * session that a sign-in created only then, what the sign-in was answered counts.
 */
export function createProxies(tell: (message: FromThread) => void): {
  readonly systemProxy: SystemProxy;
  known(origin: string, answer: string): void;
  answered(id: number, answer: string): void;
} {
  let ready: readonly string[] = [];
  const answers = new Map<string, string>();
  /** The newest answer to each question; it counts where another one stays without. */
  const newest = new Map<string, string>();
  const asked = new Map<number, (answer: string) => void>();
  let ids = 0;

  return {
    systemProxy: {
      async resolve(origin) {
        const known = answers.get(origin);
        if (known !== undefined) return known;
        const { promise, resolve } = Promise.withResolvers<string>();
        const id = (ids += 1);
        asked.set(id, resolve);
        const timer = setTimeout(() => resolve(newest.get(origin) ?? DIRECT), ANSWER_WITHIN_MS);
        tell({ kind: 'ask-proxy', id, origin });
        const answer = await promise;
        clearTimeout(timer);
        asked.delete(id);
        newest.set(origin, answer);
        return answer;
      },
      keepReady(origins) {
        ready = origins;
        for (const origin of answers.keys()) if (!origins.includes(origin)) answers.delete(origin);
        tell({ kind: 'keep-ready', origins });
      },
    },
    known(origin, answer) {
      if (ready.includes(origin)) answers.set(origin, answer);
    },
    answered: (id, answer) => asked.get(id)?.(answer),
  };
}
