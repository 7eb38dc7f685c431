import type { HeldView } from '../../preload/contract.ts';
import { words } from '../text/language.ts';
import type { Store } from '../state/store.ts';
import { Icon } from '../parts/Icon.tsx';
import { PresenceMark, PresenceMeans } from './Presence.tsx';
import { OutcomeMark } from '../parts/OutcomeMark.tsx';
import { BudgetBar, HeldFor, TimeLeft } from '../parts/Budget.tsx';

interface Props {
  readonly store: Store;
  readonly held: HeldView;
  readonly busy: boolean;
}

/** One line that is always there, so that nothing moves when what it says changes. */
export function HeldStatus({ store, held, busy }: Props) {
  const { ending, lastFailure, presence } = held;
  // Why it could not be ended is more to the point.
  const shown = busy || lastFailure !== null ? null : presence;
  return (
    <div class="status">
      <p class="status-line">
        {busy ? (
          <>
            <span class="outcome tone-accent">
              <Icon name="busy" />
              <span>{ending ? endingText(ending) : words.value.sessions.signingOff}</span>
            </span>
            {ending && <TimeLeft now={store.now} deadline={ending.deadline} />}
          </>
        ) : (
          <>
            {lastFailure && <OutcomeMark outcome={lastFailure.outcome} />}
            {shown && <PresenceMark now={store.now} presence={shown} />}
            <HeldFor now={store.now} since={held.heldSince} />
          </>
        )}
      </p>
      {shown && <PresenceMeans state={shown.state} />}
      {ending && <BudgetBar now={store.now} {...ending} />}
    </div>
  );
}

/** What a sign-off under way is doing, short enough for one line. */
function endingText({ cause, forced, attempt }: NonNullable<HeldView['ending']>): string {
  const say = words.value.sessions;
  // Everything but what is asked for is forced anyway.
  const doing = cause === 'asked' && forced ? say.endingByForce : say.ending[cause];
  // None is sent yet while it is prepared.
  return say.endingAttempt(doing, Math.max(1, attempt));
}
