import { useSignal } from '@preact/signals';
import type { State } from '../../preload/contract.ts';
import { words } from '../text/language.ts';

interface Props {
  readonly browser: State['browser'];
  /** Puts the token on the clipboard; false where that did not work. */
  readonly onCopyToken: () => Promise<boolean>;
}

/** What a console in the browser needs to hand sessions in: where, and the token. */
export function BrowserAccess({ browser, onCopyToken }: Props) {
  const say = words.value.settings;
  const said = useSignal('');
  const copy = async (): Promise<void> => {
    said.value = '';
    said.value = (await onCopyToken()) ? say.tokenCopied : say.tokenNotCopied;
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
        {said}
      </p>
      <p class="setting-problem problem" role="alert">
        {browser.problem}
      </p>
    </div>
  );
}
