import type { ReadonlySignal } from '@preact/signals';
import type { Ref } from 'preact';
import type { HeldView } from '../../preload/contract.ts';
import { FailureReason } from '../parts/FailureReason.tsx';
import { words } from '../text/language.ts';
import { heldName } from '../text/names.ts';
import { reasonOf } from '../text/reasons.ts';
import { mayForce, nextStep } from './next-step.ts';

interface Props {
  readonly held: HeldView;
  readonly failure: NonNullable<HeldView['lastFailure']>;
  /** Whether another machine holds it: nothing ends it but whoever asks for it. */
  readonly elsewhere: boolean;
  readonly busy: boolean;
  readonly online: boolean;
  readonly now: ReadonlySignal<number>;
  readonly forceButton: Ref<HTMLButtonElement>;
  /** Null while the confirmation is shown. */
  readonly onForce: (() => void) | null;
}

/** Why a session is still held, and what happens next. */
export function HeldFailure(props: Props) {
  const { held, failure, elsewhere, busy, online, now, forceButton, onForce } = props;
  const { force, actionOn } = words.value.sessions;
  const reason = reasonOf(failure);
  return (
    <div class="failure" data-muted={busy}>
      <div class="failure-words">
        {reason && <FailureReason reason={reason} />}
        {!busy && !elsewhere && <NextStep held={held} online={online} now={now} />}
      </div>
      {mayForce(held) && onForce !== null && (
        <button
          type="button"
          class="button"
          ref={forceButton}
          aria-label={actionOn(force, heldName(held))}
          aria-disabled={busy}
          onClick={() => {
            if (!busy) onForce();
          }}
        >
          {force}
        </button>
      )}
    </div>
  );
}

function NextStep({ held, online, now }: Pick<Props, 'held' | 'online' | 'now'>) {
  return <p class="next">{nextStep(held, online, now.value)}</p>;
}
