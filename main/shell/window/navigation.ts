import type { Place } from '../notifications.ts';

/** Opens the window at a place. What its page cannot hear yet waits until it can. */
export interface Navigation {
  open(place: Place): void;
  /** The page has asked for its state, so it listens. */
  pageReady(): void;
  windowClosed(): void;
}

export function createNavigation(parts: {
  showWindow: () => void;
  /** Tells the page in the open window. */
  tell: (place: Place) => void;
}): Navigation {
  const { showWindow, tell } = parts;
  let listens = false;
  let waiting: Place | null = null;
  return {
    open(place) {
      showWindow();
      if (listens) tell(place);
      else waiting = place;
    },
    pageReady() {
      listens = true;
      if (waiting !== null) tell(waiting);
      waiting = null;
    },
    windowClosed() {
      listens = false;
      waiting = null;
    },
  };
}
