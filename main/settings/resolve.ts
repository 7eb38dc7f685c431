import { METADATA } from './metadata.ts';
import type { Values } from './read-values.ts';
import type { StartAtLogin } from './start-at-login.ts';
import { type SettingName, type Settings, settingsSchema } from './schema.ts';

/** Where a setting's value can come from. */
export const SOURCES = [
  'machine policy',
  'user policy',
  'desktop',
  'agent',
  'installation',
  'default',
] as const;
export type Source = (typeof SOURCES)[number];

/** The settings that each source names. */
export interface Levels extends StartAtLogin {
  readonly machine: Values;
  readonly user: Values;
  readonly agent: Values;
}

/** The settings in force: each source goes before those that stand after it in `SOURCES`. */
export function resolve({ machine, user, desktop, agent, installation }: Levels): Settings {
  return settingsSchema.parse({
    ...installation,
    ...agentSettings(agent),
    ...desktop,
    ...user,
    ...machine,
  });
}

export function sourceOf(name: SettingName, levels: Levels): Source {
  const { machine, user, desktop, agent, installation } = levels;
  if (name in machine) return 'machine policy';
  if (name in user) return 'user policy';
  if (name in desktop) return 'desktop';
  if (name in agentSettings(agent)) return 'agent';
  return name in installation ? 'installation' : 'default';
}

/** A setting that only IT may set never comes from an agent. */
function agentSettings(agent: Values): Values {
  return Object.fromEntries(
    Object.entries(agent).filter(([name]) => METADATA.get(name)?.isAgentSetting === true),
  );
}
