import { useLayoutEffect, useRef } from 'preact/hooks';

/** Moves the focus to `next` when the focused element is removed. Returns the region's `focusin` listener. */
export function useFocusFallback(next: () => HTMLElement | null): (event: FocusEvent) => void {
  const focused = useRef<Element | null>(null);
  useLayoutEffect(() => {
    if (focused.current === null || focused.current.isConnected) return;
    focused.current = null;
    if (document.activeElement === document.body) next()?.focus();
  });
  return ({ target }) => {
    focused.current = target instanceof Element ? target : null;
  };
}
