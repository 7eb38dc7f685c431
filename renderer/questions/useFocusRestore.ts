import { useLayoutEffect, useRef } from 'preact/hooks';
import type { RefObject } from 'preact';

/** When the region is removed with the focus in it, moves the focus to its dialog, or else to `next`. */
export function useFocusRestore(next: () => HTMLElement | null): RefObject<HTMLElement | null> {
  const region = useRef<HTMLElement>(null);
  const fallback = useRef(next);
  fallback.current = next;
  useLayoutEffect(() => {
    const element = region.current;
    return () => {
      if (!element?.contains(document.activeElement)) return;
      const dialog = element.closest('dialog');
      const others = [...(dialog?.querySelectorAll<HTMLElement>('button, input, select') ?? [])];
      const inDialog = others.find((one) => !element.contains(one));
      (dialog ? inDialog : fallback.current())?.focus();
    };
  }, []);
  return region;
}
