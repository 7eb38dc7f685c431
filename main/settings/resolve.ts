import { METADATA } from './metadata.ts';
import type { Values } from './read-values.ts';
import { type SettingName, type Settings, settingsSchema } from './schema.ts';

/** Where a setting's value can come from. */
export const SOURCES = ['machine policy', 'user policy', 'agent', 'default'] as const;
export type Source = (typeof SOURCES)[number];

/** The settings that each source names. */
export interface Levels {
  readonly machine: Values;
  readonly user: Values;
  readonly agent: Values;
}

/** The settings in force: the machine's policy before the user's, the agent's and the defaults. */
export function resolve({ machine, user, agent }: Levels): Settings {
  return settingsSchema.parse({ ...agentSettings(agent), ...user, ...machine });
}

export function sourceOf(name: SettingName, { machine, user, agent }: Levels): Source {
  if (name in machine) return 'machine policy';
  if (name in user) return 'user policy';
  return name in agentSettings(agent) ? 'agent' : 'default';
}

/** A setting that only IT may set never comes from an agent. */
function agentSettings(agent: Values): Values {
  return Object.fromEntries(
    Object.entries(agent).filter(([name]) => METADATA.get(name)?.isAgentSetting === true),
  );
}
