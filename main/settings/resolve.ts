import { FACTS } from './facts.ts';
import type { Values } from './read-values.ts';
import { type SettingName, type Settings, settingsSchema } from './schema.ts';

/** Who a setting's value comes from. */
export const SOURCES = ['machine policy', 'user policy', 'agent', 'default'] as const;
export type Source = (typeof SOURCES)[number];

/** What each source names. */
export interface Levels {
  readonly machine: Values;
  readonly user: Values;
  readonly agent: Values;
}

/** The settings that count: the machine's policy before the user's, before the agent's, before the defaults. */
export function resolve({ machine, user, agent }: Levels): Settings {
  return settingsSchema.parse({ ...agentsOwn(agent), ...user, ...machine });
}

/** Where the value of a setting comes from. */
export function sourceOf(name: SettingName, { machine, user, agent }: Levels): Source {
  if (name in machine) return 'machine policy';
  if (name in user) return 'user policy';
  return name in agentsOwn(agent) ? 'agent' : 'default';
}

/** What is IT's alone never comes from an agent, wherever it stood. */
function agentsOwn(agent: Values): Values {
  return Object.fromEntries(
    Object.entries(agent).filter(([name]) => FACTS.get(name)?.isAgents === true),
  );
}
