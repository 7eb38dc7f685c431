import { type ReadonlySignal, useComputed } from '@preact/signals';
import type { HeldView } from '../../preload/contract.ts';
import { BudgetBar, TimeLeft } from '../parts/Budget.tsx';
import { Icon } from '../parts/Icon.tsx';
import { OutcomeMark } from '../parts/OutcomeMark.tsx';
import { words } from '../text/language.ts';
import { heldFor, moment } from '../text/time.ts';
import { PresenceMark, PresenceExplanation } from './Presence.tsx';

interface Props {
  readonly held: HeldView;
  readonly busy: boolean;
  readonly now: ReadonlySignal<number>;
}

/** One line that is always there, so that nothing moves when what it says changes. */
export function HeldStatus({ held, busy, now }: Props) {
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
            {ending && <TimeLeft now={now} deadline={ending.deadline} />}
          </>
        ) : (
          <>
            {lastFailure && <OutcomeMark outcome={lastFailure.outcome} />}
            {shown && <PresenceMark now={now} presence={shown} />}
            <HeldFor now={now} since={held.heldSince} />
          </>
        )}
      </p>
      {shown && <PresenceExplanation state={shown.state} />}
      {ending && <BudgetBar now={now} {...ending} />}
    </div>
  );
}

/** How long a session has been held; since when as its title. */
function HeldFor({ now, since }: Pick<Props, 'now'> & { since: number }) {
  const text = useComputed(() => heldFor(since, now.value));
  return (
    <time
      dateTime={new Date(since).toISOString()}
      title={words.value.sessions.heldSince(moment(since))}
    >
      {text}
    </time>
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
