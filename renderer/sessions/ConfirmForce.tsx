import { useLayoutEffect, useRef } from 'preact/hooks';
import { words } from '../text/language.ts';

interface Props {
  readonly name: string;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
}

/** Asks for confirmation before a refused logoff is forced. */
export function ConfirmForce({ name, onConfirm, onCancel }: Props) {
  const cancel = useRef<HTMLButtonElement>(null);
  // Focuses Cancel, so that pressing the same key twice does not force.
  useLayoutEffect(() => cancel.current?.focus(), []);
  const say = words.value.sessions;
  return (
    // The key only bubbles up from the buttons, which have the focus.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      class="confirm"
      role="group"
      aria-label={say.forceQuestion(name)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onCancel();
      }}
    >
      <p>{say.forceMeans}</p>
      <div class="actions">
        <button type="button" class="button" ref={cancel} onClick={onCancel}>
          {say.cancel}
        </button>
        <button type="button" class="button button-danger" onClick={onConfirm}>
          {say.forceSignOff}
        </button>
      </div>
    </div>
  );
}
