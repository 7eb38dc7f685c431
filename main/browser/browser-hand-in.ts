import { createListeners } from '../common/listeners.ts';
import type { HoldResult } from '../sessions/hold.ts';
import type { Clock } from '../common/clock.ts';
import { createRequestHandler } from './request-handler.ts';
import type { BrowserMemory } from './browser-memory.ts';
import { type Endpoint, openEndpoint } from './endpoint.ts';
import { originsOf } from './guard.ts';
import type { OriginQuestion } from './origin-question.ts';
import { createRateLimit } from './rate-limit.ts';

/** The rules of the agent or IT. */
export interface BrowserRules {
  /** Whether hand-ins, and those from a browser, are allowed. */
  readonly on: boolean;
  readonly port: number;
  /** The consoles that may hand in, as typed. */
  readonly origins: readonly string[];
  /** IT's token; empty where one is generated for each person. */
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
  /** Applies the current rules. */
  changed(): void;
  /** `problem`: why it does not work although it is on, in words. */
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
/** A reloaded console hands in all open sessions of its agent at once. */
const EACH_ORIGIN = { burst: 30, everyMs: 2_000 };
const ALL_ORIGINS = { burst: 60, everyMs: 1_000 };
/** A page that floods the port must not push everything else out of the log. */
const LOGGED_OF_EACH = { burst: 10, everyMs: 6_000 };
const LOGGED_OF_ALL = { burst: 30, everyMs: 2_000 };

/** Nothing listens until `changed` is called while it is on. */
export function createBrowserHandIn(parts: {
  rules: () => BrowserRules;
  memory: Pick<BrowserMemory, 'token' | 'retain'>;
  originQuestion: Pick<OriginQuestion, 'ask' | 'retain'>;
  /** Reads and holds what a page sent. */
  hold: (text: string) => HoldResult;
  words: () => BrowserWords;
  clock: Clock;
  onHandedIn: (origin: string) => void;
  /** Called for refused requests, at a limited rate. `origin` is null where the request names none. */
  onRefused: (reason: string, origin: string | null) => void;
  /** The port cannot be listened on; called once for each port and fault. */
  onNotListening: (problem: string) => void;
  /** An unexpected error. */
  onFault: (error: unknown) => void;
}): BrowserHandIn {
  const { rules, memory, originQuestion, hold, words, clock } = parts;
  const { onHandedIn, onRefused, onNotListening, onFault } = parts;
  const listeners = createListeners();
  const logLimit = createRateLimit({ clock, each: LOGGED_OF_EACH, all: LOGGED_OF_ALL });
  const rateLimit = createRateLimit({ clock, each: EACH_ORIGIN, all: ALL_ORIGINS });
  let current: { readonly port: number; readonly endpoint: Endpoint } | null = null;
  let problem: Problem | null = null;
  let cancelRetry = (): void => undefined;

  const origins = (): ReadonlySet<string> => originsOf(rules().on ? rules().origins : []);
  const token = (): string => rules().token || memory.token();

  const answer = createRequestHandler({
    rules: () => ({ port: rules().port, origins: origins(), token }),
    rateLimit,
    originQuestion,
    hold,
    onHandedIn,
    onRefused(reason, origin) {
      // Other pages may claim any origin, so all of them share one limit.
      const who = origin !== null && origins().has(origin) ? origin : '';
      if (logLimit.take(who) === 0) onRefused(reason, origin);
    },
  });

  const setProblem = (next: Problem | null): void => {
    const isSame = next?.port === problem?.port && next?.code === problem?.code;
    problem = next;
    if (isSame) return;
    if (next !== null) onNotListening(`port ${next.port}: ${next.code}`);
    listeners.notify();
  };
  const open = (): void => {
    const { port } = rules();
    const endpoint = openEndpoint({
      port,
      answer,
      clock,
      onListening() {
        if (current?.endpoint === endpoint) setProblem(null);
      },
      onProblem(code) {
        if (current?.endpoint !== endpoint) return;
        current = null;
        cancelRetry = clock.after(RETRY_EVERY_MS, listen);
        setProblem({ port, code });
      },
      onFault,
    });
    current = { port, endpoint };
  };
  /** Listens on the wanted port only. */
  const listen = (): void => {
    cancelRetry();
    const wantedPort = rules().on ? rules().port : null;
    if (current !== null && current.port !== wantedPort) {
      current.endpoint.close();
      current = null;
    }
    if (wantedPort === null) setProblem(null);
    else if (current === null) open();
  };
  const changed = (): void => {
    const listed = origins();
    const isListed = (origin: string): boolean => listed.has(origin);
    originQuestion.retain(isListed);
    // Turned off only, it may be turned on again for the same consoles.
    if (rules().on) memory.retain(isListed);
    listen();
  };

  return {
    changed,
    state() {
      return { port: rules().port, problem: problem && inWords(problem, words()) };
    },
    token: () => (rules().on ? token() : null),
    onChange: (listener) => listeners.add(listener),
  };
}

function inWords({ port, code }: Problem, { portTaken, portFails }: BrowserWords): string {
  return code === 'EADDRINUSE' ? portTaken(port) : portFails(port, code);
}
