import { useId } from 'preact/hooks';
import { duration, receiptName } from '../text/format.ts';
import type { Receipt } from '../text/format.ts';
import { words } from '../text/language.ts';
import type { Store } from '../state/store.ts';
import { isProcessingImplausible } from './implausible.ts';
import { EndMark } from '../parts/OutcomeMark.tsx';
import { Ago } from '../parts/Budget.tsx';

interface Props {
  readonly store: Store;
  readonly onAllResults: () => void;
}

/** What has just been ended, so that a session does not vanish without a word. */
export function Lately({ store, onAllResults }: Props) {
  const headingId = useId();
  const receipts = store.lately.value;
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
          <Ended key={receipt.id} receipt={receipt} now={store.now} />
        ))}
      </ul>
    </section>
  );
}

function Ended({ receipt, now }: { receipt: Receipt; now: Store['now'] }) {
  const outcomeId = useId();
  const nameId = useId();
  return (
    <li aria-labelledby={`${outcomeId} ${nameId}`}>
      <p class="lately-what">
        <EndMark receipt={receipt} id={outcomeId} />
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
