import type { Outcome, Receipt } from '../model/types.ts';
import { outcomeWords, receiptOutcomeWords, wasRequested } from '../text/names.ts';
import { Mark, type MarkStyle } from './Mark.tsx';

const STYLES: Record<Outcome, MarkStyle> = {
  ended: { icon: 'done', tone: 'good' },
  'already-over': { icon: 'before', tone: 'good' },
  refused: { icon: 'stop', tone: 'bad' },
  'not-found': { icon: 'unknown', tone: 'bad' },
  'server-error': { icon: 'warning', tone: 'bad' },
  unreachable: { icon: 'cut', tone: 'care' },
  'timed-out': { icon: 'clock', tone: 'care' },
  unconfirmed: { icon: 'unknown', tone: 'care' },
};
/** Nobody asked for its end. */
const UNASKED: MarkStyle = { icon: 'info', tone: 'care' };

/** The outcome of a sign-off. */
export function OutcomeMark({ outcome }: { outcome: Outcome }) {
  return (
    <Mark {...STYLES[outcome]}>
      <span>{outcomeWords(outcome)}</span>
    </Mark>
  );
}

/** The outcome of a receipt, whose session the server may have ended by itself. */
export function ReceiptMark({ receipt, id }: { receipt: Receipt; id?: string }) {
  const style = wasRequested(receipt) ? STYLES[receipt.outcome] : UNASKED;
  return (
    <Mark {...style}>
      <span id={id}>{receiptOutcomeWords(receipt)}</span>
    </Mark>
  );
}
