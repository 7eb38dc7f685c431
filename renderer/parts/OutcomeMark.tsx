import type { Outcome, Receipt } from '../model/types.ts';
import { outcomeWords, receiptOutcomeWords } from '../text/names.ts';
import { Icon, type IconName } from './Icon.tsx';

interface Shape {
  readonly icon: IconName;
  readonly tone: 'good' | 'care' | 'bad';
}

/** A shape of its own for each outcome, so that nothing hangs on colour. */
const MARKS: Record<Outcome, Shape> = {
  ended: { icon: 'done', tone: 'good' },
  'already-over': { icon: 'before', tone: 'good' },
  refused: { icon: 'stop', tone: 'bad' },
  'not-found': { icon: 'unknown', tone: 'bad' },
  'server-error': { icon: 'warning', tone: 'bad' },
  unreachable: { icon: 'cut', tone: 'care' },
  'timed-out': { icon: 'clock', tone: 'care' },
};
const BY_SERVER: Shape = { icon: 'info', tone: 'care' };

/** An outcome in words, with its colour and shape. */
export function OutcomeMark({ outcome }: { outcome: Outcome }) {
  return <Mark shape={MARKS[outcome]} text={outcomeWords(outcome)} />;
}

/** The same of a receipt, whose session the server may have ended by itself. */
export function ReceiptMark({ receipt, id }: { receipt: Receipt; id?: string }) {
  const shape = receipt.cause === 'server' ? BY_SERVER : MARKS[receipt.outcome];
  return <Mark shape={shape} text={receiptOutcomeWords(receipt)} id={id} />;
}

function Mark({
  shape: { icon, tone },
  text,
  id,
}: {
  shape: Shape;
  text: string;
  id?: string | undefined;
}) {
  return (
    <span class={`outcome tone-${tone}`}>
      <Icon name={icon} />
      <span id={id}>{text}</span>
    </span>
  );
}
