import { readValues, type Values } from '../read-values.ts';
import type { PlaceReading, PolicySource } from './source.ts';

type PolicyLevel = 'machine' | 'user';

export interface PolicyProblem {
  readonly source: 'machine policy' | 'user policy';
  /** In words: what could not be taken, or read. */
  readonly problem: string;
}

/** What IT has laid down, as it counts now. */
export interface Policy {
  levels(): Readonly<Record<PolicyLevel, Values>>;
  problems(): readonly PolicyProblem[];
  /** Reads anew, and resolves when that counts. Never rejects. */
  refresh(): Promise<void>;
  /** Has every change count at once from now on; returns what ends it. */
  watch(): () => void;
  /** Hears of every change, after it counts. */
  onChange(listener: () => void): void;
}

interface Level {
  readonly values: Values;
  readonly problems: readonly string[];
}

/** Nothing counts until the first `refresh` is over. */
export function createPolicy(parts: {
  source: PolicySource;
  /** Hears of each problem once, for as long as it lasts. */
  onProblem: (problem: PolicyProblem) => void;
}): Policy {
  const { source, onProblem } = parts;
  const listeners: (() => void)[] = [];
  let machine: Level = { values: {}, problems: [] };
  let user: Level = { values: {}, problems: [] };
  let lastRead = Promise.resolve();

  const problems = (): PolicyProblem[] => [
    ...machine.problems.map((problem) => ({ source: 'machine policy' as const, problem })),
    ...user.problems.map((problem) => ({ source: 'user policy' as const, problem })),
  ];

  const read = async (): Promise<void> => {
    const reading = await source.read();
    const before = { machine, user };
    const told = problems();
    machine = next(machine, reading.machine);
    user = next(user, reading.user);
    for (const found of problems()) {
      if (!told.some((known) => isSame(known, found))) onProblem(found);
    }
    if (isSame(before, { machine, user })) return;
    for (const listener of listeners) listener();
  };

  const refresh = (): Promise<void> => {
    // One after the other, so that what was read last counts; a listener's fault ends no later reading.
    const reading = lastRead.then(read);
    lastRead = reading.catch(() => undefined);
    return reading;
  };

  return {
    levels: () => ({ machine: machine.values, user: user.values }),
    problems,
    refresh,
    watch() {
      const end = source.watch(() => void refresh());
      // It may have changed since it was read.
      void refresh();
      return end;
    },
    onChange: (listener) => void listeners.push(listener),
  };
}

/** What could not be read keeps what was read last. */
function next(before: Level, reading: PlaceReading): Level {
  if (reading.ok) return readValues(reading.content);
  return { values: before.values, problems: [`${reading.problem}; what was read last counts.`] };
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
