import { useSignal } from '@preact/signals';
import type { State } from '../../preload/contract.ts';
import { words } from '../text/language.ts';

interface Props {
  readonly browser: State['browser'];
  /** Copies the token; resolves with whether that worked. */
  readonly onCopyToken: () => Promise<boolean>;
}

/** What a browser console needs to hand sessions in: the address and the token. */
export function BrowserAccess({ browser, onCopyToken }: Props) {
  const { settings: say, results } = words.value;
  const { copied, notCopied } = results.receipt;
  const status = useSignal('');
  const copy = async (): Promise<void> => {
    status.value = '';
    status.value = (await onCopyToken()) ? copied : notCopied;
  };
  return (
    <div class="setting">
      <div class="setting-words">
        <p class="setting-title">{say.browserAccess}</p>
        <div class="setting-note quiet">
          <p>{say.browserAccessHint}</p>
          <p>
            <code>{`http://127.0.0.1:${browser.port}/hold`}</code>
          </p>
        </div>
      </div>
      <button type="button" class="button" onClick={() => void copy()}>
        {say.copyToken}
      </button>
      <p class="setting-said quiet" role="status">
        {status}
      </p>
      <p class="setting-problem problem" role="alert">
        {browser.problem}
      </p>
    </div>
  );
}
