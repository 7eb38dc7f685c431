import type { ResultsStore } from '../stores/results-store.ts';
import { words } from '../text/language.ts';

const VIEWS = ['list', 'times'] as const;

/** Chooses between the list and what it says over time. */
export function ViewChoice({ results }: { results: ResultsStore }) {
  const { views } = words.value.results;
  return (
    <div class="segments" role="group" aria-label={views.label}>
      {VIEWS.map((view) => (
        <button
          key={view}
          type="button"
          class="segment"
          aria-pressed={results.view.value === view}
          onClick={() => results.show(view)}
        >
          {views[view]}
        </button>
      ))}
    </div>
  );
}
