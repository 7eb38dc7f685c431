import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './Icon.tsx';

interface Props {
  readonly icon: IconName;
  readonly title: string;
  /** What will be shown here, or what to do. */
  readonly children: ComponentChildren;
}

/** Shown in place of an empty list. */
export function EmptyState({ icon, title, children }: Props) {
  return (
    <div class="empty">
      <span class="empty-mark">
        <Icon name={icon} />
      </span>
      <h3>{title}</h3>
      {children}
    </div>
  );
}
