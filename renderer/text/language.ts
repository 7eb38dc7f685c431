import { computed, signal } from '@preact/signals';
import { wordsFor } from '../../words/words.ts';

/** What the window speaks, as a BCP 47 tag; the store sets it from the app's state. */
export const language = signal('en');

/** What it says. A component that reads it is shown anew when the language changes. */
export const words = computed(() => wordsFor(language.value));
