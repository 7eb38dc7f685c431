import { type ReadonlySignal, useComputed } from '@preact/signals';
import type { HeldView } from '../../preload/contract.ts';
import type { PresenceState } from '../model/types.ts';
import { Icon, type IconName } from '../parts/Icon.tsx';
import { words } from '../text/language.ts';
import { presenceWords } from '../text/names.ts';
import { clockLeft } from '../text/time.ts';

interface Props {
  readonly now: ReadonlySignal<number>;
  readonly presence: NonNullable<HeldView['presence']>;
}

/** A shape of its own for each, so that nothing hangs on colour. */
const MARKS: Record<PresenceState, { icon: IconName; tone: 'good' | 'care' | 'bad' }> = {
  present: { icon: 'present', tone: 'good' },
  reconnecting: { icon: 'busy', tone: 'care' },
  dropped: { icon: 'cut', tone: 'bad' },
};

/** Whether the server takes the agent for present, and for how long yet. */
export function PresenceMark({ now, presence: { state, dropsAt } }: Props) {
  const { icon, tone } = MARKS[state];
  return (
    <span class={`outcome tone-${tone}`}>
      <Icon name={icon} />
      {state === 'reconnecting' && dropsAt !== null ? (
        <DroppedIn now={now} dropsAt={dropsAt} />
      ) : (
        <span>{presenceWords(state)}</span>
      )}
    </span>
  );
}

/** What that means for the agent, where there is something to say about it. */
export function PresenceExplanation({ state }: { state: PresenceState }) {
  if (state === 'present') return null;
  return <p class="quiet">{words.value.sessions.presenceMeans[state]}</p>;
}

function DroppedIn({ now, dropsAt }: Pick<Props, 'now'> & { dropsAt: number }) {
  const text = useComputed(() => words.value.sessions.droppedIn(clockLeft(dropsAt, now.value)));
  return <span class="countdown">{text}</span>;
}
