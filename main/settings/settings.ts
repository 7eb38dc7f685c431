import { createListeners } from '../common/listeners.ts';
import { METADATA } from './metadata.ts';
import type { Policy } from './policy/policy.ts';
import { type Levels, resolve, type Source, sourceOf } from './resolve.ts';
import {
  type AgentSettingName,
  isAgentSetting,
  type SettingName,
  type Settings,
} from './schema.ts';
import type { Values } from './read-values.ts';
import { loadSettings, saveSetting } from './settings-file.ts';
import { type ReadStartAtLogin, readStartAtLogin } from './start-at-login.ts';

/** The settings that are in force, and the one way for the agent to change them. */
export interface CurrentSettings {
  values(): Settings;
  /** The agent's settings that a policy sets, so that the agent cannot. */
  managed(): AgentSettingName[];
  /** Changes a setting in the file and at once; null on success. */
  set(name: SettingName, value: unknown): SettingProblem | null;
  /** Takes what the person's desktop decides, as if it had been known from the start. */
  desktopSays(said: Values): void;
  /** Called after a setting has changed, or begins or ceases to be managed. */
  onChange(listener: (name: SettingName) => void): void;
  /** The settings that each source names. */
  levels(): Levels;
  /** Where the value in force comes from. */
  sourceOf(name: SettingName): Source;
  /** What was not valid in the file, for people. */
  problems(): readonly string[];
}

/** Why a setting was not changed: IT manages it, the value is not valid, or the file was not written. */
export type SettingProblem = 'managed' | 'out-of-bounds' | 'not-saved';

/** Reads the settings file, which may be missing. The policy counts before it. */
export function createSettings(parts: {
  file: string;
  policy: Pick<Policy, 'levels' | 'onChange'>;
  onProblem: (problem: string) => void;
  onWriteFault: (error: unknown) => void;
  startAtLogin?: ReadStartAtLogin;
}): CurrentSettings {
  const { file, policy } = parts;
  const read = loadSettings(file);
  for (const problem of read.problems) parts.onProblem(problem);
  let agent = read.values;
  const { installation, ...onSystem } = (parts.startAtLogin ?? readStartAtLogin)(
    agent.startAtLogin === true,
  );
  let { desktop } = onSystem;
  const levels = (): Levels => ({ ...policy.levels(), desktop, agent, installation });
  let managed = managedBy(levels());
  let values = resolve(levels());
  const listeners = createListeners<[name: SettingName]>();

  policy.onChange(() => {
    const before = { values, managed };
    managed = managedBy(levels());
    values = resolve(levels());
    const changed = settingNames().filter(
      (name) =>
        JSON.stringify(before.values[name]) !== JSON.stringify(values[name]) ||
        (isAgentSetting(name) && before.managed.includes(name) !== managed.includes(name)),
    );
    for (const name of changed) listeners.notify(name);
  });

  return {
    values: () => values,
    managed: () => [...managed],
    set(name, value) {
      if (!isAgentSetting(name) || managed.includes(name)) return 'managed';
      const parsed = METADATA.get(name)?.schema.safeParse(value);
      if (parsed?.success !== true) return 'out-of-bounds';
      try {
        saveSetting(file, name, parsed.data);
      } catch (error) {
        parts.onWriteFault(error);
        return 'not-saved';
      }
      agent = { ...agent, [name]: parsed.data };
      // Said to Signoff, it is said later than to the desktop.
      desktop = Object.fromEntries(Object.entries(desktop).filter(([other]) => other !== name));
      values = resolve(levels());
      listeners.notify(name);
      return null;
    },
    desktopSays(said) {
      desktop = { ...desktop, ...said };
      values = resolve(levels());
      for (const name of settingNames()) if (name in said) listeners.notify(name);
    },
    onChange: listeners.add,
    levels,
    sourceOf: (name) => sourceOf(name, levels()),
    problems: () => read.problems,
  };
}

function settingNames(): SettingName[] {
  return [...METADATA.values()].map(({ name }) => name);
}

function managedBy({ machine, user }: Levels): AgentSettingName[] {
  return settingNames()
    .filter((name) => name in machine || name in user)
    .filter(isAgentSetting);
}
