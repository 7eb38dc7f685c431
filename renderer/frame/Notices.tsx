import type { ComponentChildren } from 'preact';
import type { State } from '../../preload/contract.ts';
import { words } from '../text/language.ts';
import type { Store } from '../state/store.ts';
import { Icon } from '../parts/Icon.tsx';
import type { IconName } from '../parts/Icon.tsx';
import { useKeptFocus } from '../hooks/useFocusFallback.ts';

/** What the person should know before anything else: calls that went wrong, network and vault. */
export function Notices({ store }: { store: Store }) {
  const state = store.state.value;
  return (
    <>
      <Trouble store={store} />
      {state && <Circumstances state={state} />}
    </>
  );
}

function Trouble({ store }: { store: Store }) {
  const trouble = store.trouble.value;
  const say = words.value.sessions;
  const onFocusIn = useKeptFocus(() => document.querySelector('main h2'));
  if (trouble === null) return null;
  return (
    <div class="notice tone-bad" role="alert" onFocusIn={onFocusIn}>
      <Icon name="warning" />
      <p>{trouble}</p>
      {store.state.value === null ? (
        <button type="button" class="button" onClick={() => void store.start()}>
          {say.tryAgain}
        </button>
      ) : (
        <button
          type="button"
          class="button button-icon"
          aria-label={say.dismiss}
          onClick={() => store.dismissTrouble()}
        >
          <Icon name="close" />
        </button>
      )}
    </div>
  );
}

function Circumstances({ state }: { state: State }) {
  const say = words.value.sessions;
  return (
    <>
      {!state.online && (
        <Notice icon="cut" tone="care" role="status" title={say.offlineTitle}>
          {say.offlineText}
        </Notice>
      )}
      {state.vault.setAside !== null && (
        <Notice icon="warning" tone="bad" role="alert" title={say.setAsideTitle}>
          {say.setAsideText(state.vault.setAside)}
        </Notice>
      )}
      {!state.vault.durable && (
        <Notice icon="info" tone="care" role="status" title={say.notDurableTitle}>
          {say.notDurableText}
        </Notice>
      )}
    </>
  );
}

interface NoticeProps {
  readonly icon: IconName;
  readonly tone: 'care' | 'bad';
  readonly role: 'alert' | 'status';
  readonly title: string;
  readonly children: ComponentChildren;
}

function Notice({ icon, tone, role, title, children }: NoticeProps) {
  return (
    <div class={`notice tone-${tone}`} role={role}>
      <Icon name={icon} />
      <p>
        <b>{title}</b>
        <br />
        {children}
      </p>
    </div>
  );
}
