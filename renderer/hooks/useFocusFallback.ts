import { useLayoutEffect, useRef } from 'preact/hooks';

/**
 * Hands the focus on to `next` when what had it is gone, instead of losing it. What comes of it is to be
 * heard by the region as focus comes in.
 */
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
