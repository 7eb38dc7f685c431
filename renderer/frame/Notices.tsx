import type { ComponentChildren } from 'preact';
import type { State } from '../../preload/contract.ts';
import { useFocusFallback } from '../hooks/useFocusFallback.ts';
import { Icon, type IconName } from '../parts/Icon.tsx';
import { words } from '../text/language.ts';

interface Props extends TroubleProps {
  readonly state: State | null;
}

/** What the person should know before anything else: calls that went wrong, network and vault. */
export function Notices({ state, trouble, onTryAgain, onDismiss }: Props) {
  return (
    <>
      <Trouble
        trouble={trouble}
        hasState={state !== null}
        onTryAgain={onTryAgain}
        onDismiss={onDismiss}
      />
      {state && <Circumstances state={state} />}
    </>
  );
}

interface TroubleProps {
  /** A call that went wrong, in words. */
  readonly trouble: string | null;
  readonly onTryAgain: () => void;
  readonly onDismiss: () => void;
}

/** Before there is anything to show, it is tried again; later on, it is only to be known. */
function Trouble(props: TroubleProps & { hasState: boolean }) {
  const { trouble, hasState, onTryAgain, onDismiss } = props;
  const say = words.value.sessions;
  const onFocusIn = useFocusFallback(() => document.querySelector('main h2'));
  if (trouble === null) return null;
  return (
    <div class="notice tone-bad" role="alert" onFocusIn={onFocusIn}>
      <Icon name="warning" />
      <p>{trouble}</p>
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
