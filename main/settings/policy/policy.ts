import { createListeners } from '../../common/listeners.ts';
import { readValues, type Values } from '../read-values.ts';
import type { LastPolicy } from './last-policy.ts';
import type { PlaceReading, PolicySource } from './source.ts';

type PolicyLevel = 'machine' | 'user';
const LEVELS = ['machine', 'user'] as const;

/** When a policy that could not be read is read again; after that, at the source's next word. */
const READ_AGAIN_AFTER_MS = [1_000, 5_000, 30_000] as const;

export interface PolicyProblem {
  readonly source: 'machine policy' | 'user policy';
  /** In words: what could not be taken, or read. */
  readonly problem: string;
  /** Whether nothing of it could be read, rather than one of its values not taken. */
  readonly isUnread: boolean;
}

/** What IT has laid down, as it counts now. */
export interface Policy {
  levels(): Readonly<Record<PolicyLevel, Values>>;
  problems(): readonly PolicyProblem[];
  /** Reads anew, and resolves when that counts. Never rejects. */
  refresh(): Promise<void>;
  /** Has every change count at once from now on, and be remembered; returns what ends it. */
  watch(): () => void;
  /** Hears of every change, after it counts. */
  onChange(listener: () => void): void;
}

interface Level {
  /** Null where it was never read. */
  readonly values: Values | null;
  readonly problems: readonly string[];
  readonly isUnread: boolean;
}

const NOTHING_READ: Level = { values: null, problems: [], isUnread: false };

/** Nothing counts until the first `refresh` is over. */
export function createPolicy(parts: {
  source: PolicySource;
  /** What counts where a policy could not be read since the start. */
  last: LastPolicy;
  /** Hears of each problem once, for as long as it lasts. */
  onProblem: (problem: PolicyProblem) => void;
  /** Runs something after so many milliseconds, unless what it returns is called first. */
  after: (ms: number, run: () => void) => () => void;
}): Policy {
  const { source, last, onProblem, after } = parts;
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

  const next = (name: PolicyLevel, reading: PlaceReading): Level => {
    if (reading.ok) return { ...readValues(reading.content), isUnread: false };
    const values = levels[name].values ?? last.recall()?.[name] ?? null;
    const counts = values === null ? 'none was read before' : 'what was read last counts';
    return { values, problems: [`${reading.problem}; ${counts}.`], isUnread: true };
  };

  const read = async (): Promise<void> => {
    const reading = await source.read();
    const before = levels;
    const told = problems();
    levels = { machine: next('machine', reading.machine), user: next('user', reading.user) };
    for (const found of problems()) {
      if (!told.some((known) => isSame(known, found))) onProblem(found);
    }
    if (isWatched) follow();
    if (isSame(before, levels)) return;
    listeners.notify();
  };

  const follow = (): void => {
    cancelRetry();
    const isUnread = LEVELS.some((name) => levels[name].isUnread);
    failures = isUnread ? failures + 1 : 0;
    const wait = READ_AGAIN_AFTER_MS[failures - 1];
    if (wait !== undefined) cancelRetry = after(wait, () => void refresh());
    if (!isUnread) last.keep(values());
  };

  const refresh = (): Promise<void> => {
    // One after the other, so that what was read last counts; a listener's fault ends no later reading.
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
      const end = source.watch(() => void refresh());
      // It may have changed since it was read.
      void refresh();
      return () => {
        isWatched = false;
        cancelRetry();
        end();
      };
    },
    onChange: (listener) => listeners.add(listener),
  };
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
