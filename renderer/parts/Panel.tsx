import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { useModal } from '../hooks/useModal.ts';
import { words } from '../text/language.ts';
import { Icon } from './Icon.tsx';

/** What every dialog is given. */
export interface DialogProps {
  /** Urgent questions and announcements, while this is the topmost dialog. */
  readonly foreground: ComponentChildren;
  readonly onClosed: () => void;
}

interface Props extends DialogProps {
  readonly title: string;
  readonly children: ComponentChildren;
}

/** A dialog whose title and close button stay in place while the rest scrolls. */
export function Panel({ title, foreground, onClosed, children }: Props) {
  const titleId = useId();
  const dialog = useModal();
  return (
    <dialog class="dialog panel" ref={dialog} aria-labelledby={titleId} onClose={onClosed}>
      {foreground}
      <header class="panel-head">
        <h2 id={titleId}>{title}</h2>
        <button
          type="button"
          class="button button-icon"
          aria-label={words.value.settings.close}
          onClick={() => dialog.current?.close()}
        >
          <Icon name="close" />
        </button>
      </header>
      <div class="panel-body">{children}</div>
    </dialog>
  );
}
