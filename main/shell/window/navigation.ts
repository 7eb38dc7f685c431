import type { Destination } from '../notifications.ts';

/** Opens the window at a destination, which waits until the page is ready for it. */
export interface Navigation {
  open(destination: Destination): void;
  /** The page has asked for its state, so it receives events. */
  pageReady(): void;
  windowClosed(): void;
}

export function createNavigation(parts: {
  showWindow: () => void;
  /** Sends a destination to the page of the open window. */
  navigate: (destination: Destination) => void;
}): Navigation {
  const { showWindow, navigate } = parts;
  let isPageReady = false;
  let pending: Destination | null = null;
  return {
    open(destination) {
      showWindow();
      if (isPageReady) navigate(destination);
      else pending = destination;
    },
    pageReady() {
      isPageReady = true;
      if (pending !== null) navigate(pending);
      pending = null;
    },
    windowClosed() {
      isPageReady = false;
      pending = null;
    },
  };
}
