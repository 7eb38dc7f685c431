import * as z from 'zod';
import { FACTS } from './facts.ts';
import type { Policy } from './policy/policy.ts';
import { resolve, SOURCES, sourceOf } from './resolve.ts';
import type { CurrentSettings } from './settings.ts';

/** Every setting as it counts, for whoever asks why the app does what it does. It holds no secret. */
export const settingsReportSchema = z.object({
  settings: z.array(
    z.object({
      name: z.string(),
      value: z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]),
      source: z.enum(SOURCES),
    }),
  ),
  /** What was passed over, or could not be read, in words; and where. */
  problems: z.array(z.object({ source: z.enum(SOURCES), problem: z.string() })),
});
export type SettingsReport = z.infer<typeof settingsReportSchema>;

export function reportSettings(
  settings: Pick<CurrentSettings, 'levels' | 'problems'>,
  policy: Pick<Policy, 'problems'>,
): SettingsReport {
  const levels = settings.levels();
  const values = resolve(levels);
  return {
    settings: [...FACTS.values()].map(({ name, isSecret }) => ({
      name,
      value: isSecret ? struckOut(values[name]) : withoutUserInfo(values[name]),
      source: sourceOf(name, levels),
    })),
    problems: [
      ...policy.problems(),
      ...settings.problems().map((problem) => ({ source: 'agent' as const, problem })),
    ],
  };
}

/** Only whether there is one. */
function struckOut(value: unknown): string {
  return value === '' ? '' : '…';
}

/** A proxy's address may have a user name and password in it. */
function withoutUserInfo<T>(value: T): T | string {
  return typeof value === 'string' ? value.replace(/^(https?:\/\/)[^@/]*@/, '$1…@') : value;
}
