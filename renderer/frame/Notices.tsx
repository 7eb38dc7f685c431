import type { ComponentChildren } from 'preact';
import type { State } from '../../preload/contract.ts';
import { useFocusFallback } from '../hooks/useFocusFallback.ts';
import { Icon, type IconName } from '../parts/Icon.tsx';
import { words } from '../text/language.ts';

interface Props extends ErrorProps {
  readonly state: State | null;
}

/** Failed calls, and what is wrong with the network and the vault. */
export function Notices({ state, error, onTryAgain, onDismiss }: Props) {
  return (
    <>
      <ErrorNotice
        error={error}
        hasState={state !== null}
        onTryAgain={onTryAgain}
        onDismiss={onDismiss}
      />
      {state && <StateNotices state={state} />}
    </>
  );
}

interface ErrorProps {
  /** A failed call, in words. */
  readonly error: string | null;
  readonly onTryAgain: () => void;
  readonly onDismiss: () => void;
}

/** Offers a retry while there is no state to show; later it can only be dismissed. */
function ErrorNotice(props: ErrorProps & { hasState: boolean }) {
  const { error, hasState, onTryAgain, onDismiss } = props;
  const say = words.value.sessions;
  const onFocusIn = useFocusFallback(() => document.querySelector('main h2'));
  if (error === null) return null;
  return (
    <div class="notice tone-bad" role="alert" onFocusIn={onFocusIn}>
      <Icon name="warning" />
      <p>{error}</p>
      {hasState ? (
        <button
          type="button"
          class="button button-icon"
          aria-label={say.dismiss}
          onClick={onDismiss}
        >
          <Icon name="close" />
        </button>
      ) : (
        <button type="button" class="button" onClick={onTryAgain}>
          {say.tryAgain}
        </button>
      )}
    </div>
  );
}

function StateNotices({ state }: { state: State }) {
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
      {state.vault.keyPending && (
        <Notice icon="info" tone="care" role="status" title={say.keyPendingTitle}>
          {say.keyPendingText}
        </Notice>
      )}
      {!state.vault.durable && !state.vault.keyPending && (
        <Notice icon="info" tone="care" role="status" title={say.notDurableTitle}>
          {state.vault.folderUnusable ? say.folderUnusableText : say.notDurableText}
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
