import type { ReadonlySignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import type { Receipt } from '../model/types.ts';
import { ReceiptMark } from '../parts/OutcomeMark.tsx';
import { words } from '../text/language.ts';
import { receiptName } from '../text/names.ts';
import { duration } from '../text/time.ts';
import { isProcessingImplausible } from './implausible.ts';
import { TimeAgo } from './RelativeTime.tsx';

interface Props {
  /** The newest first. */
  readonly receipts: readonly Receipt[];
  readonly now: ReadonlySignal<number>;
  readonly onAllResults: () => void;
}

/** The sessions that just ended. */
export function RecentResults({ receipts, now, onAllResults }: Props) {
  const headingId = useId();
  if (receipts.length === 0) return null;
  const say = words.value.sessions;
  return (
    <section class="section" aria-labelledby={headingId}>
      <div class="section-head">
        <h2 id={headingId}>{say.lately}</h2>
        <button type="button" class="button button-plain" onClick={onAllResults}>
          {say.allResults}
        </button>
      </div>
      <ul class="lately">
        {receipts.map((receipt) => (
          <RecentResult key={receipt.id} receipt={receipt} now={now} />
        ))}
      </ul>
    </section>
  );
}

function RecentResult({ receipt, now }: { receipt: Receipt; now: Props['now'] }) {
  const outcomeId = useId();
  const nameId = useId();
  return (
    <li aria-labelledby={`${outcomeId} ${nameId}`}>
      <p class="lately-what">
        <ReceiptMark receipt={receipt} id={outcomeId} />
        <b id={nameId}>{receiptName(receipt)}</b>
      </p>
      <TimeAgo now={now} at={Date.parse(receipt.finishedAt)} />
      <p class="lately-times quiet">{timing(receipt)}</p>
    </li>
  );
}

/** An implausible server time is left out here; the results show and mark it. */
function timing(receipt: Receipt): string {
  const { serverTook, roundTripTook } = words.value.sessions;
  const { server, roundTripMs } = receipt;
  if (roundTripMs === null) return '';
  if (server.processingMs === null || isProcessingImplausible(receipt)) {
    return roundTripTook(duration(roundTripMs));
  }
  return serverTook(duration(server.processingMs), duration(roundTripMs));
}
