import { useSignal } from '@preact/signals';
import type { Receipt } from '../../model/types.ts';
import { words } from '../../text/language.ts';
import { copyText } from './copy-text.ts';
import { receiptText } from './receipt-facts.ts';

/** Copies one receipt, for programs or for people, and says that it did. */
export function CopyButtons({ receipt }: { receipt: Receipt }) {
  const { receipt: texts } = words.value.results;
  const said = useSignal({ text: '', times: 0 });
  const copy = (text: string): void => {
    const done = copyText(text) ? texts.copied : texts.notCopied;
    said.value = { text: done, times: said.value.times + 1 };
  };
  return (
    <div class="copy">
      <p class="quiet" role="status">
        {/* New each time, so that the same words are said again. */}
        <span key={said.value.times}>{said.value.text}</span>
      </p>
      <button type="button" class="button" onClick={() => copy(JSON.stringify(receipt, null, 2))}>
        {texts.copyJson}
      </button>
      <button type="button" class="button" onClick={() => copy(receiptText(receipt))}>
        {texts.copyText}
      </button>
    </div>
  );
}
