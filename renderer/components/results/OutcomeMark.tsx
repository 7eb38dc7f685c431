import { outcomeWords } from '../../format.ts';
import type { Outcome } from '../../format.ts';
import { Icon } from '../Icon.tsx';
import type { IconName } from '../Icon.tsx';

/** A shape of its own for each outcome, so that nothing hangs on colour. */
const MARKS: Record<Outcome, { icon: IconName; tone: 'good' | 'care' | 'bad' }> = {
  ended: { icon: 'done', tone: 'good' },
  'already-over': { icon: 'before', tone: 'good' },
  refused: { icon: 'stop', tone: 'bad' },
  'not-found': { icon: 'unknown', tone: 'bad' },
  'server-error': { icon: 'warning', tone: 'bad' },
  unreachable: { icon: 'cut', tone: 'care' },
  'timed-out': { icon: 'clock', tone: 'care' },
};

/** An outcome in words, with its colour and shape. */
export function OutcomeMark({ outcome, id }: { outcome: Outcome; id?: string }) {
  const { icon, tone } = MARKS[outcome];
  return (
    <span class={`outcome tone-${tone}`}>
      <Icon name={icon} />
      <span id={id}>{outcomeWords(outcome)}</span>
    </span>
  );
}
