import { type ReadonlySignal, useSignal } from '@preact/signals';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import type { HeldView, State } from '../../preload/contract.ts';
import { Icon } from '../parts/Icon.tsx';
import { words } from '../text/language.ts';
import { heldName, hostOf, kindWords } from '../text/names.ts';
import { type Activity, ActivityControl } from './ActivityControl.tsx';
import { ConfirmForce } from './ConfirmForce.tsx';
import { HeldFacts } from './HeldFacts.tsx';
import { HeldFailure } from './HeldFailure.tsx';
import { HeldStatus } from './HeldStatus.tsx';
import { mayForce } from './next-step.ts';

interface Props {
  readonly held: HeldView;
  /** Whether it is a row among many, with its details behind a button. */
  readonly compact: boolean;
  /** Whether another machine holds it. */
  readonly elsewhere?: boolean;
  /** Whether it is being ended, or that has been requested. */
  readonly busy: boolean;
  readonly online: boolean;
  readonly availableKinds: State['availableKinds'];
  readonly unavailableReasons: State['unavailableReasons'];
  readonly now: ReadonlySignal<number>;
  readonly onSignOff: (force: boolean) => void;
  /** Resolves with why the status was not changed, in words, or null. */
  readonly onSetActivity: (activity: Activity) => Promise<string | null>;
}

/** The id of the element that shows a held session. */
export const heldElementId = (heldId: string): string => `held-${heldId}`;

/** One held session: its identity, status and actions. */
export function HeldSession(props: Props) {
  const { held, compact, elsewhere = false, busy, online, now } = props;
  const { availableKinds, unavailableReasons } = props;
  const { onSignOff, onSetActivity } = props;
  const nameId = useId();
  const factsId = useId();
  const isOpen = useSignal(false);
  const wantsForce = useSignal(false);
  const signOffButton = useRef<HTMLButtonElement>(null);
  const forceButton = useRef<HTMLButtonElement>(null);
  const cancelled = useRef(false);
  useLayoutEffect(() => {
    if (!cancelled.current) return;
    cancelled.current = false;
    forceButton.current?.focus();
  }, [wantsForce.value]);

  const say = words.value.sessions;
  const failure = held.lastFailure;
  const confirming = wantsForce.value && !busy && mayForce(held);
  const name = heldName(held);
  const verb = failure ? say.tryAgain : say.signOff;
  const kind = compact ? `${kindWords(held.kind)} · ${hostOf(held.server)}` : kindWords(held.kind);
  const showsDetails = !compact || isOpen.value;
  const isAway = held.presence !== null && held.presence.state !== 'present';
  // The confirmation is not for a later refusal.
  useLayoutEffect(() => {
    if (!confirming) wantsForce.value = false;
  }, [confirming, wantsForce]);
  const signOff = (force: boolean): void => {
    if (!busy) onSignOff(force);
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
            aria-expanded={isOpen.value}
            aria-controls={factsId}
            onClick={() => (isOpen.value = !isOpen.value)}
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

      <div id={factsId} hidden={!showsDetails}>
        {showsDetails && <HeldFacts held={held} />}
      </div>
      {(showsDetails || busy || failure || isAway) && (
        <HeldStatus held={held} busy={busy} now={now} />
      )}
      {showsDetails && held.activity && held.presence?.state !== 'dropped' && (
        <ActivityControl
          held={held}
          activity={held.activity}
          kinds={availableKinds}
          reasons={unavailableReasons}
          busy={busy}
          onSet={onSetActivity}
        />
      )}
      {failure && (
        <HeldFailure
          held={held}
          failure={failure}
          elsewhere={elsewhere}
          busy={busy}
          online={online}
          now={now}
          forceButton={forceButton}
          onForce={confirming ? null : () => (wantsForce.value = true)}
        />
      )}
      {confirming && (
        <ConfirmForce
          name={name}
          onConfirm={() => {
            wantsForce.value = false;
            signOffButton.current?.focus();
            signOff(true);
          }}
          onCancel={() => {
            cancelled.current = true;
            wantsForce.value = false;
          }}
        />
      )}
    </li>
  );
}
