import { LANGUAGES, type Settings } from '../settings/schema.ts';

type Language = (typeof LANGUAGES)[number];

/** The language that is set, or the first preferred one (BCP 47 tags) with a catalogue. Regions are ignored. */
export function chooseLanguage(
  setting: Settings['language'],
  preferred: readonly string[],
): Language {
  if (setting !== 'system') return setting;
  for (const tag of preferred) {
    const closest = LANGUAGES.find((language) => base(language) === base(tag));
    if (closest !== undefined) return closest;
  }
  return 'en';
}

/** The language of a tag, without script and region. */
function base(tag: string): string {
  return tag.toLowerCase().split(/[-_]/)[0] ?? '';
}
