import { type ReadonlySignal, useComputed } from '@preact/signals';
import type { HeldView } from '../../preload/contract.ts';
import type { PresenceState } from '../model/types.ts';
import { Mark, type MarkStyle } from '../parts/Mark.tsx';
import { words } from '../text/language.ts';
import { presenceWords } from '../text/names.ts';
import { clockLeft, timeOrDay } from '../text/time.ts';

interface Props {
  readonly now: ReadonlySignal<number>;
  readonly presence: NonNullable<HeldView['presence']>;
}

const STYLES: Record<PresenceState, MarkStyle> = {
  present: { icon: 'present', tone: 'good' },
  reconnecting: { icon: 'busy', tone: 'care' },
  dropped: { icon: 'cut', tone: 'bad' },
};

/** The agent's presence, with the time left until the server drops a reconnecting one. */
export function PresenceMark({ now, presence: { state, dropsAt } }: Props) {
  return (
    <Mark {...STYLES[state]}>
      {state === 'reconnecting' && dropsAt !== null ? (
        <DroppedIn now={now} dropsAt={dropsAt} />
      ) : (
        <span>{presenceWords(state)}</span>
      )}
    </Mark>
  );
}

/** What the presence means for the agent; nothing while present. */
export function PresenceExplanation({ presence: { state, said } }: Pick<Props, 'presence'>) {
  if (state === 'present') return null;
  const { presenceMeans, presenceDoubted } = words.value.sessions;
  const isDoubted = state === 'reconnecting' && said !== undefined;
  return <p class="quiet">{isDoubted ? presenceDoubted(said) : presenceMeans[state]}</p>;
}

/** A chat that Signoff cannot take; nothing where none is offered. */
export function ChatOffer({ presence: { chatOfferedAt } }: Pick<Props, 'presence'>) {
  if (chatOfferedAt === undefined) return null;
  return (
    <p class="problem" role="alert">
      {words.value.sessions.chatOffered(timeOrDay(chatOfferedAt, chatOfferedAt))}
    </p>
  );
}

function DroppedIn({ now, dropsAt }: Pick<Props, 'now'> & { dropsAt: number }) {
  const text = useComputed(() => words.value.sessions.droppedIn(clockLeft(dropsAt, now.value)));
  return <span class="countdown">{text}</span>;
}
