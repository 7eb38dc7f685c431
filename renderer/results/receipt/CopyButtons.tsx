import { useSignal } from '@preact/signals';
import type { Receipt } from '../../model/types.ts';
import { words } from '../../text/language.ts';
import { receiptText } from './receipt-facts.ts';

/** Copies a receipt as JSON or as text, and announces whether that worked. */
export function CopyButtons({ receipt }: { receipt: Receipt }) {
  const { receipt: texts } = words.value.results;
  const status = useSignal({ text: '', key: 0 });
  const copy = (text: string): void => {
    const result = copyText(text) ? texts.copied : texts.notCopied;
    status.value = { text: result, key: status.value.key + 1 };
  };
  return (
    <div class="copy">
      <p class="quiet" role="status">
        {/* A new element each time, so that the same words are announced again. */}
        <span key={status.value.key}>{status.value.text}</span>
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

/** Puts text on the clipboard; returns whether that worked. */
function copyText(text: string): boolean {
  const textarea = document.createElement('textarea');
  textarea.value = text;
  textarea.readOnly = true;
  textarea.className = 'copied';
  const focused = document.activeElement;
  // While a dialog is open, nothing outside it can be selected.
  (focused?.closest('dialog') ?? document.body).append(textarea);
  try {
    textarea.select();
    // `navigator.clipboard` needs a permission, and the app's pages are given none.
    return document.execCommand('copy');
  } finally {
    textarea.remove();
    if (focused instanceof HTMLElement) focused.focus();
  }
}
