import type { State } from '../../preload/contract.ts';
import { EmptyState } from '../parts/EmptyState.tsx';
import { Icon } from '../parts/Icon.tsx';
import { words } from '../text/language.ts';

interface Props {
  /** Whether nothing was ever signed off here: then the app is explained. */
  readonly firstRun: boolean;
  /** The ways to get a session that IT allows. */
  readonly offers: State['signIn']['offers'];
  readonly onSignIn: () => void;
  readonly onAdd: () => void;
}

/** Shown while no session is held. */
export function NoSessions({ firstRun, offers, onSignIn, onAdd }: Props) {
  const say = words.value.sessions;
  return (
    <EmptyState
      icon={firstRun ? 'held' : 'nothing'}
      title={firstRun ? say.firstRunTitle : say.emptyTitle}
    >
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
    </EmptyState>
  );
}

function firstStep({ signIn, handIn }: Props['offers']): string {
  const { firstRunSignIn, firstRunAdd, firstRunEither } = words.value.sessions;
  if (!signIn) return firstRunAdd;
  return handIn ? firstRunEither : firstRunSignIn;
}
