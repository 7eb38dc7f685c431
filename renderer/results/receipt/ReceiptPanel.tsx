import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Receipt } from '../../model/types.ts';
import { Icon } from '../../parts/Icon.tsx';
import { Mark } from '../../parts/Mark.tsx';
import { ReceiptMark } from '../../parts/OutcomeMark.tsx';
import { words } from '../../text/language.ts';
import { receiptName, wasRequested } from '../../text/names.ts';
import { reasonOf } from '../../text/reasons.ts';
import { moment } from '../../text/time.ts';
import { implausibleWords } from '../implausible.ts';
import { summarise } from '../summary.ts';
import { CopyButtons } from './CopyButtons.tsx';
import { factsOf } from './receipt-facts.ts';
import { Waterfall } from './Waterfall.tsx';

interface Props {
  readonly receipt: Receipt;
  readonly onBack: () => void;
}

/** One result in detail: what happened, where the time went, and what the server replied. */
export function ReceiptPanel({ receipt, onBack }: Props) {
  const { receipt: texts, waterfall } = words.value.results;
  const back = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => back.current?.focus({ preventScroll: true }), []);
  useEscape(onBack);
  const isRequested = wasRequested(receipt);
  const summary = summarise({ ...receipt, processingMs: receipt.server.processingMs });
  return (
    <article class="receipt" aria-label={receiptName(receipt)}>
      <div class="receipt-head">
        <button type="button" class="button button-plain" ref={back} onClick={onBack}>
          <Icon name="back" />
          {texts.back}
        </button>
        <CopyButtons receipt={receipt} />
      </div>
      <div class="card">
        <div class="receipt-title">
          <h3>{receiptName(receipt)}</h3>
          <ReceiptMark receipt={receipt} />
        </div>
        <p>{whatHappenedTo(receipt)}</p>
        <p class="quiet">{circumstances(receipt).join(' · ')}</p>
        <ReceiptError receipt={receipt} />
        <Marks receipt={receipt} />
      </div>
      {/* Without a request there is nothing to time. */}
      {isRequested && (
        <section class="card" aria-label={waterfall.title}>
          <h3 class="card-heading">{waterfall.title}</h3>
          {summary !== null && <p>{summary}</p>}
          <Waterfall receipt={receipt} />
        </section>
      )}
      <div class="card">
        <details class="disclosure">
          <summary>{texts.details}</summary>
          <dl class="rows">
            {factsOf(receipt).map(({ term, value, implausible }) => (
              <div key={term}>
                <dt>{term}</dt>
                <dd>
                  {value}
                  {implausible && (
                    <Mark icon="warning" tone="care">
                      {texts.implausible.label}
                    </Mark>
                  )}
                </dd>
              </div>
            ))}
          </dl>
        </details>
        <RawReply receipt={receipt} />
      </div>
    </article>
  );
}

function whatHappenedTo({ cause, outcome, kind, handedIn, letGo }: Receipt): string {
  const { whatHappened, consoleMayHaveAnother } = words.value.results;
  if (cause === 'server' || cause === 'replaced') return whatHappened[cause];
  if (letGo) return whatHappened.letGo;
  const isPerhapsOld = outcome === 'already-over' && kind === 'agent' && handedIn;
  return isPerhapsOld ? `${whatHappened[outcome]} ${consoleMayHaveAnother}` : whatHappened[outcome];
}

function circumstances({ cause, forced, attempts, finishedAt }: Receipt): readonly string[] {
  const texts = words.value.results;
  return [
    ...(wasRequested({ cause }) ? [texts.causeNames[cause]] : []),
    ...(forced ? [texts.forced] : []),
    ...(attempts > 1 ? [texts.attempts(attempts)] : []),
    moment(Date.parse(finishedAt)),
  ];
}

function ReceiptError({ receipt: { error, answeredBy } }: { receipt: Receipt }) {
  if (!error) return null;
  const { receipt: texts } = words.value.results;
  const reason = reasonOf({ ...error, answeredBy });
  return (
    <div class="said">
      <h4>{reason?.by === 'server' ? texts.said : texts.wrong}</h4>
      {reason && <p>{reason.text}</p>}
      <p class="quiet">
        <code>{codesOf(error).join(' · ')}</code>
      </p>
    </div>
  );
}

/** The server's code and status; without the code if that only repeats the status. */
function codesOf({ code, status }: NonNullable<Receipt['error']>): readonly string[] {
  if (status === null) return [code];
  const statusWords = words.value.results.receipt.replyStatus(status);
  return code === '' || code === `HTTP_${status}` ? [statusWords] : [code, statusWords];
}

function Marks({ receipt }: { receipt: Receipt }) {
  const marks = implausibleWords(receipt);
  if (marks.length === 0) return null;
  return (
    <ul class="marks" aria-label={words.value.results.receipt.implausible.label}>
      {marks.map((mark) => (
        <li key={mark} class="outcome tone-care">
          <Icon name="warning" />
          <span>{mark}</span>
        </li>
      ))}
    </ul>
  );
}

function RawReply({ receipt: { reply } }: { receipt: Receipt }) {
  if (!reply) return null;
  const { receipt: texts } = words.value.results;
  return (
    <details class="disclosure">
      <summary>{texts.reply}</summary>
      <p class="quiet">
        {texts.replyStatus(reply.status)}
        {reply.body === '' && ` · ${texts.replyEmpty}`}
        {reply.cut && ` · ${texts.replyCut}`}
      </p>
      {/* A scrollable region must be reachable by keyboard. */}
      {reply.body !== '' && (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <pre class="reply" tabIndex={0} role="region" aria-label={texts.reply}>
          {indented(reply.body)}
        </pre>
      )}
    </details>
  );
}

/** JSON indented; anything else unchanged. */
function indented(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    // Cut off, or a web page.
    return body;
  }
}

/** Escape goes back, unless a dialog is open. */
function useEscape(onBack: () => void): void {
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const inDialog = document.querySelector('dialog[open]') !== null;
      if (event.key === 'Escape' && !event.defaultPrevented && !inDialog) onBack();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [onBack]);
}
