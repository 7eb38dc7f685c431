import { useLayoutEffect, useRef } from 'preact/hooks';
import { HELD_HEADING } from './HeldSessions.tsx';

/** For a region that goes away by itself: hands the focus on to what is held, if it has it then. */
export function useFocusHandedOn() {
  const region = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const asked = region.current;
    return () => {
      if (!asked?.contains(document.activeElement)) return;
      document.getElementById(HELD_HEADING)?.focus();
    };
  }, []);
  return region;
}
