import { useSignal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import { causeWords, duration, receiptName } from '../words.ts';
import type { Receipt } from '../words.ts';
import { Icon } from './Icon.tsx';
import { OutcomeMark } from './OutcomeMark.tsx';
import { ResultDetails } from './ResultDetails.tsx';
import { Ago } from './Times.tsx';

interface Props {
  readonly receipt: Receipt;
  readonly now: ReadonlySignal<number>;
}

export function Result({ receipt, now }: Props) {
  const open = useSignal(false);
  const outcomeId = useId();
  const nameId = useId();
  const detailsId = useId();
  const name = receiptName(receipt);
  return (
    <li class="result" aria-labelledby={`${outcomeId} ${nameId}`}>
      <div class="result-head">
        <div class="result-line">
          <OutcomeMark outcome={receipt.outcome} id={outcomeId} />
          <Ago now={now} at={Date.parse(receipt.finishedAt)} />
        </div>
        <p class="result-what">
          <b id={nameId}>{name}</b> <span class="quiet">· {causeWords(receipt.cause)}</span>
        </p>
        <p class="result-times quiet">
          <Measure term="Server" ms={receipt.server.processingMs} />
          <Measure term="Round trip" ms={receipt.roundTripMs} />
          {receipt.implausible.length > 0 && (
            <span class="outcome tone-care">
              <Icon name="warning" />
              <span>Implausible</span>
            </span>
          )}
        </p>
        <button
          type="button"
          class="button button-icon result-more"
          aria-label={`Details: ${name}`}
          aria-expanded={open.value}
          aria-controls={detailsId}
          onClick={() => (open.value = !open.value)}
        >
          <Icon name="more" />
        </button>
      </div>
      <div id={detailsId} hidden={!open.value}>
        {open.value && <ResultDetails receipt={receipt} />}
      </div>
    </li>
  );
}

function Measure({ term, ms }: { term: string; ms: number | null }) {
  return (
    <span>
      {term} <span class="measure">{ms === null ? '–' : duration(ms)}</span>
    </span>
  );
}
