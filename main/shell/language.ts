import { LANGUAGES, type Settings } from '../settings/schema.ts';

type Language = (typeof LANGUAGES)[number];

/**
 * What Signoff speaks: the language that is set or, by default, the first of those that the person
 * prefers (BCP 47 tags) which it speaks in some form; a region other than ours is no hindrance.
 */
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

/** The language itself, without script and region. */
function base(tag: string): string {
  return tag.toLowerCase().split(/[-_]/)[0] ?? '';
}
