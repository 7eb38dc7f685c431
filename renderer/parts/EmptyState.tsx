import { Icon } from './Icon.tsx';
import type { IconName } from './Icon.tsx';

interface Props {
  readonly icon: IconName;
  readonly title: string;
  /** What will stand here, or what to do. */
  readonly more: string;
}

/** Stands where there is no result to show. */
export function NoResults({ icon, title, more }: Props) {
  return (
    <div class="empty">
      <span class="empty-mark">
        <Icon name={icon} />
      </span>
      <h3>{title}</h3>
      <p class="quiet">{more}</p>
    </div>
  );
}
