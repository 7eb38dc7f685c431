import { useSignal } from '@preact/signals';
import type { Receipt } from '../../format.ts';
import { words } from '../../language.ts';
import { copyText } from './copy-text.ts';
import { receiptText } from './receipt-facts.ts';

/** Copies one receipt, for programs or for people, and says that it did. */
export function CopyButtons({ receipt }: { receipt: Receipt }) {
  const { receipt: texts } = words.value.results;
  const said = useSignal('');
  const copy = (text: string): void => {
    said.value = copyText(text) ? texts.copied : texts.notCopied;
  };
  return (
    <div class="copy">
      <p class="quiet" role="status">
        {said}
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
