import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { useModal } from '../hooks/useModal.ts';
import { words } from '../text/language.ts';
import { Icon } from './Icon.tsx';

interface Props {
  readonly title: string;
  /** What must be seen and heard here, while nothing stands in front of it. */
  readonly foreground: ComponentChildren;
  readonly onClosed: () => void;
  readonly children: ComponentChildren;
}

/** A dialog to look something up in; its title and the way out stay while the rest scrolls. */
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
