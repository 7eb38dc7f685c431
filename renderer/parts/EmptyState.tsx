import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './Icon.tsx';

interface Props {
  readonly icon: IconName;
  readonly title: string;
  /** What will stand here, or what to do. */
  readonly children: ComponentChildren;
}

/** Stands where there is nothing to show. */
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
