import { useLayoutEffect, useRef } from 'preact/hooks';
import { HELD_HEADING } from '../sessions/HeldSessions.tsx';

/**
 * For a region that goes away by itself: hands the focus on, if it has it then, to what is held or to the
 * dialog that it stands in.
 */
export function useFocusHandedOn() {
  const region = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const asked = region.current;
    return () => {
      if (!asked?.contains(document.activeElement)) return;
      const dialog = asked.closest('dialog');
      const others = [...(dialog?.querySelectorAll<HTMLElement>('button, input, select') ?? [])];
      const next = others.find((one) => !asked.contains(one));
      (dialog ? next : document.getElementById(HELD_HEADING))?.focus();
    };
  }, []);
  return region;
}
