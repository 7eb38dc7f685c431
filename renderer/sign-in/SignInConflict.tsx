import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import type { Reply } from '../../preload/contract.ts';
import { FailureReason } from '../parts/FailureReason.tsx';
import { words } from '../text/language.ts';

export type Conflict = Extract<Reply<'signIn'>, { why: 'conflict' }>;

interface Props {
  readonly titleId: string;
  readonly conflict: Conflict;
  readonly onTakeOver: () => void;
  readonly onCancel: () => void;
}

/** Asks, in place of the form, whether to take over a session that is in use elsewhere. */
export function SignInConflict({ titleId, conflict, onTakeOver, onCancel }: Props) {
  const bodyId = useId();
  const cancel = useRef<HTMLButtonElement>(null);
  // Focuses Cancel, so that the key that sent the form does not also take over.
  useLayoutEffect(() => cancel.current?.focus(), []);
  const { perhapsOurs, message } = conflict;
  const say = words.value.signIn.conflict;
  return (
    <div class="question-words" role="group" aria-labelledby={titleId} aria-describedby={bodyId}>
      <h2 id={titleId}>{perhapsOurs ? say.perhapsOursTitle : say.title}</h2>
      <p id={bodyId}>{perhapsOurs ? say.perhapsOursMeans : say.means}</p>
      {message !== '' && <FailureReason reason={{ by: 'server', text: message, code: '' }} />}
      <div class="actions">
        <button type="button" class="button" ref={cancel} onClick={onCancel}>
          {words.value.sessions.cancel}
        </button>
        <button type="button" class="button button-main" onClick={onTakeOver}>
          {say.takeOver}
        </button>
      </div>
    </div>
  );
}
