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
  /** Among many: what is not needed at a glance waits behind a button. */
  readonly compact: boolean;
  /** While it is being ended, or that has been asked for. */
  readonly busy: boolean;
  readonly online: boolean;
  readonly unavailableReasons: State['unavailableReasons'];
  readonly now: ReadonlySignal<number>;
  readonly onSignOff: (force: boolean) => void;
  /** Resolves with why the agent's status was not changed, in words, or null. */
  readonly onSetActivity: (activity: Activity) => Promise<string | null>;
}

/** The element that shows a held session. */
export const heldElementId = (heldId: string): string => `held-${heldId}`;

/** One held session: what it is, how it stands, and what can be done with it. */
export function HeldSession(props: Props) {
  const { held, compact, busy, online, unavailableReasons, now, onSignOff, onSetActivity } = props;
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
  const failure = held.lastFailure;
  const confirming = askedToForce.value && !busy && mayForce(held);
  const name = heldName(held);
  const verb = failure ? say.tryAgain : say.signOff;
  const kind = compact ? `${kindWords(held.kind)} · ${hostOf(held.server)}` : kindWords(held.kind);
  const whole = !compact || opened.value;
  const isAway = held.presence !== null && held.presence.state !== 'present';
  // Another refusal later is not what was asked about.
  useLayoutEffect(() => {
    if (!confirming) askedToForce.value = false;
  }, [confirming, askedToForce]);
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
      {(whole || busy || failure || isAway) && <HeldStatus held={held} busy={busy} now={now} />}
      {whole && held.activity && held.presence?.state !== 'dropped' && (
        <ActivityControl
          held={held}
          activity={held.activity}
          reasons={unavailableReasons}
          busy={busy}
          onSet={onSetActivity}
        />
      )}
      {failure && (
        <HeldFailure
          held={held}
          failure={failure}
          busy={busy}
          online={online}
          now={now}
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
