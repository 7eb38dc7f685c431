import { words } from '../language.ts';
import { Icon } from './Icon.tsx';

interface Props {
  /** Whether nothing has ever been signed off here: then it is said what this is for. */
  readonly firstRun: boolean;
  readonly onAdd: () => void;
}

/** In the place of the sessions while there are none. */
export function NothingHeld({ firstRun, onAdd }: Props) {
  const say = words.value.sessions;
  return (
    <div class="empty">
      <span class="empty-mark">
        <Icon name={firstRun ? 'held' : 'nothing'} />
      </span>
      <h3>{firstRun ? say.firstRunTitle : say.emptyTitle}</h3>
      {firstRun ? (
        <ol class="steps">
          <li>{say.firstRunAdd}</li>
          <li>{say.firstRunLeave}</li>
          <li>{say.firstRunSee}</li>
        </ol>
      ) : (
        <p class="quiet">{say.emptyText}</p>
      )}
      <button type="button" class="button button-main" onClick={onAdd}>
        <Icon name="add" />
        {say.addSession}
      </button>
      <p class="quiet">
        {say.emptyCommand} <code>signoff hold &lt; session.json</code>
      </p>
    </div>
  );
}
