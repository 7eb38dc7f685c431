import type { SettingBounds, State } from '../../preload/contract.ts';

export type Settings = State['settings']['values'];
export type SettingName = keyof Settings;
export type NumberName = keyof SettingBounds;

/** The numbers' bounds. Their type comes from the schema, so that others do not compile. */
export const BOUNDS: SettingBounds = {
  receiptDays: { least: 7, most: 3650 },
  idleMinutes: { least: 1, most: 480 },
};

/** Each language by its own name. */
export const LANGUAGE_NAMES: Readonly<Record<State['language'], string>> = {
  de: 'Deutsch',
  en: 'English',
  es: 'Español',
  fr: 'Français',
  ja: '日本語',
  'pt-BR': 'Português (Brasil)',
};

/** Changes a setting; resolves with why it was not changed, in words, or null. */
export type SetSetting = <N extends SettingName>(
  name: N,
  value: Settings[N],
) => Promise<string | null>;
