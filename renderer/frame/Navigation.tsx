import { words } from '../text/language.ts';

const VIEWS = ['sessions', 'results'] as const;

/** A view of the window. */
export type View = (typeof VIEWS)[number];

interface Props {
  readonly view: View;
  readonly onChoose: (view: View) => void;
}

export function Navigation({ view, onChoose }: Props) {
  const say = words.value.sessions;
  const names: Record<View, string> = { sessions: say.viewSessions, results: say.viewResults };
  return (
    <nav aria-label={say.views}>
      {VIEWS.map((choice) => (
        <button
          key={choice}
          type="button"
          class="view"
          aria-current={choice === view ? 'page' : undefined}
          onClick={() => onChoose(choice)}
        >
          {names[choice]}
        </button>
      ))}
    </nav>
  );
}
