import { useLayoutEffect, useRef } from 'preact/hooks';
import { words } from '../text/language.ts';

interface Props {
  readonly name: string;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
}

/** Asks in place before a logoff that the server has refused is forced. */
export function ConfirmForce({ name, onConfirm, onCancel }: Props) {
  const cancel = useRef<HTMLButtonElement>(null);
  // Not on the other one: the same key pressed twice must not force.
  useLayoutEffect(() => cancel.current?.focus(), []);
  const say = words.value.sessions;
  return (
    // The key is only caught on its way up from the buttons, which are what takes the focus.
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
