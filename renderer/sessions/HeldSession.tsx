import { useSignal } from '@preact/signals';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import type { HeldView } from '../../preload/contract.ts';
import { mayForce } from '../text/reasons.ts';
import { heldName, hostOf, kindWords } from '../text/format.ts';
import { words } from '../text/language.ts';
import type { Store } from '../state/store.ts';
import { Activity } from './ActivityControl.tsx';
import { ConfirmForce } from './ConfirmForce.tsx';
import { HeldFacts } from './HeldFacts.tsx';
import { HeldFailure } from './HeldFailure.tsx';
import { HeldStatus } from './HeldStatus.tsx';
import { Icon } from '../parts/Icon.tsx';
import { heldElementId } from '../useNotificationTarget.ts';

interface Props {
  readonly store: Store;
  readonly held: HeldView;
  /** Among many: what is not needed at a glance waits behind a button. */
  readonly compact: boolean;
}

export function HeldSession({ store, held, compact }: Props) {
  const nameId = useId();
  const factsId = useId();
  const opened = useSignal(false);
  const askedToForce = useSignal(false);
  const signOffButton = useRef<HTMLButtonElement>(null);
  const forceButton = useRef<HTMLButtonElement>(null);
  const cancelled = useRef(false);
  useLayoutEffect(() => {
    if (!cancelled.current) return;
    cancelled.current = false;
    forceButton.current?.focus();
  }, [askedToForce.value]);

  const say = words.value.sessions;
  const busy = held.ending !== null || store.asked.value.has(held.id);
  const failure = held.lastFailure;
  const confirming = askedToForce.value && !busy && mayForce(held);
  const name = heldName(held);
  const verb = failure ? say.tryAgain : say.signOff;
  const kind = compact ? `${kindWords(held.kind)} · ${hostOf(held.server)}` : kindWords(held.kind);
  const whole = !compact || opened.value;
  const isAway = held.presence !== null && held.presence.state !== 'present';
  const reasons = store.state.value?.unavailableReasons ?? [];
  // Another refusal later is not what was asked about.
  useLayoutEffect(() => {
    if (!confirming) askedToForce.value = false;
  }, [confirming, askedToForce]);
  const signOff = (force: boolean): void => {
    if (!busy) void store.signOff([held.id], force);
  };

  return (
    <li
      id={heldElementId(held.id)}
      class={compact ? 'card card-compact' : 'card'}
      aria-labelledby={nameId}
    >
      <div class="card-head">
        <div class="card-title">
          <h3 id={nameId} title={compact ? name : undefined}>
            {name}
          </h3>
          <p class="quiet" title={compact ? kind : undefined}>
            {kind}
          </p>
        </div>
        {compact && (
          <button
            type="button"
            class="button button-icon button-more"
            aria-label={say.actionOn(say.details, name)}
            aria-expanded={opened.value}
            aria-controls={factsId}
            onClick={() => (opened.value = !opened.value)}
          >
            <Icon name="more" />
          </button>
        )}
        <button
          type="button"
          class="button button-fixed"
          ref={signOffButton}
          aria-label={say.actionOn(verb, name)}
          aria-disabled={busy}
          onClick={() => signOff(false)}
        >
          {verb}
        </button>
      </div>

      <div id={factsId} hidden={!whole}>
        {whole && <HeldFacts held={held} />}
      </div>
      {(whole || busy || failure || isAway) && <HeldStatus store={store} held={held} busy={busy} />}
      {whole && held.activity && held.presence?.state !== 'dropped' && (
        <Activity
          store={store}
          held={held}
          activity={held.activity}
          reasons={reasons}
          busy={busy}
        />
      )}
      {failure && (
        <HeldFailure
          store={store}
          held={held}
          failure={failure}
          busy={busy}
          forceButton={forceButton}
          onForce={confirming ? null : () => (askedToForce.value = true)}
        />
      )}
      {confirming && (
        <ConfirmForce
          name={name}
          onConfirm={() => {
            askedToForce.value = false;
            signOffButton.current?.focus();
            signOff(true);
          }}
          onCancel={() => {
            cancelled.current = true;
            askedToForce.value = false;
          }}
        />
      )}
    </li>
  );
}
