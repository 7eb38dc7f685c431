import type { Ref } from 'preact';
import type { HeldView } from '../../preload/contract.ts';
import { mayForce, nextStep, reasonOf } from '../text/reasons.ts';
import { heldName } from '../text/format.ts';
import { words } from '../text/language.ts';
import type { Store } from '../state/store.ts';
import { ReasonWords } from '../parts/FailureReason.tsx';

interface Props {
  readonly store: Store;
  readonly held: HeldView;
  readonly failure: NonNullable<HeldView['lastFailure']>;
  readonly busy: boolean;
  readonly forceButton: Ref<HTMLButtonElement>;
  /** Null while it is asked already. */
  readonly onForce: (() => void) | null;
}

/** Why a session is still held, and what happens next. */
export function HeldFailure({ store, held, failure, busy, forceButton, onForce }: Props) {
  const { force, actionOn } = words.value.sessions;
  const reason = reasonOf(failure);
  const online = store.state.value?.online ?? true;
  return (
    <div class="failure" data-muted={busy}>
      <div class="failure-words">
        {reason && <ReasonWords reason={reason} />}
        {!busy && <NextStep store={store} held={held} online={online} />}
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

function NextStep({ store, held, online }: Pick<Props, 'store' | 'held'> & { online: boolean }) {
  return <p class="next">{nextStep(held, online, store.now.value)}</p>;
}
