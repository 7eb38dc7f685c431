import { createListeners } from '../common/listeners.ts';
import type { HoldResult } from '../sessions/hold.ts';
import type { Clock } from '../common/clock.ts';
import { createAnswer } from './answer.ts';
import type { BrowserMemory } from './browser-memory.ts';
import { type Endpoint, openEndpoint } from './endpoint.ts';
import { originsOf } from './guard.ts';
import type { OriginQuestion } from './origin-question.ts';
import { createRateLimit } from './rate-limit.ts';

/** What the agent or IT has laid down. */
export interface BrowserTerms {
  /** Whether hand-ins from a browser are wanted, and hand-ins are offered at all. */
  readonly on: boolean;
  readonly port: number;
  /** The consoles that may hand in, as they were typed. */
  readonly origins: readonly string[];
  /** IT's token; empty where one is made for each person. */
  readonly token: string;
}

/** Why nothing listens, in words for people. */
export interface BrowserWords {
  /** Another program, or another person's Signoff, has the port. */
  readonly portTaken: (port: number) => string;
  readonly portFails: (port: number, code: string) => string;
}

/** Hand-ins from a console in a browser on this machine. */
export interface BrowserHandIn {
  /** The terms may have changed: they count from now on. */
  changed(): void;
  /** `problem` is why it does not work although it is on, in words. */
  state(): { readonly port: number; readonly problem: string | null };
  /** What a console has to send; null while it is off. */
  token(): string | null;
  onChange(listener: () => void): void;
}

/** `code` is the system's. */
interface Problem {
  readonly port: number;
  readonly code: string;
}

const RETRY_EVERY_MS = 60_000;
/** A console that is reloaded hands in all that its agent has open at once. */
const EACH_ORIGIN = { burst: 30, everyMs: 2_000 };
const ALL_ORIGINS = { burst: 60, everyMs: 1_000 };
/** A page that hammers at the port must not push everything else out of the log. */
const LOGGED_OF_EACH = { burst: 10, everyMs: 6_000 };
const LOGGED_OF_ALL = { burst: 30, everyMs: 2_000 };

/** Nothing listens until `changed` is called while it is on. */
export function createBrowserHandIn(parts: {
  terms: () => BrowserTerms;
  memory: Pick<BrowserMemory, 'token' | 'retain'>;
  originQuestion: Pick<OriginQuestion, 'ask' | 'retain'>;
  /** Reads and holds what a page sent. */
  hold: (text: string) => HoldResult;
  words: () => BrowserWords;
  clock: Clock;
  onHandedIn: (origin: string) => void;
  /** A request was refused; not every one of many. `origin` is null where it names none. */
  onRefused: (reason: string, origin: string | null) => void;
  /** The port cannot be listened on; told once until it can or is another one. */
  onNotListening: (problem: string) => void;
  /** Something that nobody foresaw. */
  onFault: (error: unknown) => void;
}): BrowserHandIn {
  const { terms, memory, originQuestion, hold, words, clock } = parts;
  const { onHandedIn, onRefused, onNotListening, onFault } = parts;
  const listeners = createListeners();
  const logged = createRateLimit({ clock, each: LOGGED_OF_EACH, all: LOGGED_OF_ALL });
  const rateLimit = createRateLimit({ clock, each: EACH_ORIGIN, all: ALL_ORIGINS });
  let current: { readonly port: number; readonly endpoint: Endpoint } | null = null;
  let problem: Problem | null = null;
  let cancelRetry = (): void => undefined;

  const origins = (): ReadonlySet<string> => originsOf(terms().on ? terms().origins : []);
  const token = (): string => terms().token || memory.token();

  const answer = createAnswer({
    terms: () => ({ port: terms().port, origins: origins(), token }),
    rateLimit,
    originQuestion,
    hold,
    onHandedIn,
    onRefused(reason, origin) {
      // Foreign pages may call themselves what they like: all of them share one measure.
      const who = origin !== null && origins().has(origin) ? origin : '';
      if (logged.take(who) === 0) onRefused(reason, origin);
    },
  });

  const change = (next: Problem | null): void => {
    const isSame = next?.port === problem?.port && next?.code === problem?.code;
    problem = next;
    if (isSame) return;
    if (next !== null) onNotListening(`port ${next.port}: ${next.code}`);
    listeners.notify();
  };
  const open = (): void => {
    const { port } = terms();
    const endpoint = openEndpoint({
      port,
      answer,
      clock,
      onListening() {
        if (current?.endpoint === endpoint) change(null);
      },
      onProblem(code) {
        if (current?.endpoint !== endpoint) return;
        current = null;
        cancelRetry = clock.after(RETRY_EVERY_MS, follow);
        change({ port, code });
      },
      onFault,
    });
    current = { port, endpoint };
  };
  /** Listens where, and only where, that is wanted. */
  const follow = (): void => {
    cancelRetry();
    const wantedPort = terms().on ? terms().port : null;
    if (current !== null && current.port !== wantedPort) {
      current.endpoint.close();
      current = null;
    }
    if (wantedPort === null) change(null);
    else if (current === null) open();
  };
  const changed = (): void => {
    const listed = origins();
    const isListed = (origin: string): boolean => listed.has(origin);
    originQuestion.retain(isListed);
    // What is only turned off may be turned on again, for the same consoles.
    if (terms().on) memory.retain(isListed);
    follow();
  };

  return {
    changed,
    state() {
      return { port: terms().port, problem: problem && inWords(problem, words()) };
    },
    token: () => (terms().on ? token() : null),
    onChange: (listener) => listeners.add(listener),
  };
}

function inWords({ port, code }: Problem, { portTaken, portFails }: BrowserWords): string {
  return code === 'EADDRINUSE' ? portTaken(port) : portFails(port, code);
}
