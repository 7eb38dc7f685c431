import type { Clock } from '../../common/clock.ts';
import { createListeners } from '../../common/listeners.ts';
import { readValues, type Values } from '../read-values.ts';
import type { PolicyCache } from './policy-cache.ts';
import type { PlaceReading, PolicySource } from './source.ts';

type PolicyLevel = 'machine' | 'user';
const LEVELS = ['machine', 'user'] as const;

/** When a policy that could not be read is read again; after that, when the source reports a change. */
const RETRY_AFTER_MS = [1_000, 5_000, 30_000] as const;

export interface PolicyProblem {
  readonly source: 'machine policy' | 'user policy';
  /** For people: what was not valid, or could not be read. */
  readonly problem: string;
  /** Whether the whole policy could not be read, rather than one value. */
  readonly isUnread: boolean;
}

/** The policy that is in force. */
export interface Policy {
  levels(): Readonly<Record<PolicyLevel, Values>>;
  problems(): readonly PolicyProblem[];
  /** Reads it again, and resolves when that is in force. Never rejects. */
  refresh(): Promise<void>;
  /** Applies and caches every change from now on; returns a function that stops it. */
  watch(): () => void;
  /** Called after every change. */
  onChange(listener: () => void): void;
}

interface Level {
  /** Null if it was never read. */
  readonly values: Values | null;
  readonly problems: readonly string[];
  readonly isUnread: boolean;
}

const NOTHING_READ: Level = { values: null, problems: [], isUnread: false };

/** No policy is in force until the first `refresh` is over. */
export function createPolicy(parts: {
  source: PolicySource;
  /** Counts while a policy could not be read since the start. */
  cache: PolicyCache;
  /** Called once for each problem, for as long as it lasts. */
  onProblem: (problem: PolicyProblem) => void;
  after: Clock['after'];
}): Policy {
  const { source, cache, onProblem, after } = parts;
  const listeners = createListeners();
  let levels = { machine: NOTHING_READ, user: NOTHING_READ };
  let lastRead = Promise.resolve();
  let isWatched = false;
  let failures = 0;
  let cancelRetry = (): void => undefined;

  const problems = (): PolicyProblem[] =>
    LEVELS.flatMap((name) => {
      const { problems: found, isUnread } = levels[name];
      return found.map((problem) => ({ source: `${name} policy` as const, problem, isUnread }));
    });

  const levelOf = (name: PolicyLevel, reading: PlaceReading): Level => {
    if (reading.ok) return { ...readValues(reading.content), isUnread: false };
    const values = levels[name].values ?? cache.load()?.[name] ?? null;
    const counts = values === null ? 'none was read before' : 'what was read last counts';
    return { values, problems: [`${reading.problem}; ${counts}.`], isUnread: true };
  };

  const read = async (): Promise<void> => {
    const reading = await source.read();
    const before = levels;
    const reported = problems();
    levels = {
      machine: levelOf('machine', reading.machine),
      user: levelOf('user', reading.user),
    };
    for (const problem of problems()) {
      if (!reported.some((known) => isSame(known, problem))) onProblem(problem);
    }
    if (isWatched) retryOrSave();
    if (!isSame(before, levels)) listeners.notify();
  };

  const retryOrSave = (): void => {
    cancelRetry();
    const isUnread = LEVELS.some((name) => levels[name].isUnread);
    failures = isUnread ? failures + 1 : 0;
    const wait = RETRY_AFTER_MS[failures - 1];
    if (wait !== undefined) cancelRetry = after(wait, () => void refresh());
    if (!isUnread) cache.save(values());
  };

  const refresh = (): Promise<void> => {
    // In sequence, so that the newest reading counts. One that failed unexpectedly must not stop later ones.
    const reading = lastRead.then(read);
    lastRead = reading.catch(() => undefined);
    return reading;
  };

  const values = (): Record<PolicyLevel, Values> => ({
    machine: levels.machine.values ?? {},
    user: levels.user.values ?? {},
  });

  return {
    levels: values,
    problems,
    refresh,
    watch() {
      isWatched = true;
      const stop = source.watch(() => void refresh());
      // It may have changed since it was read.
      void refresh();
      return () => {
        isWatched = false;
        cancelRetry();
        stop();
      };
    },
    onChange: listeners.add,
  };
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
