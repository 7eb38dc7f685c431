import type * as z from 'zod';
import { canBe, FACTS, type SettingFacts } from './facts.ts';
import type { Settings } from './schema.ts';

/** Settings as one source names them; those that it leaves out, or that are not valid, are not there. */
export type Values = Partial<Settings>;

export interface ReadValues {
  readonly values: Values;
  /** What could not be taken, in words that begin with the setting's name; the rest counts. */
  readonly problems: readonly string[];
}

/**
 * Reads settings that a policy names. A bad value is passed over by itself, so that the next source
 * counts; of a setting that restricts, its strictest value counts instead.
 */
export function readValues(input: unknown): ReadValues {
  return read(
    input,
    () => null,
    ({ whenUnusable }) => whenUnusable,
  );
}

/** Reads settings that an agent's file names: those that are IT's alone are passed over too. */
export function readAgentValues(input: unknown): ReadValues {
  return read(
    input,
    (facts) => (facts.isAgents ? null : 'only IT can set it, by policy'),
    () => null,
  );
}

function read(
  input: unknown,
  refuse: (facts: SettingFacts) => string | null,
  /** What counts instead of a value that cannot be used; null for nothing. */
  insteadOf: (facts: SettingFacts) => unknown,
): ReadValues {
  if (!isObject(input)) return { values: {}, problems: ['The settings are not a JSON object.'] };
  const values: Record<string, unknown> = {};
  const problems: string[] = [];
  for (const [name, value] of Object.entries(input)) {
    const facts = FACTS.get(name);
    const refusal = facts === undefined ? 'there is no such setting' : refuse(facts);
    if (facts === undefined || refusal !== null) {
      problems.push(`${name}: ${refusal}`);
      continue;
    }
    const taken = readValue(facts, value);
    const instead = insteadOf(facts);
    const isReplaced = !('value' in taken) && instead !== null;
    if ('value' in taken) values[name] = taken.value;
    else if (isReplaced) values[name] = instead;
    const counts = isReplaced ? `; ${JSON.stringify(instead)} counts instead` : '';
    for (const { path, problem } of taken.problems) {
      const at = path.map((step) => `[${String(step)}]`).join('');
      problems.push(`${name}${at}: ${problem}${counts}`);
    }
  }
  return { values, problems };
}

interface Taken {
  readonly value?: unknown;
  readonly problems: readonly { path: readonly PropertyKey[]; problem: string }[];
}

/** A list loses those of its entries that are not valid, and counts for what remains. */
function readValue(facts: SettingFacts, value: unknown): Taken {
  const parsed = facts.schema.safeParse(value);
  if (parsed.success) return { value: parsed.data, problems: [] };
  const problems = parsed.error.issues.map((issue) => ({
    path: issue.path,
    problem: problemOf(facts, issue),
  }));
  const inEntries = parsed.error.issues.every(({ path }) => path.length > 0);
  if (!Array.isArray(value) || !inEntries) return { problems: problems.slice(0, 1) };
  const bad = new Set(problems.map(({ path }) => path[0]));
  return { value: value.filter((_, index) => !bad.has(index)), problems };
}

/** Only what has a form of its own says in its own words what it must be. */
function problemOf({ kind }: SettingFacts, issue: z.core.$ZodIssue): string {
  const ownWords = issue.code === 'custom' || issue.code === 'invalid_format';
  if (ownWords) return issue.message;
  return `must be ${issue.path.length > 0 ? 'text' : canBe(kind)}`;
}

export function isObject(input: unknown): input is Readonly<Record<string, unknown>> {
  return typeof input === 'object' && input !== null && !Array.isArray(input);
}
