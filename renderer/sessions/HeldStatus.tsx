import { type ReadonlySignal, useComputed } from '@preact/signals';
import type { HeldView } from '../../preload/contract.ts';
import { BudgetBar, TimeLeft } from '../parts/Budget.tsx';
import { Mark } from '../parts/Mark.tsx';
import { OutcomeMark } from '../parts/OutcomeMark.tsx';
import { words } from '../text/language.ts';
import { heldFor, moment } from '../text/time.ts';
import { ChatOffer, PresenceMark, PresenceExplanation } from './Presence.tsx';

interface Props {
  readonly held: HeldView;
  readonly busy: boolean;
  readonly now: ReadonlySignal<number>;
}

/** The status line; always rendered, so that nothing moves when its text changes. */
export function HeldStatus({ held, busy, now }: Props) {
  const { ending, lastFailure, presence } = held;
  // A failure matters more than the presence.
  const shown = busy || lastFailure !== null ? null : presence;
  return (
    <div class="status">
      <p class="status-line">
        {busy ? (
          <>
            <Mark icon="busy" tone="accent">
              <span>{ending ? endingText(ending) : words.value.sessions.signingOff}</span>
            </Mark>
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
      {shown && <PresenceExplanation presence={shown} />}
      {presence && <ChatOffer presence={presence} />}
      {ending && <BudgetBar now={now} {...ending} />}
    </div>
  );
}

/** How long a session has been held, with the start as its title. */
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

/** The progress of a running sign-off, short enough for one line. */
function endingText({ cause, forced, attempt }: NonNullable<HeldView['ending']>): string {
  const say = words.value.sessions;
  // All other causes are always forced.
  const doing = cause === 'asked' && forced ? say.endingByForce : say.ending[cause];
  // The attempt is 0 until the first request is sent.
  return say.endingAttempt(doing, Math.max(1, attempt));
}
