import type { ReadonlySignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import type { Receipt } from '../model/types.ts';
import { ReceiptMark } from '../parts/OutcomeMark.tsx';
import { words } from '../text/language.ts';
import { receiptName } from '../text/names.ts';
import { duration } from '../text/time.ts';
import { isProcessingImplausible } from './implausible.ts';
import { Ago } from './RelativeTime.tsx';

interface Props {
  /** The newest first. */
  readonly receipts: readonly Receipt[];
  readonly now: ReadonlySignal<number>;
  readonly onAllResults: () => void;
}

/** What has just been ended, so that a session does not vanish without a word. */
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
          <Ended key={receipt.id} receipt={receipt} now={now} />
        ))}
      </ul>
    </section>
  );
}

function Ended({ receipt, now }: { receipt: Receipt; now: Props['now'] }) {
  const outcomeId = useId();
  const nameId = useId();
  return (
    <li aria-labelledby={`${outcomeId} ${nameId}`}>
      <p class="lately-what">
        <ReceiptMark receipt={receipt} id={outcomeId} />
        <b id={nameId}>{receiptName(receipt)}</b>
      </p>
      <Ago now={now} at={Date.parse(receipt.finishedAt)} />
      <p class="lately-times quiet">{timing(receipt)}</p>
    </li>
  );
}

/** A server's time that cannot be is left to the results, where it is marked. */
function timing(receipt: Receipt): string {
  const { serverTook, roundTripTook } = words.value.sessions;
  const { server, roundTripMs } = receipt;
  if (roundTripMs === null) return '';
  if (server.processingMs === null || isProcessingImplausible(receipt)) {
    return roundTripTook(duration(roundTripMs));
  }
  return serverTook(duration(server.processingMs), duration(roundTripMs));
}
