import { useLayoutEffect, useRef } from 'preact/hooks';
import type { RefObject } from 'preact';

/**
 * For a region that goes away by itself: hands the focus on, if it has it then, to `next` or to the dialog
 * that it stands in.
 */
export function useFocusRestore(next: () => HTMLElement | null): RefObject<HTMLElement | null> {
  const region = useRef<HTMLElement>(null);
  const outside = useRef(next);
  outside.current = next;
  useLayoutEffect(() => {
    const asked = region.current;
    return () => {
      if (!asked?.contains(document.activeElement)) return;
      const dialog = asked.closest('dialog');
      const others = [...(dialog?.querySelectorAll<HTMLElement>('button, input, select') ?? [])];
      const inDialog = others.find((one) => !asked.contains(one));
      (dialog ? inDialog : outside.current())?.focus();
    };
  }, []);
  return region;
}
