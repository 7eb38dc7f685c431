import * as z from 'zod';
import { METADATA } from './metadata.ts';
import type { PolicyProblem } from './policy/policy.ts';
import { resolve, SOURCES, sourceOf } from './resolve.ts';
import { redactSecret } from './secrets.ts';
import type { CurrentSettings } from './settings.ts';

/** Every setting that is in force and where it comes from, without secrets. */
export const settingsReportSchema = z.object({
  settings: z.array(
    z.object({
      name: z.string(),
      value: z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]),
      source: z.enum(SOURCES),
    }),
  ),
  /** What was ignored, or could not be read, for people. */
  problems: z.array(z.object({ source: z.enum(SOURCES), problem: z.string() })),
});
export type SettingsReport = z.infer<typeof settingsReportSchema>;

export function reportSettings(
  settings: Pick<CurrentSettings, 'levels' | 'problems'>,
  policy: { problems(): readonly Pick<PolicyProblem, 'source' | 'problem'>[] },
): SettingsReport {
  const levels = settings.levels();
  const values = resolve(levels);
  return {
    settings: [...METADATA.values()].map(({ name }) => ({
      name,
      value: redactSecret(name, values[name]),
      source: sourceOf(name, levels),
    })),
    problems: [
      ...policy.problems().map(({ source, problem }) => ({ source, problem })),
      ...settings.problems().map((problem) => ({ source: 'agent' as const, problem })),
    ],
  };
}
