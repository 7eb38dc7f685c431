import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './Icon.tsx';

/** Each state has an icon of its own, so that none is told by colour alone. */
export interface MarkStyle {
  readonly icon: IconName;
  readonly tone: 'good' | 'care' | 'bad' | 'accent';
}

/** A state in words, with its icon and colour. */
export function Mark({ icon, tone, children }: MarkStyle & { children: ComponentChildren }) {
  return (
    <span class={`outcome tone-${tone}`}>
      <Icon name={icon} />
      {children}
    </span>
  );
}
