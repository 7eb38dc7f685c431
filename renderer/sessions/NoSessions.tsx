import type { State } from '../../preload/contract.ts';
import { words } from '../text/language.ts';
import { Icon } from '../parts/Icon.tsx';

interface Props {
  /** Whether nothing has ever been signed off here: then it is said what this is for. */
  readonly firstRun: boolean;
  /** The ways to a session that IT has offered. */
  readonly offers: State['signIn']['offers'];
  readonly onSignIn: () => void;
  readonly onAdd: () => void;
}

/** In the place of the sessions while there are none. */
export function NothingHeld({ firstRun, offers, onSignIn, onAdd }: Props) {
  const say = words.value.sessions;
  return (
    <div class="empty">
      <span class="empty-mark">
        <Icon name={firstRun ? 'held' : 'nothing'} />
      </span>
      <h3>{firstRun ? say.firstRunTitle : say.emptyTitle}</h3>
      {firstRun ? (
        <ol class="steps">
          <li>{firstStep(offers)}</li>
          <li>{say.firstRunLeave}</li>
          <li>{say.firstRunSee}</li>
        </ol>
      ) : (
        <p class="quiet">{offers.signIn ? say.emptySignIn : say.emptyText}</p>
      )}
      <div class="actions">
        {offers.signIn && (
          <button type="button" class="button button-main" onClick={onSignIn}>
            <Icon name="enter" />
            {words.value.signIn.signIn}
          </button>
        )}
        {offers.handIn && (
          <button
            type="button"
            class={offers.signIn ? 'button' : 'button button-main'}
            onClick={onAdd}
          >
            <Icon name="add" />
            {say.addSession}
          </button>
        )}
      </div>
      <p class="quiet">
        {say.emptyCommand}{' '}
        <code>{offers.signIn ? 'signoff sign-in' : 'signoff hold < session.json'}</code>
      </p>
    </div>
  );
}

function firstStep({ signIn, handIn }: Props['offers']): string {
  const { firstRunSignIn, firstRunAdd, firstRunEither } = words.value.sessions;
  if (!signIn) return firstRunAdd;
  return handIn ? firstRunEither : firstRunSignIn;
}
