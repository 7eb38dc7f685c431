import type * as z from 'zod';
import { describeKind, METADATA, type SettingMetadata } from './metadata.ts';
import type { Settings } from './schema.ts';

/** The valid settings that one source names. */
export type Values = Partial<Settings>;

export interface ReadValues {
  readonly values: Values;
  /** What was not valid, for people; each begins with the setting's name. */
  readonly problems: readonly string[];
}

/**
 * Reads the settings of a policy. An invalid value is ignored, so that the next source counts; a setting
 * that restricts gets its fallback instead.
 */
export function readValues(input: unknown): ReadValues {
  return read(
    input,
    () => null,
    ({ fallback }) => fallback,
  );
}

/** Reads the settings of an agent's file. Those that only IT may set are ignored too. */
export function readAgentValues(input: unknown): ReadValues {
  return read(
    input,
    ({ isAgentSetting }) => (isAgentSetting ? null : 'only IT can set it, by policy'),
    () => null,
  );
}

function read(
  input: unknown,
  refuse: (setting: SettingMetadata) => string | null,
  fallbackOf: (setting: SettingMetadata) => unknown,
): ReadValues {
  if (!isObject(input)) return { values: {}, problems: ['The settings are not a JSON object.'] };
  const values: Record<string, unknown> = {};
  const problems: string[] = [];
  for (const [name, value] of Object.entries(input)) {
    const setting = METADATA.get(name);
    const refusal = setting === undefined ? 'there is no such setting' : refuse(setting);
    if (setting === undefined || refusal !== null) {
      problems.push(`${name}: ${refusal}`);
      continue;
    }
    const parsed = parseValue(setting, value);
    const fallback = fallbackOf(setting);
    const isReplaced = !('value' in parsed) && fallback !== null;
    if ('value' in parsed) values[name] = parsed.value;
    else if (isReplaced) values[name] = fallback;
    const counts = isReplaced ? `; ${JSON.stringify(fallback)} counts instead` : '';
    for (const { path, problem } of parsed.problems) {
      const at = path.map((step) => `[${String(step)}]`).join('');
      problems.push(`${name}${at}: ${problem}${counts}`);
    }
  }
  return { values, problems };
}

interface ParsedValue {
  readonly value?: unknown;
  readonly problems: readonly { path: readonly PropertyKey[]; problem: string }[];
}

/** Of a list, only the invalid entries are dropped. */
function parseValue({ schema, kind }: SettingMetadata, value: unknown): ParsedValue {
  const parsed = schema.safeParse(value);
  if (parsed.success) return { value: parsed.data, problems: [] };
  const { issues } = parsed.error;
  const problems = issues.map((issue) => ({ path: issue.path, problem: problemOf(kind, issue) }));
  const inEntries = issues.every(({ path }) => path.length > 0);
  if (!Array.isArray(value) || !inEntries) return { problems: problems.slice(0, 1) };
  const invalid = new Set(problems.map(({ path }) => path[0]));
  return { value: value.filter((_, index) => !invalid.has(index)), problems };
}

/** Custom and format checks have a message of their own in the schema. */
function problemOf(kind: SettingMetadata['kind'], issue: z.core.$ZodIssue): string {
  if (issue.code === 'custom' || issue.code === 'invalid_format') return issue.message;
  return `must be ${issue.path.length > 0 ? 'text' : describeKind(kind)}`;
}

export function isObject(input: unknown): input is Readonly<Record<string, unknown>> {
  return typeof input === 'object' && input !== null && !Array.isArray(input);
}
