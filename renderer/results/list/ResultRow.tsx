import type { ReadonlySignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import type { Receipt } from '../../model/types.ts';
import { Icon } from '../../parts/Icon.tsx';
import { ReceiptMark } from '../../parts/OutcomeMark.tsx';
import { words } from '../../text/language.ts';
import { causeWords, receiptName, receiptOutcomeWords, wasRequested } from '../../text/names.ts';
import { duration } from '../../text/time.ts';
import { ShortTime } from '../RelativeTime.tsx';

interface Props {
  readonly receipt: Receipt;
  readonly now: ReadonlySignal<number>;
  /** Counted from 1. */
  readonly position: number;
  /** The number of results; -1 while unknown. */
  readonly total: number;
  readonly isTabStop: boolean;
  readonly onOpen: (receipt: Receipt) => void;
}

/** One result in the list: session, outcome and duration. */
export function ResultRow({ receipt, now, position, total, isTabStop, onOpen }: Props) {
  const outcomeId = useId();
  const nameId = useId();
  const implausible = words.value.results.receipt.implausible.label;
  const { processingMs } = receipt.server;
  const name = receiptName(receipt);
  const why = wasRequested(receipt) ? ` · ${causeWords(receipt.cause)}` : '';
  return (
    <li
      class="result"
      aria-labelledby={`${outcomeId} ${nameId}`}
      aria-posinset={position}
      aria-setsize={total}
    >
      <button
        type="button"
        class="result-open"
        data-receipt={receipt.id}
        tabIndex={isTabStop ? 0 : -1}
        onClick={() => onOpen(receipt)}
      >
        <span class="result-line">
          <b id={nameId} title={name}>
            {name}
          </b>{' '}
          <ShortTime now={now} at={Date.parse(receipt.finishedAt)} />
        </span>{' '}
        <span class="result-line">
          <span class="result-what" title={`${receiptOutcomeWords(receipt)}${why}`}>
            <ReceiptMark receipt={receipt} id={outcomeId} />
            {why}
          </span>{' '}
          <span class="result-times">
            {receipt.implausible.length > 0 && (
              <span class="outcome tone-care" title={implausible}>
                <Icon name="warning" />
                <span class="only-heard">{implausible}</span>
              </span>
            )}
            <Took processingMs={processingMs} roundTripMs={receipt.roundTripMs} />
          </span>
        </span>
      </button>
    </li>
  );
}

/** The server's share of the round trip, as far as known. */
function Took({
  processingMs,
  roundTripMs,
}: Record<'processingMs' | 'roundTripMs', number | null>) {
  const { list, waterfall } = words.value.results;
  const server = processingMs === null ? null : duration(processingMs);
  if (roundTripMs === null) return server && <span>{waterfall.server(server)}</span>;
  return (
    <span>
      {server === null ? list.took : list.serverOf(server)} <b>{duration(roundTripMs)}</b>
    </span>
  );
}
