import type { SettingProblem } from '../../settings/settings.ts';
import { type ControlReply, EXIT } from './protocol.ts';

const IN_WORDS: Readonly<Record<SettingProblem, string>> = {
  managed: 'Your IT department decides whether Signoff starts at login.',
  'out-of-bounds': 'Whether Signoff starts at login cannot be set to this.',
  'not-saved': 'The settings file could not be written.',
};

/** What `signoff login-item` answers, once the setting was changed or was not. */
export function loginItemReply(problem: SettingProblem | null): ControlReply {
  if (problem === null) return { ok: true, result: {} };
  return { ok: false, exitCode: EXIT.failed, problems: [IN_WORDS[problem]] };
}
