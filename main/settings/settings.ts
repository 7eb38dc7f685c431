import { createListeners } from '../common/listeners.ts';
import { writeAtomically } from '../common/write-atomically.ts';
import { FACTS } from './facts.ts';
import type { Policy } from './policy/policy.ts';
import { isObject, readAgentValues, type ReadValues, type Values } from './read-values.ts';
import { type Levels, resolve } from './resolve.ts';
import { type AgentSettingName, isAgents, type SettingName, type Settings } from './schema.ts';
import { readContent, setAside } from './settings-file.ts';

/** The settings as they count now, and the one way for the agent to change them. */
export interface CurrentSettings {
  values(): Settings;
  /** Those of the agent's settings that a policy sets, so that they cannot. */
  managed(): AgentSettingName[];
  /** Changes a setting in the file and at once; null when that is done. */
  set(name: SettingName, value: unknown): SettingProblem | null;
  /** Hears of every setting that has changed, or is managed now or no more, after it. */
  onChange(listener: (name: SettingName) => void): void;
  /** What each source names. */
  levels(): Levels;
  /** What of the file could not be taken, in words. */
  problems(): readonly string[];
}

/**
 * Why a setting was not changed: IT manages it, it cannot have that value, or the file could not be
 * written.
 */
export type SettingProblem = 'managed' | 'out-of-bounds' | 'not-saved';

/** Reads the settings file, which need not be there; what the policy says counts before what it says. */
export function createSettings(parts: {
  file: string;
  policy: Pick<Policy, 'levels' | 'onChange'>;
  onProblem: (problem: string) => void;
  onWriteFault: (error: unknown) => void;
}): CurrentSettings {
  const { file, policy, onProblem, onWriteFault } = parts;
  const read = loadSettings(file);
  for (const problem of read.problems) onProblem(problem);
  let agent = read.values;
  let managed = managedBy(policy.levels());
  let values = resolve({ ...policy.levels(), agent });
  const listeners = createListeners<[name: SettingName]>();

  const tell = (names: readonly SettingName[]): void => {
    for (const name of names) listeners.notify(name);
  };

  policy.onChange(() => {
    const before = { values, managed };
    managed = managedBy(policy.levels());
    values = resolve({ ...policy.levels(), agent });
    tell(
      [...FACTS.values()]
        .map(({ name }) => name)
        .filter(
          (name) =>
            JSON.stringify(before.values[name]) !== JSON.stringify(values[name]) ||
            (isAgents(name) && before.managed.includes(name) !== managed.includes(name)),
        ),
    );
  });

  return {
    values: () => values,
    managed: () => [...managed],
    set(name, value) {
      if (!isAgents(name) || managed.includes(name)) return 'managed';
      const parsed = FACTS.get(name)?.schema.safeParse(value);
      if (parsed?.success !== true) return 'out-of-bounds';
      try {
        saveSetting(file, name, parsed.data);
      } catch (error) {
        onWriteFault(error);
        return 'not-saved';
      }
      agent = { ...agent, [name]: parsed.data };
      values = resolve({ ...policy.levels(), agent });
      tell([name]);
      return null;
    },
    onChange: (listener) => listeners.add(listener),
    levels: () => ({ ...policy.levels(), agent }),
    problems: () => read.problems,
  };
}

function managedBy({ machine, user }: { machine: Values; user: Values }): AgentSettingName[] {
  return [...FACTS.values()]
    .map(({ name }) => name)
    .filter((name) => name in machine || name in user)
    .filter(isAgents);
}

/**
 * Writes one setting into the file as it stands by now, and leaves all else in it as it is: what was
 * passed over may be a newer version's. A file that says nothing is set aside.
 */
function saveSetting(file: string, name: SettingName, value: unknown): void {
  const found = readContent(file);
  const entries = 'content' in found && isObject(found.content) ? found.content : null;
  if (entries === null) setAside(file);
  writeAtomically(file, `${JSON.stringify({ ...entries, [name]: value }, null, 2)}\n`);
}

/** Reads the settings file; where there is none, it names nothing. */
export function loadSettings(file: string): ReadValues {
  const found = readContent(file);
  if ('problem' in found) return { values: {}, problems: [found.problem] };
  return readAgentValues(found.content);
}
